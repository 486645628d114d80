import type {
  EVSEType,
  TriggerMessageRequest,
  TriggerMessageResponse,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Evse } from '../../evse.ts'
import { meterValue } from '../meter-values.ts'
import type { Session } from '../session.ts'
import type { Station2x } from '../station-2x.ts'

/** Returns what is to be sent after the answer; undefined = cannot, and the answer is Rejected. */
type Trigger = (station: Station2x, at: EVSEType | undefined) => (() => void) | undefined

/** What a station sends on demand; the rest is NotImplemented [2.0.1 F06]. */
const triggers: Partial<Record<TriggerMessageRequest['requestedMessage'], Trigger>> = {
  /** Only while it is not accepted [2.0.1 F06]. */
  BootNotification: ({ services }) =>
    services.registration === 'accepted' ? undefined : () => services.bootAgain(),
  Heartbeat:
    ({ services }) =>
    () =>
      services.heartbeat(true),
  StatusNotification: statusNotification,
  MeterValues: meterValues,
  TransactionEvent: transactionEvent,
  LogStatusNotification: idle('LogStatusNotification'),
  FirmwareStatusNotification: idle('FirmwareStatusNotification'),
}

export const triggerMessage: Handler<Actions201, 'TriggerMessage', Station2x> = (
  { requestedMessage, evse },
  station,
): TriggerMessageResponse => {
  const trigger = triggers[requestedMessage]
  if (!trigger) return { status: 'NotImplemented' }
  const send = evse && !exists(station, evse) ? undefined : trigger(station, evse)
  if (!send) return { status: 'Rejected' }
  station.services.afterwards(send)
  return { status: 'Accepted' }
}

function exists({ services }: Station2x, at: EVSEType): boolean {
  const evse = services.evse(at.id)
  const connector = at.connectorId ?? 1
  return evse !== undefined && connector >= 1 && connector <= evse.connectors
}

/** The EVSE that is named, or all. */
function evsesAt({ services }: Station2x, at: EVSEType | undefined): readonly Evse[] {
  if (!at) return services.evses
  const evse = services.evse(at.id)
  return evse ? [evse] : []
}

/** Needs a connector [2.0.1 F06]. */
function statusNotification(station: Station2x, at: EVSEType | undefined) {
  const evse = at && station.services.evse(at.id)
  const connector = at?.connectorId
  if (!evse || connector === undefined) return undefined
  return () =>
    station.services.unattended(station.connectors.report(evse, connector, { triggered: true }))
}

/** The measurands of clock-aligned data [2.0.1 F06]. */
function meterValues(station: Station2x, at: EVSEType | undefined) {
  const { services } = station
  return () => {
    const measurands = station.measurands('AlignedDataCtrlr.Measurands')
    for (const evse of evsesAt(station, at)) {
      evse.advance()
      const reading = meterValue(evse.outlet, measurands, 'Trigger', services.wireTime())
      if (!reading) continue
      const payload = { evseId: evse.id, meterValue: [reading] }
      services.send('MeterValues', payload, undefined, { triggered: true })
    }
  }
}

/** Of the open transactions there; Rejected where none is [2.0.1 F06]. */
function transactionEvent(station: Station2x, at: EVSEType | undefined) {
  const open = evsesAt(station, at)
    .filter((evse) => station.sessions.isOpen(evse))
    .map((evse): Session => station.sessions.of(evse))
  if (open.length === 0) return undefined
  const measurands = 'SampledDataCtrlr.TxUpdatedMeasurands'
  const sample = { measurands, context: 'Trigger' } as const
  return () => {
    for (const session of open) session.occur({ change: {}, trigger: 'Trigger', sample })
  }
}

/** csms stations upload no logs and install no firmware. */
function idle(action: 'LogStatusNotification' | 'FirmwareStatusNotification'): Trigger {
  return ({ services }) =>
    () =>
      services.send(action, { status: 'Idle' }, undefined, { triggered: true })
}
