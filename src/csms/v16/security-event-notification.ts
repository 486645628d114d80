import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from '../domain/domain.ts'
import { nothing } from '../domain/nothing.ts'
import { notified } from '../domain/notified.ts'
import { addSecurityEvent } from '../domain/security-events.ts'

/** [1.6 SWP A04.FR.03] */
export const securityEventNotification: Handler<
  Actions16,
  'SecurityEventNotification',
  StationContext
> = (request, context) => {
  const { station, domain } = context
  const { type, timestamp, techInfo } = request
  const receivedAt = isoTime(domain.clock.wallMs())
  addSecurityEvent(station.record, { type, timestamp, techInfo, receivedAt })
  domain.stations.save(station.record)
  notified('SecurityEventNotification', request, context)
  return nothing
}
