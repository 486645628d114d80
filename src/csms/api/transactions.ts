import type { TransactionRecord } from '../domain/transaction.ts'
import { isOpen } from '../domain/transaction.ts'
import type { TransactionStore } from '../store/store.ts'
import { transactionView } from '../views.ts'
import { sendJsonArray } from './json-stream.ts'
import { flag, onlyParameters, wholeNumber } from './query.ts'
import type { Route } from './route.ts'

/**
 * `GET /api/v1/transactions?stationId=&open=&limit=&after=`: in order of arrival. With `limit` a Link
 * header names the next page where there is one; `after` is the ordinal to go on from. Without it,
 * everything: the answer has the shape that `--books` reads.
 */
export const getTransactions: Route = async ({ response, query, services }) => {
  onlyParameters(query, 'stationId', 'open', 'limit', 'after')
  const limit = wholeNumber(query, 'limit', 1)
  const chosen = matching(services.domain.transactions, filterOf(query))
  if (limit === undefined) {
    await sendJsonArray(response, views(chosen))
    return
  }
  const page: TransactionRecord[] = []
  for (const transaction of chosen) {
    page.push(transaction)
    if (page.length > limit) break
  }
  const more = page.length > limit
  const shown = more ? page.slice(0, limit) : page
  await sendJsonArray(response, shown.map(transactionView), more ? nextLink(query, shown) : {})
}

interface Filter {
  readonly after: number
  readonly open: boolean | undefined
  readonly stationId: string | null
}

/** Read before the first byte of the answer is sent: from then on nothing can be refused. */
function filterOf(query: URLSearchParams): Filter {
  return {
    after: wholeNumber(query, 'after', 0) ?? 0,
    open: flag(query, 'open'),
    stationId: query.get('stationId'),
  }
}

function* matching(
  transactions: TransactionStore,
  { after, open, stationId }: Filter,
): Iterable<TransactionRecord> {
  const candidates =
    stationId === null ? transactions.list(after) : transactions.ofStation(stationId)
  for (const transaction of candidates) {
    if (transaction.ordinal <= after) continue
    if (open === undefined || isOpen(transaction) === open) yield transaction
  }
}

function* views(transactions: Iterable<TransactionRecord>) {
  for (const transaction of transactions) yield transactionView(transaction)
}

function nextLink(query: URLSearchParams, shown: readonly TransactionRecord[]) {
  const next = new URLSearchParams(query)
  next.set('after', String(shown[shown.length - 1]?.ordinal ?? 0))
  return { Link: `</api/v1/transactions?${next.toString()}>; rel="next"` }
}
