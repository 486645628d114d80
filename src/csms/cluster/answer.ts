import type { LocalOperations } from '../api/local-operations.ts'
import { joinRows, matching, rowsPerPiece, stationViews } from '../api/rows.ts'
import type { Counters } from '../counters.ts'
import type { Store } from '../store/store.ts'
import { transactionView } from '../views.ts'
import type { AnswerTo, Kind, ListRows, Question, TransactionRows } from './questions.ts'

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
    case 'stationPart':
      return operations.stationPart(question.stationId, question.part, question.query)
    case 'tokens':
      return rowsFrom(store.tokens.list(), question.skip, (token) => token)
    case 'token':
      return operations.token(question.idToken)
    case 'editToken':
      return operations.editToken(question.edit)
    case 'removeToken':
      return operations.removeToken(question.idToken)
    case 'messages':
      return operations.messages(question.filter)
    case 'troubles':
      return operations.troubles()
    case 'command': {
      const { stationId, action, payload, waitMs } = question
      return operations.command(stationId, action, payload, waitMs)
    }
  }
}

/** Stations are never removed, so that a place in their order is a place to go on from. */
function stationRows({ stations }: Store, { skip, connected }: Question<'stations'>): ListRows {
  return rowsFrom(stations.list(), skip, (record) => {
    const [view] = stationViews([record], connected)
    return view
  })
}

/** @param view undefined: not in this list */
function rowsFrom<Item>(
  items: Iterable<Item>,
  skip: number,
  view: (item: Item) => object | undefined,
): ListRows {
  const rows: string[] = []
  let looked = 0
  for (const item of items) {
    looked += 1
    if (looked <= skip) continue
    const shown = view(item)
    if (shown) rows.push(JSON.stringify(shown))
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
