import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { simulate } from '../helpers/simulate.ts'
import { RPCServer } from './ocpp-rpc.ts'

type Payload = Record<string, unknown>

interface Row {
  stationId: string
  transactionId: string | number
  startedAt: string
  stoppedAt?: string
  energyWh?: number
}

/** A management system on ocpp-rpc as somebody writes it in an afternoon, and its books over HTTP. */
async function naiveCsms(protocol: 'ocpp1.6' | 'ocpp2.0.1') {
  const rows = new Map<string | number, Row>()
  const starts = new Map<string | number, number>()
  const heard: { action: string; payload: Payload }[] = []
  const server = new RPCServer({ protocols: [protocol], strictMode: true })
  server.auth((accept) => accept())
  server.on('client', (station) => {
    const serve = (action: string, answer: (payload: Payload) => object) =>
      station.handle(action, ({ params }) => {
        heard.push({ action, payload: params })
        return answer(params)
      })
    const currentTime = () => new Date().toISOString()
    serve('BootNotification', () => {
      setTimeout(() => void station.call('TriggerMessage', { requestedMessage: 'Heartbeat' }), 20)
      return { status: 'Accepted', interval: 300, currentTime: currentTime() }
    })
    serve('Heartbeat', () => ({ currentTime: currentTime() }))
    serve('StatusNotification', () => ({}))
    serve('MeterValues', () => ({}))
    serve('Authorize', () =>
      protocol === 'ocpp1.6'
        ? { idTagInfo: { status: 'Accepted' } }
        : { idTokenInfo: { status: 'Accepted' } },
    )
    serve('StartTransaction', (payload) => {
      const transactionId = 700 + rows.size
      starts.set(transactionId, Number(payload['meterStart']))
      rows.set(transactionId, {
        stationId: station.identity,
        transactionId,
        startedAt: String(payload['timestamp']),
      })
      return { transactionId, idTagInfo: { status: 'Accepted' } }
    })
    serve('StopTransaction', (payload) => {
      const row = rows.get(Number(payload['transactionId']))
      if (row) {
        row.stoppedAt = String(payload['timestamp'])
        row.energyWh = Number(payload['meterStop']) - (starts.get(row.transactionId) ?? 0)
      }
      return {}
    })
    serve('TransactionEvent', (payload) => {
      const { transactionId } = payload['transactionInfo'] as { transactionId: string }
      const register = registerOf(payload)
      const row = rows.get(transactionId) ?? {
        stationId: station.identity,
        transactionId,
        startedAt: String(payload['timestamp']),
      }
      rows.set(transactionId, row)
      if (register !== undefined && !starts.has(transactionId)) starts.set(transactionId, register)
      if (register !== undefined) row.energyWh = register - (starts.get(transactionId) ?? 0)
      if (payload['eventType'] === 'Ended') row.stoppedAt = String(payload['timestamp'])
      return payload['idToken'] ? { idTokenInfo: { status: 'Accepted' } } : {}
    })
  })
  const http = await server.listen(0, '127.0.0.1')
  const books = await listening(
    createServer((_request, response) => response.end(JSON.stringify([...rows.values()]))),
  )
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    books: `http://127.0.0.1:${(books.address() as AddressInfo).port}/books`,
    rows,
    heard,
    async [Symbol.asyncDispose]() {
      books.close()
      await server.close({ force: true })
    },
  }
}

async function listening(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function registerOf(payload: Payload): number | undefined {
  const values = (payload['meterValue'] ?? []) as {
    sampledValue: { value: number; measurand?: string }[]
  }[]
  return values
    .flatMap((value) => value.sampledValue)
    .filter((sample) => (sample.measurand ?? energy) === energy)
    .at(-1)?.value
}

const energy = 'Energy.Active.Import.Register'

describe.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
  'csms simulate, against a management system on the npm package ocpp-rpc, %s',
  (protocol) => {
    test('a whole charging session passes, conserves, and the peer’s books balance', async () => {
      await using peer = await naiveCsms(protocol)
      const report = await simulate(
        'fixtures/interop/session.yaml',
        '--target',
        peer.url,
        '--protocol',
        protocol,
        '--books',
        peer.books,
      )
      expect(report).toMatchObject({
        verdict: 'pass',
        exitCode: 0,
        scripts: { completed: 1, failed: 0 },
        transactions: { started: 1, stopped: 1, lost: 0, mismatched: 0 },
        books: { checked: true },
        violations: { total: 0 },
      })
      const [row] = peer.rows.values()
      // Three simulated minutes at 22 kW.
      expect(row?.energyWh).toBeGreaterThan(1000)
      expect(row?.energyWh).toBeLessThan(1300)
      expect(row?.stoppedAt).toBeDefined()
      const actions = peer.heard.map((frame) => frame.action)
      expect(actions[0]).toBe('BootNotification')
      expect(actions).toContain('Heartbeat')
    })
  },
)
