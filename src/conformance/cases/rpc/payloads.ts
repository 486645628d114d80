import type { OcppVersion } from '../../../ocpp/version.ts'
import { ordered } from '../../play/order.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { call as call16 } from '../ocpp16/moves16.ts'
import { startedAs, stopped, stoppedAs } from '../ocpp16/states16.ts'
import { call as call201 } from '../ocpp201/moves201.ts'
import { acceptedToken, event, status as status201 } from '../ocpp201/states201.ts'
import { now, tokenOf, value } from '../values.ts'
import { rpc, versions2x } from './rpc-case.ts'

const only16: readonly OcppVersion[] = ['ocpp1.6']

/** Legal ways to write a time [1.6 errata 3.10] [RFC 3339]. */
const times = [
  '2026-01-02T03:04:05Z',
  '2026-01-02T03:04:05.1Z',
  '2026-01-02T03:04:05.123456Z',
  '2026-01-02T05:04:05+02:00',
  '2026-01-01T21:34:05.5-05:30',
] as const

const customData = {
  vendorId: 'csms.conformance',
  depth: { of: [1, 'two', { three: true }] },
} as const

/** The time that the CSMS tells: RFC 3339, in UTC, and about ours. */
const heartbeatTime = does('the time of the CSMS', async (scene) => {
  const { probe, clock, timeoutMs } = scene.stage
  const answer = await probe.call('Heartbeat', {}, timeoutMs)
  const payload = answer.kind === 'result' ? answer.payload : {}
  const told = 'currentTime' in payload ? String(payload.currentTime) : ''
  const awaySeconds = Math.abs(Date.parse(told) - clock.wallMs()) / 1000
  const detail = `currentTime ${told || 'missing'}, ${awaySeconds.toFixed(1)} s from the probe's clock`
  const frame = answer.kind === 'result' ? answer.frame : undefined
  // Half an hour is the smallest fault of a time zone.
  scene.check('the right time', awaySeconds < 900, {
    detail,
    clause: '1.6 4.6, 2.0.1 G02.FR.03',
    frame,
  })
  const seen = { detail, clause: '1.6 3.14, 2.0.1 Part 2', frame, level: 'SHOULD' } as const
  scene.check('within five seconds', awaySeconds <= 5, seen)
  scene.check('in UTC', /(Z|[+-]00:00)$/.test(told), seen)
})

/** Seconds. */
const day = 86_400
/** The id of a transaction that nobody began. */
const nobodys = 2_000_000_011

function meterValues16(connectorId: number, transactionId?: number): Move {
  return call16('MeterValues', {
    connectorId,
    ...(transactionId !== undefined && { transactionId }),
    meterValue: [{ timestamp: now(), sampledValue: [{ value: '1' }] }],
  })
}

/** Sent twice, word for word, under two message ids. */
const begunTwice: readonly Move[] = [
  does('the time is remembered', ({ values, stage }) =>
    values.set('begunAt', new Date(stage.clock.wallMs()).toISOString()),
  ),
  startedAs({ timestamp: value('begunAt') }),
  call16(
    'StartTransaction',
    { connectorId: 1, idTag: value('token'), meterStart: 0, timestamp: value('begunAt') },
    {
      prefer: { idTagInfo: { status: 'Accepted' }, transactionId: value('transactionId') },
      clause: '1.6 3.7.1',
    },
  ),
  ...stopped,
]

const offlineThreshold = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'OfflineThreshold' },
} as const

/** Where a hook can, the CSMS reads something, and customData is in the answer. */
const customAnswer = does('customData in an answer, where a hook can order one', async (scene) => {
  const { hooks, version, probe } = scene.stage
  const action = 'GetVariables'
  if (!hooks.some((hook) => hook.can(version, action))) return
  const payload = { getVariableData: [offlineThreshold] }
  const incoming = await ordered(scene, { action, payload })
  scene.check(`${action} sent`, incoming !== undefined, {
    detail: incoming ? `${action} came` : `no ${action} came in time`,
    clause: '2.0.1 B06',
    frame: incoming?.frame,
  })
  if (!incoming) return
  const result = { ...offlineThreshold, attributeStatus: 'Accepted', attributeValue: '60' }
  probe.result(incoming, { getVariableResult: [{ ...result, customData }], customData })
})

