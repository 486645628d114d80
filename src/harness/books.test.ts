import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { booksEntry, readApiBooks, readUrlBooks } from './books.ts'

let server: Server | undefined
afterEach(() => server?.close())

async function serving(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  const listening = server
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

const row = (transactionId: string | number) => ({
  stationId: 'CP1',
  transactionId,
  startedAt: '2026-01-01T00:00:00.000Z',
  stoppedAt: null,
  energyWh: 12,
})

describe('the books of a csms', () => {
  test('are read page by page, following the Link header', async () => {
    const api = await serving(({ url = '' }, response) => {
      const second = url.includes('after=1')
      const next = { Link: '</api/v1/transactions?limit=1&after=1>; rel="next"' }
      response.writeHead(200, second ? {} : next).end(JSON.stringify([row(second ? 2 : 1)]))
    })
    expect((await readApiBooks(api)).map(({ transactionId }) => transactionId)).toEqual([1, 2])
  })
})

describe('the books of another CSMS', () => {
  test('are read with the headers of the target', async () => {
    const url = await serving((request, response) => {
      response.end(JSON.stringify([row(String(request.headers['x-tenant']))]))
    })
    expect(await readUrlBooks(url, { 'X-Tenant': 'a' })).toEqual([row('a')])
  })

  test.each([
    ['{}', 'are no JSON array'],
    ['<html>', 'could not be read'],
    ['[{"transactionId": 1}]', 'row 1: stationId is no text'],
    ['[{"stationId": "CP1"}]', 'row 1: transactionId is neither text nor number'],
  ])('that make no sense are told by a sentence: %s', async (body, sentence) => {
    const url = await serving((_request, response) => response.end(body))
    await expect(readUrlBooks(url, {})).rejects.toThrow(sentence)
  })

  test('that are refused name the HTTP status', async () => {
    const url = await serving((_request, response) => response.writeHead(401).end())
    await expect(readUrlBooks(url, {})).rejects.toThrow('HTTP 401')
  })
})

describe('booksEntry', () => {
  test('energy is register minus register; an id that never came is null', () => {
    const entry = {
      stationId: 'CP1',
      transactionId: '',
      evse: 1,
      startedAt: 'a',
      stoppedAt: undefined,
      meterStartWh: 100,
      meterWh: 350,
      startAcknowledged: false,
      stopAcknowledged: false,
      dropped: false,
    }
    const expected = { transactionId: null, stoppedAt: null, energyWh: 250 }
    expect(booksEntry(entry)).toMatchObject(expected)
  })
})
