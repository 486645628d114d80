import { describe, expect, test } from 'vitest'
import type { CsmsEvent } from '../csms/events.ts'
import { eventJson, eventLine } from './event-line.ts'

const time = '2026-01-02T03:04:05.678Z'
const stationId = 'CP1'

const events: readonly CsmsEvent[] = [
  { type: 'listening', url: 'ws://127.0.0.1:9000', runId: 'abc' },
  {
    type: 'connected',
    stationId,
    version: 'ocpp1.6',
    remoteAddress: '127.0.0.1',
    securityProfile: 0,
    tlsVersion: undefined,
  },
  { type: 'refused', stationId: undefined, status: 404, reason: 'unknown', remoteAddress: '::1' },
  { type: 'handshakeFailed', reason: 'no shared cipher', remoteAddress: '::1' },
  { type: 'handshakeFailed', reason: 'the peer hung up', remoteAddress: '' },
  { type: 'booted', stationId, status: 'Pending', vendor: 'V', model: 'M', reason: undefined },
  {
    type: 'status',
    stationId,
    evseId: undefined,
    connectorId: 0,
    status: 'Faulted',
    errorCode: 'GroundFailure',
  },
  {
    type: 'transactionStarted',
    stationId,
    transactionId: 7,
    evseId: 1,
    connectorId: 2,
    idToken: 'A',
    authorization: 'Invalid',
  },
  {
    type: 'reservation',
    stationId,
    reservationId: 5,
    connectorId: 1,
    evseId: undefined,
    idToken: 'A',
    state: 'Expired',
  },
  { type: 'transactionStopped', stationId, transactionId: 7, energyWh: 1234, reason: 'Local' },
  { type: 'notified', stationId, action: 'LogStatusNotification', payload: { status: 'Idle' } },
  { type: 'command', stationId, action: 'Reset', outcome: 'answered', answer: 'Accepted' },
  { type: 'authorized', stationId, idToken: 'A', status: 'Blocked' },
  { type: 'stationChanged', stationId, change: 'registered', by: 'me' },
  { type: 'certificateRevoked', stationId, serial: 'AB', reason: 'superseded', by: 'me' },
  {
    type: 'finding',
    stationId,
    finding: { rule: 'RPC_BINARY', level: 'MUST', detail: 'a binary frame', frame: '' },
  },
  { type: 'frame', stationId, direction: 'in', text: '[2,"1","Heartbeat",{}]' },
  { type: 'handlerFailed', stationId, action: 'Reset', error: 'oh' },
  { type: 'store', level: 'warning', message: 'The disk is full.' },
  { type: 'disconnected', stationId, code: 1006, reason: '' },
]

describe('what a peer says commands no terminal', () => {
  const nasty = 'a\u001b[2J\r\nb\u009bc\u202ed\u2028e\u007f'
  const event: CsmsEvent = {
    type: 'booted',
    stationId,
    status: 'Accepted',
    vendor: nasty,
    model: 'M',
    reason: undefined,
  }

  test('as text it is shown on one line', () => {
    expect(eventLine(event, time)).toMatch(/a·\[2J··b·c·d·e· M$/)
  })

  test('as JSON it is escaped, and the same when it is read', () => {
    const text = eventJson(event, time)
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(JSON.parse(text)).toMatchObject({ vendor: nasty })
  })

  test('a WebSocket that is closed again is told by its code', () => {
    const refused = { type: 'refused', stationId, status: 1008, reason: 'no', remoteAddress: 'x' }
    expect(eventLine(refused as CsmsEvent, time)).toContain('refused with 1008: no (x)')
  })
})

describe('eventLine', () => {
  test('every event is one line with time and station', () => {
    expect(events.map((event) => eventLine(event, time))).toMatchInlineSnapshot(`
      [
        "03:04:05.678 -              listening on ws://127.0.0.1:9000 (message ids begin with abc)",
        "03:04:05.678 CP1            connected, ocpp1.6, from 127.0.0.1",
        "03:04:05.678 -              refused with HTTP 404: unknown (::1)",
        "03:04:05.678 -              TLS handshake failed: no shared cipher (::1)",
        "03:04:05.678 -              TLS handshake failed: the peer hung up",
        "03:04:05.678 CP1            boot Pending: V M",
        "03:04:05.678 CP1            station Faulted (GroundFailure)",
        "03:04:05.678 CP1            transaction 7 started on EVSE 1 connector 2 by A (Invalid)",
        "03:04:05.678 CP1            reservation 5 for A: Expired",
        "03:04:05.678 CP1            transaction 7 stopped, 1234 Wh (Local)",
        "03:04:05.678 CP1            LogStatusNotification {"status":"Idle"}",
        "03:04:05.678 CP1            Reset was sent: answered Accepted",
        "03:04:05.678 CP1            A asked: Blocked",
        "03:04:05.678 CP1            registered by me",
        "03:04:05.678 CP1            certificate AB revoked by me (superseded)",
        "03:04:05.678 CP1            broke RPC_BINARY (MUST): a binary frame",
        "03:04:05.678 CP1            <- [2,"1","Heartbeat",{}]",
        "03:04:05.678 CP1            FAULT in csms while handling Reset: oh",
        "03:04:05.678 -              store: The disk is full.",
        "03:04:05.678 CP1            disconnected 1006",
      ]
    `)
  })
})

describe('eventJson', () => {
  test('every event is one object with its time', () => {
    for (const event of events) {
      expect(JSON.parse(eventJson(event, time))).toEqual({
        time,
        ...(JSON.parse(JSON.stringify(event)) as object),
      })
    }
  })
})

test('an event that is not known here is shown as it is', () => {
  const event = JSON.parse('{"type":"newer","stationId":"CP1"}') as CsmsEvent
  expect(eventLine(event, time)).toBe(
    '03:04:05.678 CP1            {"type":"newer","stationId":"CP1"}',
  )
})
