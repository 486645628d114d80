import type { Clock } from '../shared/clock.ts'

/** Who is remembered at once; more push out those that asked longest ago. */
const mostBuckets = 10_000

interface Bucket {
  tokens: number
  filledMicros: number
}

/** So many requests a second each, and a burst of them. */
export class RateLimiter {
  readonly #clock: Clock
  readonly #perSecond: number
  readonly #burst: number
  /** In the order of the last request. */
  readonly #buckets = new Map<string, Bucket>()

  /** @param clock real time */
  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock
    this.#perSecond = perSecond
    this.#burst = burst
  }

  /** @returns seconds until the next request may come; 0: this one may pass */
  take(who: string): number {
    const nowMicros = this.#clock.monotonicMicros()
    const bucket = this.#bucket(who, nowMicros)
    const gainedSeconds = (nowMicros - bucket.filledMicros) / 1e6
    bucket.tokens = Math.min(this.#burst, bucket.tokens + gainedSeconds * this.#perSecond)
    bucket.filledMicros = nowMicros
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1
      return 0
    }
    return (1 - bucket.tokens) / this.#perSecond
  }

  /** What was taken last was for nothing. */
  giveBack(who: string): void {
    const bucket = this.#buckets.get(who)
    if (!bucket) return
    bucket.tokens += 1
    // Who has taken nothing need not be remembered.
    if (bucket.tokens >= this.#burst) this.#buckets.delete(who)
  }

  #bucket(who: string, nowMicros: number): Bucket {
    const bucket = this.#buckets.get(who) ?? { tokens: this.#burst, filledMicros: nowMicros }
    this.#buckets.delete(who)
    if (this.#buckets.size >= mostBuckets) {
      for (const oldest of this.#buckets.keys()) {
        this.#buckets.delete(oldest)
        break
      }
    }
    this.#buckets.set(who, bucket)
    return bucket
  }
}
