import { sendJsonArray } from './json-stream.ts'
import { linkTo } from './link.ts'
import { flagParameter, textParameter, wholeParameter } from './parameters.ts'
import { route } from './route.ts'
import { list, ref } from './schema.ts'

/** Without `limit` the answer has the shape that `--books` reads. */
export const getTransactions = route({
  method: 'GET',
  path: '/api/v1/transactions',
  id: 'listTransactions',
  tag: 'Transactions',
  summary: 'Transactions, in the order of their arrival',
  role: 'viewer',
  query: {
    stationId: textParameter('Only those of this station.'),
    open: flagParameter('Only those that are open, or have stopped.'),
    limit: wholeParameter('So many at most; then a Link header names the next page.', 1),
    after: wholeParameter('The ordinal to go on from.', 0),
  },
  answers: {
    200: {
      description: 'The transactions.',
      schema: list('Transactions.', ref('Transaction')),
      headers: { Link: '`</api/v1/transactions?...>; rel="next"`, where there is a next page.' },
    },
  },
  async handle({ response, query, services }) {
    const { stationId, open, after = 0, limit } = query
    const { operations } = services
    const { rows, next } = await operations.transactions({ stationId, open, after, limit })
    await sendJsonArray(response, rows, linkTo('/api/v1/transactions', query, next))
  },
})
