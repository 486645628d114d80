import type { LedgerEntry } from '../station/ledger.ts'
import type { ConnectorStatus, FromWorker } from './worker-messages.ts'

/** Entries to a message: what the channel between processes takes without a pause. */
export const ledgerChunk = 2000

/** The stations' books at the end of the run, in messages of bearable size. */
export function* ledgerMessages(
  entries: readonly LedgerEntry[],
  statuses: readonly ConnectorStatus[],
): Iterable<Extract<FromWorker, { kind: 'ledger' }>> {
  const longest = Math.max(entries.length, statuses.length)
  for (let at = 0; at < longest; at += ledgerChunk) {
    const end = at + ledgerChunk
    yield { kind: 'ledger', entries: entries.slice(at, end), statuses: statuses.slice(at, end) }
  }
}
