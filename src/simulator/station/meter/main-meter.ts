import type { Phase } from '../../physics/phases.ts'
import type { Evse } from '../evse.ts'
import type { Measured } from './measured.ts'

/** The meter behind all EVSEs, connector 0, at the station's inlet [1.6 4.7, errata 3.14.3]. */
export class MainMeter implements Measured {
  readonly location = 'Inlet'
  /** Cars differ in it. */
  readonly soc = undefined
  readonly #evses: readonly Evse[]

  constructor(evses: readonly Evse[]) {
    this.#evses = evses
  }

  advance(): void {
    for (const evse of this.#evses) evse.advance()
  }

  get importWh(): number {
    return this.#sum(({ outlet }) => outlet.importWh)
  }

  get exportWh(): number {
    return this.#sum(({ outlet }) => outlet.exportWh)
  }

  get importVarh(): number {
    return this.#sum(({ outlet }) => outlet.importVarh)
  }

  get exportVarh(): number {
    return this.#sum(({ outlet }) => outlet.exportVarh)
  }

  get reactiveVar(): number {
    return this.#sum(({ outlet }) => outlet.reactiveVar)
  }

  get grid(): Measured['grid'] {
    return this.#evses[0]?.grid
  }

  get powerW(): number {
    return this.#sum(({ outlet }) => outlet.powerW)
  }

  get offeredW(): number {
    return this.#sum(({ outlet }) => outlet.offeredW)
  }

  get loadShare(): number {
    return this.#sum(({ outlet }) => outlet.loadShare) / this.#evses.length
  }

  get voltageV(): number {
    return this.#evses[0]?.outlet.voltageV ?? 0
  }

  /** Of the supply, whatever the cars use. */
  get phases(): Phase {
    return this.#evses.reduce<Phase>(
      (most, { plan }) => (plan.phases > most ? plan.phases : most),
      1,
    )
  }

  currentA(phase: Phase): number {
    return this.#sum(({ outlet }) => outlet.currentA(phase))
  }

  #sum(of: (evse: Evse) => number): number {
    let sum = 0
    for (const evse of this.#evses) sum += of(evse)
    return sum
  }
}
