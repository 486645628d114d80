import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'

/** Forgets what the CSMS said of tokens; Rejected without a cache [2.0.1 C11]. */
export const clearCache: Handler<Actions201, 'ClearCache', Station2x> = (_request, station) => {
  if (!station.model.flag('AuthCacheCtrlr.Enabled')) return { status: 'Rejected' }
  station.services.memory.clearCache()
  return { status: 'Accepted' }
}
