import type { Snapshot } from '../metrics/snapshot.ts'
import { snapshotBetween } from '../metrics/snapshot-difference.ts'
import type { CountedSpan } from '../metrics/threshold-results.ts'
import type { ThresholdPlan, TimeSpan } from '../metrics/thresholds.ts'
import { epochNow } from '../platform/shared-instants.ts'
import type { SpanFacts } from '../report/run-facts.ts'
import type { WorkerPool } from '../simulator/workers/worker-pool.ts'
import type { RunTally } from './run-tally.ts'

/**
 * The parts of steady that thresholds name: what the workers had counted at their ends. Counts of a
 * part are a difference, so they tell what ended in it, whenever it was due.
 */
export class SteadySpans {
  readonly #spans: readonly TimeSpan[]
  readonly #pool: Pick<WorkerPool, 'mark'>
  readonly #tally: Pick<RunTally, 'marked' | 'snapshot'>
  /** By milliseconds into steady. */
  readonly #marks = new Map<number, Snapshot>()
  #beganEpochMs: number | undefined

  constructor(
    thresholds: readonly ThresholdPlan[],
    pool: Pick<WorkerPool, 'mark'>,
    tally: Pick<RunTally, 'marked' | 'snapshot'>,
  ) {
    this.#spans = thresholds.flatMap(({ during }) => (typeof during === 'object' ? [during] : []))
    this.#pool = pool
    this.#tally = tally
  }

  /** Steady begins at this instant: every edge is marked when it comes. */
  begin(steadyEpochMs: number): void {
    this.#beganEpochMs = steadyEpochMs
    const edgesMs = new Set(this.#spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))
    for (const edgeMs of edgesMs) void this.#mark(steadyEpochMs + edgeMs, edgeMs)
  }

  /** What was counted in a part so far; undefined before it begins. */
  readonly within = ({ fromMs, toMs }: TimeSpan): CountedSpan | undefined => {
    const from = this.#marks.get(fromMs)
    if (!from || this.#beganEpochMs === undefined) return undefined
    const to = this.#marks.get(toMs)
    if (to) return { counted: snapshotBetween(from, to), seconds: (toMs - fromMs) / 1000 }
    const elapsedMs = epochNow() - this.#beganEpochMs
    const counted = snapshotBetween(from, this.#tally.snapshot())
    return { counted, seconds: Math.max(0, elapsedMs - fromMs) / 1000 }
  }

  /** The parts that are over: all that a report may judge. */
  facts(): SpanFacts[] {
    return this.#spans.flatMap((span) => {
      const counted = this.#marks.has(span.toMs) ? this.within(span) : undefined
      return counted ? [{ ...span, ...counted }] : []
    })
  }

  async #mark(atEpochMs: number, edgeMs: number): Promise<void> {
    const snapshots = await this.#pool.mark(atEpochMs)
    // Workers that ended before it never got there.
    if (epochNow() >= atEpochMs) this.#marks.set(edgeMs, this.#tally.marked(snapshots))
  }
}