/** What is odd in a payload, and legal. */
export const payloads: readonly ConformanceCase[] = [
  rpc({
    nn: '29',
    title: 'Times with fractions of a second, and with offsets, are read',
    moves: (version) =>
      times.map((timestamp) =>
        version === 'ocpp1.6'
          ? call16('StatusNotification', {
              connectorId: 1,
              errorCode: 'NoError',
              status: 'Available',
              timestamp,
            })
          : call201('StatusNotification', {
              evseId: 1,
              connectorId: 1,
              connectorStatus: 'Available',
              timestamp,
            }),
      ),
  }),
  rpc({
    nn: '30',
    title: 'customData is taken wherever it may stand',
    versions: versions2x,
    moves: () => [
      call201('Heartbeat', { customData }),
      call201(
        'Authorize',
        { idToken: { ...tokenOf('token'), customData }, customData },
        { expect: { idTokenInfo: { status: 'Accepted' } }, clause: '2.0.1 C01.FR.07' },
      ),
      event('Started', 'CablePluggedIn', {
        customData,
        evse: { id: 1, connectorId: 1, customData },
        info: { chargingState: 'EVConnected', customData },
      }),
      event('Ended', 'EVCommunicationLost', {
        info: { stoppedReason: 'EVDisconnected' },
        meterValue: [{ timestamp: now(), sampledValue: [{ value: 1, customData }], customData }],
      }),
      customAnswer,
    ],
  }),
  rpc({
    nn: '33',
    title: 'The CSMS tells the right time, in UTC',
    moves: () => [heartbeatTime],
  }),
  rpc({
    nn: '35',
    title: 'A transactionId of -1, 0 or of any size is answered',
    versions: only16,
    moves: () =>
      [-1, 0, 2 ** 31 - 1].flatMap((transactionId) => [
        meterValues16(1, transactionId),
        call16('StopTransaction', { transactionId, meterStop: 1, timestamp: now() }),
      ]),
  }),
  rpc({
    nn: '36',
    title: 'The end of a transaction that nobody knows is answered, and no CALLERROR',
    moves: (version) => [
      version === 'ocpp1.6'
        ? call16('StopTransaction', {
            transactionId: nobodys,
            idTag: value('token'),
            meterStop: 5,
            timestamp: now(),
            reason: 'Local',
          })
        : event('Ended', 'EVCommunicationLost', {
            of: 'unknown',
            seqNo: 7,
            info: { stoppedReason: 'EVDisconnected' },
          }),
    ],
  }),
  rpc({
    nn: '37',
    title: 'Meter values of the main meter, and without a transaction, are answered',
    moves: (version) =>
      version === 'ocpp1.6'
        ? [meterValues16(0), meterValues16(1), meterValues16(1, nobodys)]
        : [0, 1].map((evseId) =>
            call201('MeterValues', {
              evseId,
              meterValue: [{ timestamp: now(), sampledValue: [{ value: 1 }] }],
            }),
          ),
  }),
  rpc({
    nn: '38',
    title: 'What a station had to keep for three days is accepted as it comes',
    moves: (version) =>
      version === 'ocpp1.6'
        ? [
            startedAs({ timestamp: now(-3 * day) }),
            call16('MeterValues', {
              connectorId: 1,
              transactionId: value('transactionId'),
              meterValue: [{ timestamp: now(1800 - 3 * day), sampledValue: [{ value: '50' }] }],
            }),
            stoppedAs({ timestamp: now(3600 - 3 * day), reason: 'Local' }),
          ]
        : [
            event('Started', 'Authorized', {
              ...acceptedToken,
              timestamp: now(-3 * day),
              offline: true,
            }),
            event('Updated', 'MeterValuePeriodic', {
              timestamp: now(1800 - 3 * day),
              offline: true,
              meterValue: [{ timestamp: now(1800 - 3 * day), sampledValue: [{ value: 50 }] }],
            }),
            event('Ended', 'EVCommunicationLost', {
              timestamp: now(3600 - 3 * day),
              offline: true,
              info: { stoppedReason: 'EVDisconnected' },
            }),
          ],
  }),
  rpc({
    nn: '39',
    title: 'Events of a transaction that overtake each other are answered',
    versions: versions2x,
    moves: () => [
      event('Started', 'CablePluggedIn', { seqNo: 0 }),
      event('Updated', 'MeterValueClock', { seqNo: 2 }),
      event('Updated', 'Authorized', { ...acceptedToken, seqNo: 1 }),
      event('Ended', 'EVCommunicationLost', {
        seqNo: 4,
        info: { stoppedReason: 'EVDisconnected' },
      }),
      event('Updated', 'MeterValueClock', { seqNo: 3 }),
    ],
  }),
  rpc({
    nn: '40',
    title: 'A transaction message that is sent again is answered as the first time',
    moves: (version) =>
      version === 'ocpp1.6'
        ? begunTwice
        : [
            event('Started', 'Authorized', { ...acceptedToken, seqNo: 0 }),
            event('Started', 'Authorized', { ...acceptedToken, seqNo: 0 }),
            event('Ended', 'StopAuthorized', { ...acceptedToken, seqNo: 1 }),
            event('Ended', 'StopAuthorized', { ...acceptedToken, seqNo: 1 }),
            status201(1, 'Available'),
          ],
  }),
].flat()
