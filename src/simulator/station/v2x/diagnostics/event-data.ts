import type { EventDataType } from 'typed-ocpp/dist/ocpp21/types.js'
import { named } from '../provisioning/report-data.ts'
import type { Station2x } from '../station-2x.ts'
import type { Finding, Monitor } from './monitor.ts'

/** What a monitor found, or that it is time to tell. */
export interface Fired {
  readonly monitor: Monitor
  readonly finding: Finding | { readonly trigger: 'Periodic' }
}

/** The value as NotifyEvent and streams tell it: nothing of what cannot be read [2.0.1 N07.FR.10]. */
export function toldValue(station: Station2x, { place }: Monitor): string {
  return place.spec.mutability === 'WriteOnly' ? '' : station.model.valueOf(place)
}

/** One event of NotifyEvent [2.0.1 N07.FR.06]. */
export function eventData(station: Station2x, { monitor, finding }: Fired): EventDataType {
  const { services, version } = station
  const { id, kind, place, severity } = monitor
  const transactionId = transactionAt(station, place.at?.id)
  const actualValue = toldValue(station, monitor)
  return {
    eventId: station.nextEventId(),
    timestamp: services.wireTime(),
    ...finding,
    actualValue,
    ...(finding.trigger === 'Delta' && problem(station, monitor, actualValue)),
    ...(transactionId !== undefined && { transactionId }),
    ...named(place),
    variableMonitoringId: id,
    eventNotificationType: kind,
    ...(version === 'ocpp2.1' && { severity }),
  }
}

/** The transaction that is open at an EVSE. */
export function transactionAt(
  { services, sessions }: Station2x,
  evseId: number | undefined,
): string | undefined {
  const evse = evseId === undefined ? undefined : services.evse(evseId)
  return evse && sessions.isOpen(evse) ? sessions.of(evse).transactionId : undefined
}

/** Whose problems are faults of EVSEs. */
const faulty: ReadonlySet<string> = new Set(['ChargingStation', 'EVSE', 'Connector'])

/** What broke, as far as the station knows; its end clears the event. */
function problem(
  { services }: Station2x,
  { place: { spec, at } }: Monitor,
  actualValue: string,
): Partial<EventDataType> {
  if (spec.variable !== 'Problem') return {}
  if (actualValue !== 'true') return { cleared: true }
  if (!faulty.has(spec.component)) return {}
  const fault = services.evses.find((evse) => evse.fault && (!at || at.id === evse.id))?.fault
  return {
    ...(fault && { techCode: fault.code.slice(0, 50) }),
    ...(fault?.info && { techInfo: fault.info.slice(0, 500) }),
  }
}
