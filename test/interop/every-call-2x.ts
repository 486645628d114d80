import { expect } from 'vitest'
import type { PeerCsms } from './peer-csms.ts'
import { played } from './simulate-sessions.ts'
import { ready } from './simulate-sessions-2x.ts'

type Call = readonly [action: string, payload: object, answer: object]

const accepted = { status: 'Accepted' }
const idToken = { idToken: 'DRIVER1', type: 'ISO14443' }
const power = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } }
const hash = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'a1',
  issuerKeyHash: 'b2',
  serialNumber: 'c3',
}

/** What the two sessions do not send, with what a station that stands there idle answers. */
const calls: readonly Call[] = [
  [
    'SetNetworkProfile',
    {
      configurationSlot: 2,
      connectionData: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppInterface: 'Wired0',
        ocppCsmsUrl: 'ws://127.0.0.1:9/nobody',
        messageTimeout: 20,
        securityProfile: 0,
      },
    },
    accepted,
  ],
  ['GetReport', { requestId: 2, componentCriteria: ['Problem'] }, { status: 'EmptyResultSet' }],
  ['SetMonitoringBase', { monitoringBase: 'All' }, accepted],
  [
    'SetVariableMonitoring',
    { setMonitoringData: [{ ...power, type: 'UpperThreshold', value: 9000, severity: 4 }] },
    { setMonitoringResult: [{ ...power, status: 'Accepted' }] },
  ],
  ['SetMonitoringLevel', { severity: 3 }, accepted],
  ['GetMonitoringReport', { requestId: 3, monitoringCriteria: ['ThresholdMonitoring'] }, accepted],
  [
    'ClearVariableMonitoring',
    { id: [4711] },
    { clearMonitoringResult: [{ id: 4711, status: 'NotFound' }] },
  ],
  [
    'CustomerInformation',
    { requestId: 4, report: true, clear: false, customerIdentifier: 'DRIVER1' },
    accepted,
  ],
  [
    'SendLocalList',
    {
      versionNumber: 1,
      updateType: 'Full',
      localAuthorizationList: [{ idToken, idTokenInfo: accepted }],
    },
    accepted,
  ],
  ['GetLocalListVersion', {}, { versionNumber: 1 }],
  ['ClearCache', {}, accepted],
  ['ReserveNow', { id: 1, expiryDateTime: '2099-01-01T00:00:00Z', idToken, evseId: 1 }, accepted],
  ['CancelReservation', { reservationId: 1 }, accepted],
  ['CancelReservation', { reservationId: 1 }, { status: 'Rejected' }],
  ['ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 1 } }, accepted],
  ['ChangeAvailability', { operationalStatus: 'Operative', evse: { id: 1 } }, accepted],
  ['UnlockConnector', { evseId: 1, connectorId: 9 }, { status: 'UnknownConnector' }],
  [
    'SetDisplayMessage',
    { message: { id: 1, priority: 'NormalCycle', message: { format: 'UTF8', content: 'Hello' } } },
    accepted,
  ],
  ['GetDisplayMessages', { requestId: 5 }, accepted],
  ['ClearDisplayMessage', { id: 1 }, accepted],
  ['DataTransfer', { vendorId: 'Nobody' }, { status: 'UnknownVendorId' }],
  ['GetInstalledCertificateIds', {}, { status: 'NotFound' }],
  ['DeleteCertificate', { certificateHashData: hash }, { status: 'NotFound' }],
  [
    'InstallCertificate',
    { certificateType: 'CSMSRootCertificate', certificate: 'none' },
    { status: 'Rejected' },
  ],
  ['CertificateSigned', { certificateChain: 'none' }, { status: 'Rejected' }],
  ['GetTransactionStatus', {}, { messagesInQueue: false }],
  [
    'TriggerMessage',
    { requestedMessage: 'StatusNotification', evse: { id: 1, connectorId: 1 } },
    accepted,
  ],
  ['Reset', { type: 'OnIdle', evseId: 1 }, accepted],
]

const tariff = { tariffId: 'T1', currency: 'EUR', energy: { prices: [{ priceKwh: 0.3 }] } }
const droop = {
  priority: 1,
  overFreq: 50.2,
  underFreq: 49.8,
  overDroop: 5,
  underDroop: 5,
  responseTime: 2,
}

/** What 2.1 adds. */
const calls21: readonly Call[] = [
  ['SetDefaultTariff', { evseId: 0, tariff }, accepted],
  [
    'GetTariffs',
    { evseId: 0 },
    { status: 'Accepted', tariffAssignments: [{ tariffId: 'T1', tariffKind: 'DefaultTariff' }] },
  ],
  ['ChangeTransactionTariff', { tariff, transactionId: 'none' }, { status: 'TxNotFound' }],
  [
    'ClearTariffs',
    { tariffIds: ['T1'] },
    { clearTariffsResult: [{ tariffId: 'T1', status: 'Accepted' }] },
  ],
  [
    'SetDERControl',
    { isDefault: true, controlId: 'D1', controlType: 'FreqDroop', freqDroop: droop },
    accepted,
  ],
  ['GetDERControl', { requestId: 6, isDefault: true }, accepted],
  ['ClearDERControl', { isDefault: true, controlId: 'D1' }, accepted],
  ['UsePriorityCharging', { transactionId: 'none', activate: true }, { status: 'Rejected' }],
  [
    'UpdateDynamicSchedule',
    { chargingProfileId: 99, scheduleUpdate: { limit: 5000 } },
    { status: 'Rejected' },
  ],
  ['AdjustPeriodicEventStream', { id: 99, params: { interval: 60 } }, { status: 'Rejected' }],
  ['GetPeriodicEventStream', {}, {}],
  [
    'NotifyAllowedEnergyTransfer',
    { transactionId: 'none', allowedEnergyTransfer: ['AC_single_phase'] },
    { status: 'Rejected' },
  ],
  ['NotifyWebPaymentStarted', { evseId: 1, timeout: 60 }, {}],
  ['RequestBatterySwap', { idToken, requestId: 7 }, { status: 'Rejected' }],
  ['AFRRSignal', { timestamp: '2026-01-01T00:00:00Z', signal: 3 }, { status: 'Rejected' }],
]

/**
 * A peer sends whatever a CSMS may send. What comes back passes the peer's own validation, and says
 * what it must; what the station tells by itself because of it does, too.
 */
export async function everyCallSession(
  csms: PeerCsms,
  protocol: 'ocpp2.0.1' | 'ocpp2.1',
): Promise<void> {
  const part = async () => {
    await ready(csms)
    for (const [action, payload, answer] of [
      ...calls,
      ...(protocol === 'ocpp2.1' ? calls21 : []),
    ]) {
      const given = await csms.call(action, payload).catch((error: unknown) => ({ error }))
      expect.soft({ action, given }).toMatchObject({ action, given: answer })
    }
    await csms.call('TriggerMessage', { requestedMessage: 'Heartbeat' })
  }
  await played(csms, 'commanded-2x.yaml', part, '--protocol', protocol)
  const heard = new Set(csms.heard.map(({ action }) => action))
  const told = ['NotifyMonitoringReport', 'NotifyCustomerInformation', 'NotifyDisplayMessages']
  expect([...heard]).toEqual(expect.arrayContaining(told))
}
