import type { DueSource } from './due-pump.ts'
import type { Stage } from './stages.ts'

/** A station comes or goes, at microseconds from the begin of the stages. */
export interface StationStep {
  readonly atMicros: number
  /** The station's place: the n-th to come has place n - 1, and is the n-th from the last to go. */
  readonly place: number
  readonly up: boolean
}

/** Where stages lead a number of stations: one comes or goes at each instant that it crosses. */
export function stationSteps(
  start: number,
  stages: readonly Stage[],
  stations: number,
): StationStep[] {
  const steps: StationStep[] = []
  let from = Math.min(start, stations)
  let atMs = 0
  for (const { duration, target } of stages) {
    const to = Math.min(target, stations)
    const many = Math.abs(to - from)
    for (let n = 1; n <= many; n += 1) {
      const atMicros = (atMs + (n / many) * duration) * 1000
      const up = to > from
      steps.push({ atMicros, place: up ? from + n - 1 : from - n, up })
    }
    from = to
    atMs += duration
  }
  return steps
}

/** Steps in the order of their instants. */
export class StepSource implements DueSource {
  readonly #steps: readonly StationStep[]
  readonly #act: (step: StationStep) => void
  #originMicros = Number.POSITIVE_INFINITY
  #next = 0

  constructor(steps: readonly StationStep[], act: (step: StationStep) => void) {
    this.#steps = steps
    this.#act = act
  }

  begin(originMicros: number): void {
    this.#originMicros = originMicros
  }

  get nextMicros(): number {
    const step = this.#steps[this.#next]
    return step ? this.#originMicros + step.atMicros : Number.POSITIVE_INFINITY
  }

  fireHead(): void {
    const step = this.#steps[this.#next]
    this.#next += 1
    if (step) this.#act(step)
  }
}
