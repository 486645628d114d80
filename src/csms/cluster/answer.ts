import type { LocalOperations } from '../api/local-operations.ts'
import { joinRows, matching, rowsPerPiece, stationViews } from '../api/rows.ts'
import type { Counters } from '../counters.ts'
import type { Store } from '../store/store.ts'
import { transactionView } from '../views.ts'
import type { AnswerTo, Kind, Question, StationRows, TransactionRows } from './questions.ts'

/** What a member answers from. */
export interface Sources {
  readonly store: Store
  readonly counters: Counters
  readonly operations: LocalOperations
}

/** Answers a question of the front. */
export function answerTo(
  question: Question,
  { store, counters, operations }: Sources,
): AnswerTo<Kind> | Promise<AnswerTo<Kind>> {
  switch (question.kind) {
    case 'holdings':
      return operations.holdings()
    case 'counters':
      return counters.snapshot()
    case 'station':
      return operations.station(question.stationId)
    case 'stations':
      return stationRows(store, question)
    case 'lastOrdinal':
      return store.transactions.lastOrdinal
    case 'transactions':
      return transactionRows(store, question)
    case 'command': {
      const { stationId, action, payload, waitMs } = question
      return operations.command(stationId, action, payload, waitMs)
    }
  }
}

/** Stations are never removed, so that a place in their order is a place to go on from. */
function stationRows({ stations }: Store, { skip, connected }: Question<'stations'>): StationRows {
  const rows: string[] = []
  let looked = 0
  for (const record of stations.list()) {
    looked += 1
    if (looked <= skip) continue
    for (const view of stationViews([record], connected)) rows.push(JSON.stringify(view))
    if (rows.length === rowsPerPiece) return { text: joinRows(rows), next: looked }
  }
  return { text: joinRows(rows), next: undefined }
}

function transactionRows(
  { transactions }: Store,
  query: Question<'transactions'>,
): TransactionRows {
  transactions.goOnAfter(query.upTo)
  const ordinals: number[] = []
  const texts: string[] = []
  for (const transaction of matching(transactions, query)) {
    if (transaction.ordinal > query.upTo) break
    if (texts.length === query.count) return { ordinals, texts, more: true }
    ordinals.push(transaction.ordinal)
    texts.push(JSON.stringify(transactionView(transaction)))
  }
  return { ordinals, texts, more: false }
}
