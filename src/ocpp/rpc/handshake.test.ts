import { expect, test } from 'vitest'
import { handshakeFinding } from './handshake.ts'

const ruleOf = (...[failure, detail, status]: [Failure, string, number?]) =>
  handshakeFinding('ocpp1.6', failure, detail, status, undefined)?.rule

type Failure = Parameters<typeof handshakeFinding>[1]

test.each([
  ['protocol', 'Server sent an invalid subprotocol', undefined, 'RPC_SUBPROTOCOL'],
  ['protocol', 'Server sent no subprotocol', undefined, undefined],
  ['protocol', 'Invalid Sec-WebSocket-Accept header', undefined, 'RPC_UPGRADE'],
  ['http', 'HTTP 200 OK', 200, 'RPC_UPGRADE_STATUS'],
  ['http', 'HTTP 302 Found', 302, 'RPC_UPGRADE_STATUS'],
  ['http', 'HTTP 401 Unauthorized', 401, undefined],
  ['http', 'HTTP 503 Service Unavailable', 503, undefined],
  ['refused', 'connect ECONNREFUSED', undefined, undefined],
] as const)('%s, %s, status %s: %s', (failure, detail, status, rule) => {
  expect(ruleOf(failure, detail, status)).toBe(rule)
})

test.each([
  [401, null, 'RPC_UPGRADE_CHALLENGE'],
  [401, 'Basic realm="OCPP"', undefined],
  [401, undefined, undefined],
  [403, null, undefined],
])('[RFC 9110 15.5.2] status %i, challenge %j: %s', (status, challenge, rule) => {
  const found = handshakeFinding('ocpp2.0.1', 'http', `HTTP ${status}`, status, challenge)
  expect(found?.rule).toBe(rule)
})
