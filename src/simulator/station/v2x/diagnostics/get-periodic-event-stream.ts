import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { monitoring } from './monitoring.ts'

/** The streams that are open [2.1 N12]. */
export const getPeriodicEventStream: Handler<Actions21, 'GetPeriodicEventStream', Station2x> = (
  _request,
  station,
) => {
  const streams = monitoring.existing(station)?.streams.list ?? []
  return streams.length > 0 ? { constantStreamData: [...streams] } : {}
}
