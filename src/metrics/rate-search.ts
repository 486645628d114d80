export interface RateSearchOptions {
  /** The first rate that is tried, per second. */
  readonly start: number
  /** Never beyond this. */
  readonly max: number
  /** How near the highest rate that held must come to the lowest that broke, as a share of it. */
  readonly precision: number
}

/** Lower rates say nothing. */
const leastRate = 1
/**
 * So many rates that held in a probe may break when they are to hold for long: the last of them lies
 * at a tenth of the first, and a machine that cannot hold that one holds none.
 */
const mostRefuted = 8

/**
 * Which rate to try next: doubles until one breaks, bisects between the highest that held and the
 * lowest that broke, then wants the highest confirmed over a longer time. A rate that breaks there
 * gives way to lower ones, in steps that double.
 */
export class RateSearch {
  readonly #options: RateSearchOptions
  #held = 0
  #broke = Number.POSITIVE_INFINITY
  #rate: number
  #confirming = false
  #refuted = 0
  #confirmed: number | undefined

  constructor(options: RateSearchOptions) {
    this.#options = options
    this.#rate = Math.min(options.start, options.max)
  }

  /** What to do next: try a rate, try it for long, or nothing any more. */
  get next(): { readonly kind: 'probe' | 'confirm'; readonly rate: number } | undefined {
    if (this.#confirmed !== undefined || this.#refuted >= mostRefuted) return undefined
    if (this.#rate < leastRate) return undefined
    return { kind: this.#confirming ? 'confirm' : 'probe', rate: this.#rate }
  }

  /** The highest rate that held for long; undefined where none did. */
  get confirmed(): number | undefined {
    return this.#confirmed
  }

  /** The rate of `next` was tried, and held or broke. */
  tried(held: boolean): void {
    if (this.#confirming) {
      if (held) this.#confirmed = this.#rate
      else this.#stepDown()
      return
    }
    if (held) this.#held = this.#rate
    else this.#broke = this.#rate
    this.#confirming = this.#isNarrow
    this.#rate = this.#confirming ? this.#held : this.#between
  }

  get #isNarrow(): boolean {
    const { max, precision } = this.#options
    if (this.#held === 0) return false
    if (this.#held >= max || this.#broke <= this.#held * (1 + precision)) return true
    return this.#between <= this.#held || this.#between >= this.#broke
  }

  #stepDown(): void {
    const step = Math.min(0.5, this.#options.precision * 2 ** this.#refuted)
    this.#refuted += 1
    this.#rate = wholeRate(this.#rate * (1 - step))
  }

  get #between(): number {
    if (this.#broke === Number.POSITIVE_INFINITY) {
      return Math.min(this.#options.max, this.#held * 2)
    }
    return wholeRate((this.#held + this.#broke) / 2)
  }
}

/** Rates that one would write down: whole from 10 on. */
function wholeRate(rate: number): number {
  return rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10
}
