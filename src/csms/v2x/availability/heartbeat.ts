import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'

/** [2.0.1 G02] */
export const heartbeat: Handler<Actions201, 'Heartbeat', StationContext> = (
  _request,
  { domain },
) => ({ currentTime: isoTime(domain.clock.wallMs()) })
