import { type Passage, station } from './sequence.ts'

/** Exchanges that the examples of many rules begin with. */

type BootStatus = 'Accepted' | 'Pending' | 'Rejected'

export const noon = '2026-05-01T12:00:00Z'

export function boot16(status: BootStatus, afterSeconds = 0, answer: object = {}): Passage {
  return station(
    'BootNotification',
    { chargePointVendor: 'Volt', chargePointModel: 'One' },
    { status, currentTime: '2026-05-01T10:00:00Z', interval: 60, ...answer },
    { afterSeconds },
  )
}

export function boot2x(status: BootStatus, afterSeconds = 0, answer: object = {}): Passage {
  return station(
    'BootNotification',
    { reason: 'PowerUp', chargingStation: { vendorName: 'Volt', model: 'One' } },
    { status, currentTime: '2026-05-01T10:00:00Z', interval: 60, ...answer },
    { afterSeconds },
  )
}

/** 1.6: begins transaction 7 at connector 1, at 12:00 and 1000 Wh. */
export function start16(more: object = {}, answer: object = {}): Passage {
  return station(
    'StartTransaction',
    { connectorId: 1, idTag: 'TAG', meterStart: 1000, timestamp: noon, ...more },
    { transactionId: 7, idTagInfo: { status: 'Accepted' }, ...answer },
  )
}

/** 1.6: ends it an hour later, at 9000 Wh. */
export function stop16(more: object = {}): Passage {
  return station(
    'StopTransaction',
    { transactionId: 7, meterStop: 9000, timestamp: '2026-05-01T13:00:00Z', ...more },
    {},
  )
}

/** 1.6: what the meter of connector 1 shows. */
export function meter16(timestamp: string, wh: number, more: object = {}): Passage {
  const meterValue = [{ timestamp, sampledValue: [{ value: String(wh) }] }]
  return station('MeterValues', { connectorId: 1, transactionId: 7, meterValue, ...more }, {})
}

/** 1.6: what ExtendedTriggerMessage calls SignedFirmwareStatusNotification [1.6 SWP 6.16]. */
export const ofSignedFirmware = { requestedMessage: 'FirmwareStatusNotification' } as const

/** 2.x: an event of transaction T7, at EVSE 1 and 12:00. */
export function event2x(
  eventType: 'Started' | 'Updated' | 'Ended',
  seqNo: number,
  { info = {}, ...more }: Readonly<Record<string, unknown>> = {},
  answer: object = {},
): Passage {
  const request = {
    eventType,
    seqNo,
    timestamp: noon,
    triggerReason: eventType === 'Updated' ? 'MeterValuePeriodic' : 'CablePluggedIn',
    evse: { id: 1, connectorId: 1 },
    transactionInfo: { transactionId: 'T7', ...(info as object) },
    ...more,
  }
  return station('TransactionEvent', request, answer)
}

/** 1.6: of connector 1. */
export function status16(status: string, more: object = {}): Passage {
  return station(
    'StatusNotification',
    { connectorId: 1, errorCode: 'NoError', status, ...more },
    {},
  )
}
