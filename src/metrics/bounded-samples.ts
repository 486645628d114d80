/** What was measured over a stretch of a run. */
export interface TimedSample {
  /** Seconds since the run began, at the beginning of the stretch. */
  readonly second: number
  /** How long it is; left out: about one second. */
  readonly seconds?: number
}

/** Five and a half hours at one a second; of a week each stands for half a minute. */
const mostSamples = 20_000

/** How long the stretch of a sample is, in seconds. */
export function lengthOf({ seconds = 1 }: TimedSample): number {
  return seconds
}

/** The mean of a share over stretches of different length; null where there are none. */
export function meanOver<Sample extends TimedSample>(
  samples: readonly Sample[],
  of: (sample: Sample) => number,
): number | null {
  if (samples.length === 0) return null
  let sum = 0
  let seconds = 0
  for (const sample of samples) {
    sum += of(sample) * lengthOf(sample)
    seconds += lengthOf(sample)
  }
  return sum / seconds
}

/**
 * Samples of about a second each, in memory that does not grow with the run: where there are too many
 * neighbours become one, and from then on so many seconds are gathered to a sample.
 */
export class BoundedSamples<Sample extends TimedSample> {
  /** The oldest first; the same list for good. */
  readonly list: Sample[] = []
  readonly #joined: (pair: readonly [Sample, Sample]) => Sample
  readonly #most: number
  #interval = 1

  /**
   * @param joined what two neighbours come to, but for `second` and `seconds`
   * @param most an even number
   */
  constructor(joined: (pair: readonly [Sample, Sample]) => Sample, most = mostSamples) {
    this.#joined = joined
    this.#most = most
  }

  add(sample: Sample): void {
    const { list } = this
    const last = list[list.length - 1]
    if (last && lengthOf(last) + lengthOf(sample) <= this.#interval) {
      list[list.length - 1] = this.#join(last, sample)
      return
    }
    if (list.length >= this.#most) this.#halve()
    list.push(sample)
  }

  #halve(): void {
    const pairs = this.list.length / 2
    for (let i = 0; i < pairs; i += 1) {
      const [one, other] = [this.list[2 * i], this.list[2 * i + 1]]
      if (one && other) this.list[i] = this.#join(one, other)
    }
    this.list.length = pairs
    this.#interval *= 2
  }

  #join(one: Sample, other: Sample): Sample {
    const seconds = lengthOf(one) + lengthOf(other)
    return { ...this.#joined([one, other]), second: one.second, seconds }
  }
}
