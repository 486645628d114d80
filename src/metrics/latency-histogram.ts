/** The longest latency with a bucket of its own: 10 minutes. Longer ones share the last bucket. */
export const longestMicros = 600_000_000

/** 64 buckets to the octave: half a bucket is at most 0.79 % of the values in it. */
const octaveBits = 6
const perOctave = 1 << octaveBits
const buckets = bucketOf(longestMicros) + 1

/** What a histogram has before its first latency: most windows never see a failure. */
const noCounts = new Uint32Array(0)

/** A histogram as plain data: what crosses processes and merges. Times in whole microseconds. */
export interface EncodedHistogram {
  readonly sum: number
  readonly min: number
  readonly max: number
  /** Bucket, count, bucket, count ..., empty buckets left out, in ascending order. */
  readonly counts: readonly number[]
}

/**
 * Latencies from 1 µs to 10 min with at most 1 % relative error, in constant memory. The layout is
 * fixed, so that the counts of two recorders add; count, sum, minimum and maximum are exact (to the
 * microsecond).
 */
export class LatencyHistogram {
  #counts = noCounts
  #count = 0
  #sum = 0
  #min = Number.POSITIVE_INFINITY
  #max = 0
  /** Told once a second whether anything came since or not; of a window that is over nothing does. */
  #encoded: { readonly count: number; readonly histogram: EncodedHistogram } | undefined

  /** Counts one latency; less than nothing (a clock read twice in one tick) counts as 0. */
  record(micros: number): void {
    this.recordTimes(micros, 1)
  }

  recordTimes(micros: number, times: number): void {
    if (this.#counts === noCounts) this.#counts = new Uint32Array(buckets)
    const whole = micros > 0 ? Math.round(micros) : 0
    const bucket = bucketOf(whole < longestMicros ? whole : longestMicros)
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + times
    this.#count += times
    this.#sum += whole * times
    if (whole < this.#min) this.#min = whole
    if (whole > this.#max) this.#max = whole
  }

  get count(): number {
    return this.#count
  }

  /** Microseconds; undefined while empty. */
  get min(): number | undefined {
    return this.#count === 0 ? undefined : this.#min
  }

  /** Microseconds; undefined while empty. */
  get max(): number | undefined {
    return this.#count === 0 ? undefined : this.#max
  }

  /** Microseconds; undefined while empty. */
  get mean(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count
  }

  /**
   * The latency at rank ceil(percent/100 x count), in microseconds; undefined while empty.
   *
   * @param percent above 0, at most 100
   */
  percentile(percent: number): number | undefined {
    if (this.#count === 0) return undefined
    // The slack keeps 99.9 % of 1,000 at rank 999, which floating point would make 1,000.
    const rank = Math.max(1, Math.ceil((percent * this.#count) / 100 - 1e-6))
    if (rank >= this.#count) return this.#max
    let seen = 0
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      seen += this.#counts[bucket] ?? 0
      if (seen >= rank) return Math.min(Math.max(bucketMiddle(bucket), this.#min), this.#max)
    }
    return this.#max
  }

  add(other: LatencyHistogram): void {
    if (other.#count === 0) return
    if (this.#counts === noCounts) this.#counts = new Uint32Array(buckets)
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (other.#counts[bucket] ?? 0)
    }
    this.#count += other.#count
    this.#sum += other.#sum
    this.#min = Math.min(this.#min, other.#min)
    this.#max = Math.max(this.#max, other.#max)
  }

  /** Adds what `encode` gave, of this histogram's making or another process's. */
  addEncoded(encoded: EncodedHistogram): void {
    const { counts } = encoded
    if (counts.length === 0) return
    if (this.#counts === noCounts) this.#counts = new Uint32Array(buckets)
    for (let i = 0; i + 1 < counts.length; i += 2) {
      const bucket = counts[i] ?? 0
      const count = counts[i + 1] ?? 0
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count
      this.#count += count
    }
    this.#sum += encoded.sum
    this.#min = Math.min(this.#min, encoded.min)
    this.#max = Math.max(this.#max, encoded.max)
  }

  clear(): void {
    this.#counts.fill(0)
    this.#count = 0
    this.#sum = 0
    this.#min = Number.POSITIVE_INFINITY
    this.#max = 0
    this.#encoded = undefined
  }

  encode(): EncodedHistogram {
    if (this.#encoded?.count === this.#count) return this.#encoded.histogram
    const counts: number[] = []
    const length = this.#counts.length
    for (let bucket = 0; bucket < length; bucket += 1) {
      const count = this.#counts[bucket] ?? 0
      if (count > 0) counts.push(bucket, count)
    }
    const min = this.#count === 0 ? 0 : this.#min
    const histogram = { sum: this.#sum, min, max: this.#max, counts }
    this.#encoded = { count: this.#count, histogram }
    return histogram
  }

  static decode(encoded: EncodedHistogram): LatencyHistogram {
    const histogram = new LatencyHistogram()
    histogram.addEncoded(encoded)
    return histogram
  }
}

/** Whole microseconds have a bucket each up to 127; from there every octave has 64. */
function bucketOf(micros: number): number {
  if (micros < 2 * perOctave) return micros
  const shift = 31 - octaveBits - Math.clz32(micros)
  return (shift << octaveBits) + (micros >>> shift)
}

/** The microseconds that a bucket of an encoded histogram stands for. */
export function bucketMiddle(bucket: number): number {
  if (bucket < 2 * perOctave) return bucket
  const shift = (bucket >>> octaveBits) - 1
  const lowest = ((bucket & (perOctave - 1)) + perOctave) << shift
  return lowest + ((1 << shift) - 1) / 2
}
