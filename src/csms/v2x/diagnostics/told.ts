import type { StationContext } from '../../domain/domain.ts'

/** Tells whoever listens that a station notified of something. */
export function told(action: string, payload: object, { station, domain }: StationContext): void {
  domain.emit?.({ type: 'notified', stationId: station.id, action, payload })
}
