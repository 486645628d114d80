import { BoundedSamples, meanOver } from '../metrics/bounded-samples.ts'
import type { MachineTimes } from '../platform/machine-times.ts'
import type { MachineSample } from '../report/run-facts.ts'

/** How full the machine was, look by look. */
export class MachineWatch {
  readonly #samples = new BoundedSamples<MachineSample>((pair) => ({
    ...pair[0],
    idleShare: meanOver(pair, ({ idleShare }) => idleShare) ?? 0,
    stolenShare: meanOver(pair, ({ stolenShare }) => stolenShare) ?? 0,
  }))
  readonly #read: () => MachineTimes | undefined
  #last: MachineTimes | undefined
  #second = 0

  constructor(read: () => MachineTimes | undefined) {
    this.#read = read
    this.#last = read()
  }

  /** The oldest first. */
  get samples(): readonly MachineSample[] {
    return this.#samples.list
  }

  /** @param second since the run began */
  look(second: number): void {
    const now = this.#read()
    const last = this.#last
    this.#last = now
    const since = this.#second
    this.#second = second
    if (!now || !last || now.total <= last.total) return
    const total = now.total - last.total
    this.#samples.add({
      second: since,
      idleShare: (now.idle - last.idle) / total,
      stolenShare: (now.stolen - last.stolen) / total,
    })
  }
}
