import type { Milestone } from './worker-messages.ts'

/** What a worker has got to, told once each, and who still keeps it from having ramped. */
export class Milestones {
  readonly #tell: (milestone: Milestone) => void
  readonly #reached = new Set<Milestone>()
  /** Launched stations that are neither accepted nor past their script. */
  readonly #rising = new Set<number>()
  #launchedAll = false

  constructor(tell: (milestone: Milestone) => void) {
    this.#tell = tell
  }

  /** The connect ramp is over, or was ended. */
  get launchedAll(): boolean {
    return this.#launchedAll
  }

  reach(milestone: Milestone): void {
    if (this.#reached.has(milestone)) return
    this.#reached.add(milestone)
    this.#tell(milestone)
  }

  /** This station is told to connect. */
  rises(index: number): void {
    this.#rising.add(index)
  }

  /** It is accepted, or its script is over. */
  risen(index: number): void {
    this.#rising.delete(index)
    this.#checkRamped()
  }

  everybodyLaunched(): void {
    this.#launchedAll = true
    this.#checkRamped()
  }

  #checkRamped(): void {
    if (this.#launchedAll && this.#rising.size === 0) this.reach('ramped')
  }
}
