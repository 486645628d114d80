import type { StationRecord } from './station.ts'
import type { Named } from './variables.ts'

/** An event that a station told with NotifyEvent [2.0.1 N07, N08]. */
export interface StationEventRecord {
  readonly eventId: number
  /** RFC 3339, by the station's clock. */
  readonly timestamp: string
  /** By our clock. */
  readonly receivedAt: string
  /** Alerting, Delta or Periodic. */
  readonly trigger: string
  readonly component: Named
  readonly variable: Named
  /** Absent where the variable's value is a secret. */
  readonly actualValue?: string
  readonly cleared?: true
  /** Event that caused it. */
  readonly cause?: number
  readonly techCode?: string
  readonly techInfo?: string
  readonly transactionId?: string
  readonly monitorId?: number
  /** EventNotificationEnumType. */
  readonly kind: string
  /** As told (2.1), or of the monitor as it is known. */
  readonly severity?: number
}

/** How many are kept of a station. */
const mostEvents = 100

/** Keeps an event; the oldest go first. */
export function addStationEvent(record: StationRecord, event: StationEventRecord): void {
  record.events ??= []
  record.events.push(event)
  if (record.events.length > mostEvents) record.events.shift()
}

/** Which events an operator looks for. */
export interface EventQuery {
  readonly component?: string | undefined
  readonly variable?: string | undefined
  readonly monitorId?: number | undefined
  /** As severe as this, or more: lower numbers. What told no severity counts as severe. */
  readonly severity?: number | undefined
}

/** Oldest first. */
export function eventsOf(
  { events = [] }: StationRecord,
  { component, variable, monitorId, severity }: EventQuery,
): readonly StationEventRecord[] {
  return events.filter(
    (event) =>
      (component === undefined || event.component.name === component) &&
      (variable === undefined || event.variable.name === variable) &&
      (monitorId === undefined || event.monitorId === monitorId) &&
      (severity === undefined || (event.severity ?? 0) <= severity),
  )
}
