import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { oneTimePassword } from '../../ocpp/one-time-password.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { passwordSettings, sharedSecretOf } from '../domain/web-payments.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import { PaymentDesk } from './payment-desk.ts'
import { withPaymentPage } from './payment-page.ts'

const settings = {
  url: 'https://pay.example',
  secret: 'of a laboratory only',
  amount: 20,
  currency: 'EUR',
  timeoutSeconds: 60,
}
const clock = new VirtualClock()
let server: Server
let url: string

beforeEach(async () => {
  const operations = {
    tokens: async () => ({ rows: [], next: undefined }),
    command: async () => ({ status: 'answered', payload: {} }) as CommandOutcome,
    editToken: async () => undefined,
    removeToken: async () => true,
  }
  const desk = new PaymentDesk(settings, operations, clock)
  server = createServer(
    withPaymentPage(desk, clock, undefined, (_request, response) => response.end('the API')),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function get(evse: number, password: string, headers: Record<string, string> = {}) {
  return fetch(`${url}/pay/CS1/${evse}/v1/${password}`, { redirect: 'manual', headers })
}

function code(): string {
  const sharedSecret = sharedSecretOf(settings, 'CS1')
  return oneTimePassword({ ...passwordSettings, sharedSecret }, clock.wallMs())
}

test('a browser that fetches ahead takes no code away', async () => {
  expect((await get(1, code(), { 'Sec-Purpose': 'prefetch;prerender' })).status).toBe(503)
  expect((await get(1, code())).status).toBe(303)
})

test('a code that was used is gone, another one is not there', async () => {
  const first = code()
  expect((await get(1, first)).status).toBe(303)
  expect((await get(1, first)).status).toBe(410)
  expect((await get(1, '0'.repeat(16))).status).toBe(404)
  clock.advance(passwordSettings.validityTime * 1000)
  expect((await get(1, code())).status).toBe(409)
  clock.advance(settings.timeoutSeconds * 1000)
  expect((await get(1, code())).status).toBe(303)
})

test('who guesses is kept out, and nobody else behind the same address', async () => {
  const answers: number[] = []
  for (let times = 0; times < 12; times += 1) {
    answers.push((await get(1, 'x'.repeat(16))).status)
  }
  expect(answers).toEqual([...Array<number>(10).fill(404), 429, 429])
  expect((await get(2, code())).status).toBe(303)
  expect((await get(2, code())).status).toBe(429)
})
