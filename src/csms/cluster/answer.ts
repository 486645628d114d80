import type { LocalOperations } from '../api/local-operations.ts'
import { stationsMeant, transactionsMeant } from '../api/rows.ts'
import type { Counters } from '../counters.ts'
import type { TransactionRecord } from '../domain/transaction.ts'
import { tokenKey } from '../store/changes.ts'
import type { Store } from '../store/store.ts'
import { stationView, transactionView } from '../views.ts'
import type { AnswerTo, KeyedRows, Kind, Question } from './questions.ts'

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
    case 'editStation':
      return operations.editStation(question.edit)
    case 'removeStation':
      return operations.removeStation(question.stationId, question.force)
    case 'endConnections':
      return operations.endConnections(question.meant, question.reason)
    case 'lastOrdinal':
      return store.transactions.lastOrdinal
    case 'transactions':
      return transactionRows(store, question)
    case 'stationPart':
      return operations.stationPart(question.stationId, question.part, question.query)
    case 'tokens':
      return tokenRows(store, question)
    case 'token':
      return operations.token(question.idToken)
    case 'editToken':
      return operations.editToken(question.edit)
    case 'removeToken':
      return operations.removeToken(question.idToken)
    case 'tariffs':
      return operations.tariffs()
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

function stationRows({ stations }: Store, query: Question<'stations'>): KeyedRows<string> {
  return rowsFrom(stationsMeant(stations, query), query.count, stationView, ({ id }) => id)
}

function tokenRows({ tokens }: Store, { after, count }: Question<'tokens'>): KeyedRows<string> {
  return rowsFrom(
    tokens.sorted(after),
    count,
    (token) => token,
    ({ idToken }) => tokenKey(idToken),
  )
}

function transactionRows(
  { transactions }: Store,
  query: Question<'transactions'>,
): KeyedRows<number> {
  transactions.goOnAfter(query.upTo)
  const meant = upTo(query.upTo, transactionsMeant(transactions, query))
  return rowsFrom(meant, query.count, transactionView, ({ ordinal }) => ordinal)
}

function* upTo(
  last: number,
  transactions: Iterable<TransactionRecord>,
): Generator<TransactionRecord> {
  for (const transaction of transactions) {
    if (transaction.ordinal > last) return
    yield transaction
  }
}

function rowsFrom<Item, Key>(
  items: Iterable<Item>,
  count: number,
  view: (item: Item) => object,
  keyOf: (item: Item) => Key,
): KeyedRows<Key> {
  const keys: Key[] = []
  const texts: string[] = []
  for (const item of items) {
    if (texts.length === count) return { keys, texts, more: true }
    keys.push(keyOf(item))
    texts.push(JSON.stringify(view(item)))
  }
  return { keys, texts, more: false }
}
