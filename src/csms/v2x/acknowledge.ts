import type { StationContext } from '../domain/domain.ts'
import { nothing } from '../domain/nothing.ts'

/** Serves a notification whose only duty is to be answered: tells whoever listens. */
export const acknowledge =
  (action: string) =>
  (request: object, { station, domain }: StationContext) => {
    domain.emit?.({ type: 'notified', stationId: station.id, action, payload: request })
    return nothing
  }
