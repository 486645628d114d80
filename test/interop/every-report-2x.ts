import { expect } from 'vitest'
import { Serve } from '../helpers/serve.ts'
import { findings } from './serve-sessions.ts'

type Call = readonly [action: string, payload: object, answer: object]

/** A station of an independent implementation that is connected, and sends what it is told to. */
export interface PeerStation extends AsyncDisposable {
  call(action: string, payload: object): Promise<Record<string, unknown>>
}

const timestamp = '2026-01-01T10:00:00Z'
const accepted = { status: 'Accepted' }
const idToken = { idToken: 'DRIVER1', type: 'ISO14443' }
const evse = { name: 'EVSE', evse: { id: 1 } }
const power = { component: evse, variable: { name: 'Power' } }
const part = { seqNo: 0, generatedAt: timestamp }
const sampledValue = [{ value: 1234, measurand: 'Energy.Active.Import.Register' }]
const schedule = (limit: number) => ({
  id: 1,
  chargingRateUnit: 'W',
  chargingSchedulePeriod: [{ startPeriod: 0, limit }],
})
const hash = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'a1',
  issuerKeyHash: 'b2',
  serialNumber: 'c3',
}

const event = {
  eventId: 1,
  timestamp,
  trigger: 'Alerting',
  actualValue: '9500',
  eventNotificationType: 'HardWiredNotification',
  ...power,
}

const profile = {
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [schedule(4200)],
}

/** What a station may send, with what a management system without a CA and without tariffs answers. */
const calls: readonly Call[] = [
  [
    'BootNotification',
    { reason: 'PowerUp', chargingStation: { vendorName: 'Peer', model: 'P2' } },
    { status: 'Accepted', interval: 300 },
  ],
  ['Heartbeat', {}, { currentTime: expect.any(String) }],
  [
    'StatusNotification',
    { timestamp, connectorStatus: 'Available', evseId: 1, connectorId: 1 },
    {},
  ],
  ['Authorize', { idToken }, { idTokenInfo: accepted }],
  [
    'TransactionEvent',
    {
      eventType: 'Started',
      triggerReason: 'Authorized',
      seqNo: 0,
      timestamp,
      transactionInfo: { transactionId: 'peer-1' },
      evse: { id: 1, connectorId: 1 },
      idToken,
    },
    { idTokenInfo: accepted },
  ],
  ['MeterValues', { evseId: 0, meterValue: [{ timestamp, sampledValue }] }, {}],
  [
    'NotifyReport',
    {
      requestId: 1,
      ...part,
      reportData: [{ ...power, variableAttribute: [{ value: '0', mutability: 'ReadOnly' }] }],
    },
    {},
  ],
  [
    'NotifyMonitoringReport',
    {
      requestId: 2,
      ...part,
      monitor: [
        {
          ...power,
          variableMonitoring: [
            { id: 1, transaction: false, value: 9000, type: 'UpperThreshold', severity: 4 },
          ],
        },
      ],
    },
    {},
  ],
  ['NotifyEvent', { ...part, eventData: [event] }, {}],
  ['NotifyCustomerInformation', { requestId: 3, ...part, data: 'nothing is known' }, {}],
  ['NotifyDisplayMessages', { requestId: 4, messageInfo: [] }, {}],
  [
    'NotifyChargingLimit',
    { evseId: 1, chargingLimit: { chargingLimitSource: 'EMS', isGridCritical: false } },
    {},
  ],
  ['ClearedChargingLimit', { evseId: 1, chargingLimitSource: 'EMS' }, {}],
  [
    'NotifyEVChargingSchedule',
    { timeBase: timestamp, evseId: 1, chargingSchedule: schedule(3000) },
    accepted,
  ],
  [
    'ReportChargingProfiles',
    { requestId: 5, chargingLimitSource: 'CSO', evseId: 1, chargingProfile: [profile] },
    {},
  ],
  ['ReservationStatusUpdate', { reservationId: 1, reservationUpdateStatus: 'Expired' }, {}],
  ['SecurityEventNotification', { type: 'TamperDetectionActivated', timestamp }, {}],
  ['FirmwareStatusNotification', { status: 'Idle' }, {}],
  ['LogStatusNotification', { status: 'Idle' }, {}],
  ['PublishFirmwareStatusNotification', { status: 'Idle' }, {}],
  ['SignCertificate', { csr: 'none' }, { status: 'Rejected' }],
  [
    'Get15118EVCertificate',
    { iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef', action: 'Install', exiRequest: 'none' },
    { status: 'Failed' },
  ],
  [
    'GetCertificateStatus',
    { ocspRequestData: { ...hash, responderURL: 'http://127.0.0.1:9/ocsp' } },
    { status: 'Failed' },
  ],
  ['DataTransfer', { vendorId: 'Nobody' }, { status: 'UnknownVendorId' }],
  [
    'TransactionEvent',
    {
      eventType: 'Ended',
      triggerReason: 'EVDeparted',
      seqNo: 1,
      timestamp: '2026-01-01T11:00:00Z',
      transactionInfo: { transactionId: 'peer-1', stoppedReason: 'EVDisconnected' },
    },
    {},
  ],
]

/** What 2.1 adds. */
const calls21: readonly Call[] = [
  [
    'OpenPeriodicEventStream',
    { constantStreamData: { id: 1, variableMonitoringId: 1, params: { interval: 60 } } },
    accepted,
  ],
  ['ClosePeriodicEventStream', { id: 1 }, {}],
  [
    'NotifyDERAlarm',
    { controlType: 'FreqDroop', timestamp, gridEventFault: 'OverFrequency', alarmEnded: false },
    {},
  ],
  ['NotifyDERStartStop', { controlId: 'D1', started: true, timestamp }, {}],
  ['NotifyPriorityCharging', { transactionId: 'peer-1', activated: true }, {}],
  [
    'NotifySettlement',
    { pspRef: 'p-1', status: 'Settled', settlementAmount: 12.5, settlementTime: timestamp },
    {},
  ],
  ['PullDynamicScheduleUpdate', { chargingProfileId: 99 }, { status: 'Rejected' }],
  ['ReportDERControl', { requestId: 6 }, {}],
  ['VatNumberValidation', { vatNumber: 'DE000000000' }, { status: 'Rejected' }],
]

/** A peer sends whatever a station may send; what comes back passes the peer's own validation. */
export async function everyReportSession(
  connect: (url: string) => Promise<PeerStation>,
  protocol: 'ocpp2.0.1' | 'ocpp2.1',
): Promise<void> {
  await using serve = await Serve.start()
  await using peer = await connect(`${serve.url}/ocpp`)
  for (const [action, payload, answer] of protocol === 'ocpp2.1' ? [...calls, ...calls21] : calls) {
    const given = await peer.call(action, payload).catch((error: unknown) => ({ error }))
    expect.soft({ action, given }).toMatchObject({ action, given: answer })
  }
  expect(findings(serve)).toEqual([])
}
