import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { loadScenario } from '../simulator/scenario/load-scenario.ts'
import { plainTarget } from '../simulator/workers/target.ts'
import { RunBooks } from './run-books.ts'

let server: Server | undefined
afterEach(() => server?.close())

/** What the books answer, one after the other: rows, or nothing but a status. */
async function booksOf(...answers: readonly (readonly string[] | number)[]): Promise<string> {
  server?.close()
  const left = [...answers]
  const listening = createServer((_request, response) => {
    const answer = left.shift() ?? 500
    if (typeof answer === 'number') {
      response.writeHead(answer).end()
      return
    }
    const rows = answer.map((transactionId) => ({ stationId: 'CP1', transactionId }))
    response.end(JSON.stringify(rows))
  })
  server = listening
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

/** Compares after a run in which no station had a transaction. */
async function compared(books: string | undefined) {
  const text = 'name: books\nfleets: [{name: cp, id: CP1, script: [boot]}]'
  const loaded = loadScenario({ file: 'books', text })
  if (!('plan' in loaded)) throw new Error('the scenario is not sound')
  const { plan } = loaded
  const target = plainTarget(['ws://127.0.0.1:1'])
  const run = new RunBooks({ plan, workers: 1, options: { books, target } })
  await run.readEarlier()
  const tally = { ledger: [], statuses: [], isDead: () => false, fault: () => undefined }
  return run.compare(tally, undefined)
}

describe('the books of a run', () => {
  test('nobody looks where nobody said where they are', async () => {
    expect(await compared(undefined)).toMatchObject({ checked: false })
  })

  test('rows that stood there before are an earlier run’s', async () => {
    expect(await compared(await booksOf(['T1'], ['T1']))).toMatchObject({
      checked: true,
      mismatched: 0,
    })
    expect(await compared(await booksOf([], ['T1']))).toMatchObject({ mismatched: 1 })
  })

  test('a row is held against nobody where nobody saw what stood there before', async () => {
    const books = await compared(await booksOf(503, ['T1']))
    expect(books).toMatchObject({ checked: false, mismatched: 0 })
    expect(books.unreadable).toMatch(/before the run the books at .* HTTP 503, and now nobody/)
  })

  test('what stood there before makes no difference where nothing is left to ask', async () => {
    expect(await compared(await booksOf(404, []))).toMatchObject({ checked: true, mismatched: 0 })
  })

  test('that cannot be read after the run are no pass', async () => {
    const books = await compared(await booksOf([], 503))
    expect(books).toMatchObject({ checked: false, unreadable: expect.stringContaining('HTTP 503') })
  })
})
