import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { isSeverity } from './monitor.ts'

/** Whatever is less severe is not told any more [2.0.1 N05]. */
export const setMonitoringLevel: Handler<Actions201, 'SetMonitoringLevel', Station2x> = (
  { severity },
  { model },
) => {
  if (!isSeverity(severity)) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'ValueOutOfRange' } }
  }
  model.set('MonitoringCtrlr.ActiveMonitoringLevel', String(severity))
  return { status: 'Accepted' }
}
