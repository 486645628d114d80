import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from '../domain/domain.ts'

/** [1.6 4.6] */
export const heartbeat: Handler<Actions16, 'Heartbeat', StationContext> = (
  _request,
  { domain },
) => ({
  currentTime: isoTime(domain.clock.wallMs()),
})
