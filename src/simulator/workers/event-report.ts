import type { EncodedHistogram } from '../../metrics/latency-histogram.ts'

/** What one worker tells of an event of the timeline; totals so far, of its own stations. */
export interface EventReport {
  /** Its place in the timeline. */
  readonly event: number
  /** When it came over them, epoch milliseconds. */
  readonly beganEpochMs: number
  /** When what takes it back began; null = not yet, or never. */
  readonly returningEpochMs: number | null
  /** When the last station was back that is. */
  readonly lastBackEpochMs: number | null
  /** Everything is done that is done at all. */
  readonly over: boolean
  readonly stations: number
  /** Stations on which it could not be done, by reason. */
  readonly undone: Readonly<Record<string, number>>
  /** Stations that are back: connected and accepted. */
  readonly returned: number
  /** Sessions that it broke off. */
  readonly brokenOff: number
  /** How long each took to come back once it could, real microseconds. */
  readonly back: EncodedHistogram
}
