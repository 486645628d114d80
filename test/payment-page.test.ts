import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPayments } from '../src/csms/payments/payment-file.ts'
import type { Server, ServerOptions } from '../src/csms/server.ts'
import { startServer } from '../src/csms/start-server.ts'
import { type ConnectedStation, connectStation } from '../src/harness/connect-station.ts'
import { Cancel } from '../src/shared/cancel.ts'

/* A driver who scans the code of a station of 2.1 and pays on the web [2.1 C25]. */

const folder = mkdtempSync(join(tmpdir(), 'csms-payments-'))
afterAll(() => rmSync(folder, { recursive: true }))

const plug = { evse: 1, connector: 1 } as const
const ev = { batteryWh: 60_000, soc: 0.2, maxPowerW: 11_000, phases: 3, taperFrom: 0.8 } as const
const standardTariffs = join(import.meta.dirname, '../scenarios/tariffs/standard.yaml')
const cancel = new Cancel()

function fileOf(text: string): string {
  const file = join(folder, 'payments.yaml')
  writeFileSync(file, text)
  return file
}

const good = 'url: http://127.0.0.1/shop\nsecret: of a laboratory only\namount: 20\ntimeout: 60'

interface Settlement {
  readonly pspRef: string
}
interface Transaction {
  readonly idToken: string
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 25))
}

/** Asks again until it is told; what tells is HTTP, which has no events. */
async function told<Value>(ask: () => Promise<Value | undefined> | Value | undefined) {
  for (let times = 0; times < 400; times += 1) {
    const value = await ask()
    if (value !== undefined) return value
    await pause()
  }
  throw new Error('nothing was told')
}

describe.each([1, 2])('a server of %i processes', (processes) => {
  let server: Server
  let station: ConnectedStation
  let frames: string[]

  beforeAll(async () => {
    frames = []
    const options: ServerOptions = {
      port: 0,
      processes,
      tariffsFile: standardTariffs,
      paymentsFile: fileOf(good),
      frames: true,
      observer: (event) => {
        if (event.type === 'frame') frames.push(event.text)
      },
    }
    server = await startServer(options)
    station = await connectStation(`ws://127.0.0.1:${server.port}`, {
      id: 'CS 1',
      protocol: 'ocpp2.1',
      station: { connectors: 2 },
    })
  })
  afterAll(async () => {
    station.close()
    await server.close({ timeoutMs: 100 })
  })

  const get = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${server.port}${path.replace('/shop', '')}`, {
      method,
      redirect: 'manual',
    })
  const api = async <Row>(path: string) =>
    (await (await get(`/api/v1/${path}`)).json()) as readonly Row[]
  const code = (evse = 1) =>
    told(() => {
      const url = station.actor.variable('paymentUrl', { evse, connector: 1 })
      return typeof url === 'string' ? new URL(url).pathname : undefined
    })

  test('[2.1 C25.FR.01] tells a station that boots what its codes must say, in no log', async () => {
    expect(await code()).toMatch(/^\/shop\/pay\/CS%201\/1\/v1\/[0-9A-Za-z]{16}$/)
    const told = () => frames.filter((text) => text.includes('SharedSecret'))
    // What another process heard comes a moment later.
    await expect.poll(() => told().length).toBeGreaterThan(0)
    expect(told().join()).not.toMatch(/"attributeValue":"[0-9a-f]{64}"/)
  })

  test('[2.1 C25.FR.20 to FR.24] who scans and pays charges, up to what he paid for', async () => {
    const { actor } = station
    await actor.plugIn(plug, ev)
    const visit = await get(`${await code()}?maxcost=7.5&maxtime=x`)
    expect(visit.status).toBe(303)
    const path = visit.headers.get('location') ?? ''
    expect(path).toMatch(/^\/shop\/pay\/[0-9a-f]{32}$/)
    const page = await get(path)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('Pay 7.50 EUR')

    // Nobody else charges there, or pays for it, meanwhile.
    expect(await actor.authorize(plug, actor.ownToken, cancel)).toMatchObject({ ok: false })
    expect((await get(await code(2))).status).toBe(303)

    const [first, again] = await Promise.all([get(path, 'POST'), get(path, 'POST')])
    expect([first.status, again.status]).toEqual([303, 303])
    await told(async () =>
      (await (await get(path)).text()).includes('plug in') ? true : undefined,
    )
    const [transaction, ...others] = await told(async () => {
      const rows = await api<Transaction>('transactions')
      return rows.length > 0 ? rows : undefined
    })
    expect(others).toEqual([])
    expect(transaction?.idToken).toMatch(/^web-[0-9a-f]{24}$/)
    await told(() => frames.find((text) => text.includes('"transactionLimit":{"maxCost":7.5}')))

    await actor.stop(plug, {}, cancel)
    const [settlement] = await told(async () => {
      const rows = await api<Settlement>('stations/CS%201/settlements')
      return rows.length > 0 ? rows : undefined
    })
    expect(settlement).toMatchObject({
      pspRef: transaction?.idToken,
      status: 'Settled',
      // The fixed fee: nothing was charged yet.
      settlementAmount: 1.2,
      by: 'csms',
    })
  })

  test('[2.1 C25] a code is good once, for the place it was shown at', async () => {
    const path = await code(2)
    // Of the visit above, which is not paid.
    expect((await get(path)).status).toBeOneOf([409, 410])
    expect((await get(path)).status).toBe(410)
    expect((await get(path.replace(/v1\/.*$/, 'v1/0123456789abcdef'))).status).toBe(404)
    expect((await get(path.replace('CS%201', 'CS%202'))).status).toBe(404)
    expect((await get('/pay/00000000000000000000000000000000', 'POST')).status).toBe(404)
    expect((await get('/pay/<script>')).status).toBe(404)
  })

  test('who guesses is kept out', async () => {
    // Ten may, and one more every five seconds.
    const guess = async () => (await get(`/pay/CS%201/1/v1/${'x'.repeat(16)}`)).status
    expect(await told(async () => ((await guess()) === 429 ? 429 : undefined))).toBe(429)
  })
})

test('without payments there is no page', async () => {
  await using server = await startServer({ port: 0 })
  const answer = await fetch(`http://127.0.0.1:${server.port}/pay/CS1/1/v1/0123456789abcdef`)
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

test.each([
  ['no YAML', 'url: [', /payments\.yaml/],
  ['a list', '[]', /it must hold url/],
  ['an unknown key', 'price: 1', /"price" is not known/],
  ['an open line', 'url: http://pay.example\nsecret: of a laboratory only', /"url" must be where/],
  ['a short secret', 'url: https://pay.example\nsecret: short', /"secret" must be a text/],
  ['no amount', `${good}\namount: 0`, /duplicated|unique/],
  ['nothing to pay', good.replace('20', '0'), /"amount" must be above 0/],
  ['no currency', `${good}\ncurrency: euro`, /"currency" must be a code/],
  ['an endless visit', good.replace('60', '99999'), /"timeout" must be/],
])('a file of %s is refused with what is wrong', (_what, text, message) => {
  expect(() => readPayments(fileOf(text))).toThrow(message)
})
