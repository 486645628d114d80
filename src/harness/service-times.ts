import { type EncodedHistogram, LatencyHistogram } from '../metrics/latency-histogram.ts'
import { phases } from '../metrics/phase.ts'
import { selectExchanges } from '../metrics/selection.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import { histogramBetween } from '../metrics/snapshot-difference.ts'
import { percentileOf, recentSeconds } from './recent-seconds.ts'

/**
 * Service times of the last seconds: the difference of two cumulative snapshots, so that the workers
 * record nothing more for it.
 */
export class ServiceTimes {
  /** Cumulative, one a second, the oldest first. */
  readonly #sums: EncodedHistogram[] = []

  /** To be called once a second. */
  add(snapshot: Snapshot): void {
    this.#sums.push(selectExchanges(snapshot, {}, phases).service.encode())
    if (this.#sums.length > recentSeconds + 1) this.#sums.shift()
  }

  /** Milliseconds; null where too little was answered. */
  percentile(percent: number): number | null {
    const now = this.#sums.at(-1)
    const before = this.#sums[0]
    if (!now || !before) return null
    // In the first seconds everything is recent.
    const all = this.#sums.length <= recentSeconds
    const recent = all ? now : histogramBetween(before, now)
    return percentileOf(LatencyHistogram.decode(recent), percent)
  }
}
