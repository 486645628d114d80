import type { During } from '../metrics/thresholds.ts'
import { showBareMs, showCount, showElapsed, showRate } from './figures.ts'

/** How a run stands, from its newest whole second. */
export interface Progress {
  readonly elapsedSeconds: number
  /** `run` where the scenario has no windows. */
  readonly phase: During
  readonly connected: number
  readonly requested: number
  readonly exchangesPerSecond: number
  readonly messagesPerSecond: number
  readonly responseP99Ms: number | null
  /** CALLs due and not settled. */
  readonly backlog: number
  /** Since the run began. */
  readonly errors: number
  readonly scriptsDone: number
}

/** One line of progress, printed every few seconds where no terminal is watching. */
export function progressLine(progress: Progress): string {
  const { connected, requested, exchangesPerSecond, messagesPerSecond } = progress
  return [
    `${showElapsed(progress.elapsedSeconds)} ${progress.phase}`,
    `connected ${showCount(connected)}/${showCount(requested)}`,
    `${showRate(exchangesPerSecond)} exchanges (${showRate(messagesPerSecond)} messages)`,
    `p99 ${showBareMs(progress.responseP99Ms)} ms`,
    `backlog ${showCount(progress.backlog)}`,
    `errors ${showCount(progress.errors)}`,
    `scripts done ${showCount(progress.scriptsDone)}`,
  ].join('  ')
}
