/** One thing that went wrong just now, for whoever watches. */
export interface RecentProblem {
  /** Whole seconds since the run began. */
  readonly second: number
  /** Identity of the station; empty where it is nobody's own. */
  readonly station: string
  readonly level: 'error' | 'violation'
  /** A sentence without its full stop. */
  readonly what: string
}

/** Characters: what went wrong is told in the words of the target, who may have many. */
const longestText = 300

/** What one process keeps between two looks: errors come thousandfold, people read a few. */
const mostKept = 5

/** The first few things that went wrong since they were last taken; counting them is others' work. */
export class RecentProblems {
  readonly #originMicros: number
  #kept: RecentProblem[] = []

  /** @param originMicros the instant the run began */
  constructor(originMicros: number) {
    this.#originMicros = originMicros
  }

  /** @param what is only asked where there is still room */
  add(station: string, atMicros: number, level: RecentProblem['level'], what: () => string): void {
    if (this.#kept.length >= mostKept) return
    const second = Math.max(0, Math.floor((atMicros - this.#originMicros) / 1e6))
    this.#kept.push({ second, station, level, what: what().slice(0, longestText) })
  }

  take(): RecentProblem[] {
    const kept = this.#kept
    this.#kept = []
    return kept
  }
}
