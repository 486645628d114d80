import { redactValue } from '../../ocpp/redact.ts'
import type { StationContext } from './domain.ts'

/** Tells whoever listens that a station notified of something; its secrets stay here. */
export function notified(
  action: string,
  payload: object,
  { station, domain }: StationContext,
): void {
  if (!domain.emit) return
  const shown = Object.assign({}, redactValue(payload))
  domain.emit({ type: 'notified', stationId: station.id, action, payload: shown })
}
