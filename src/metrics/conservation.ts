import type { ExchangeSnapshot } from './exchange-stats.ts'
import { phases } from './phase.ts'
import type { Snapshot } from './snapshot.ts'

/** An action whose numbers do not add up: a bug in csms, never in the target. */
export interface Discrepancy {
  readonly fleet: string
  readonly version: string
  readonly action: string
  readonly started: number
  readonly settled: number
}

/**
 * Checks, per fleet, version and action, that every CALL handed on came to exactly one end:
 * started = completed + callErrors + timeouts + lost + unfinished + unsent. True only after the
 * drain, when every connection is closed.
 */
export function findDiscrepancies(snapshot: Snapshot): Discrepancy[] {
  const discrepancies: Discrepancy[] = []
  for (const stats of snapshot.exchanges) {
    const { fleet, version, action, started } = stats
    const settled = settledIn(stats)
    if (settled !== started) discrepancies.push({ fleet, version, action, started, settled })
  }
  return discrepancies
}

function settledIn(stats: ExchangeSnapshot): number {
  let settled = 0
  for (const phase of phases) {
    const window = stats.windows[phase]
    if (!window) continue
    settled += window.completed + window.callErrors + window.timeouts
    settled += window.lost + window.unfinished + window.unsent
  }
  return settled
}
