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
  const { rows, next } = await services.operations.transactions({
    stationId: query.get('stationId') ?? undefined,
    open: flag(query, 'open'),
    after: wholeNumber(query, 'after', 0) ?? 0,
    limit: wholeNumber(query, 'limit', 1),
  })
  await sendJsonArray(response, rows, next === undefined ? {} : nextLink(query, next))
}

function nextLink(query: URLSearchParams, after: number) {
  const next = new URLSearchParams(query)
  next.set('after', String(after))
  return { Link: `</api/v1/transactions?${next.toString()}>; rel="next"` }
}
