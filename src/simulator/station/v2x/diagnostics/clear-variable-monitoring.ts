import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { refuseLong } from '../provisioning/message-limits.ts'
import type { Station2x } from '../station-2x.ts'
import { monitoring } from './monitoring.ts'

/** [2.0.1 N06] */
export const clearVariableMonitoring: Handler<Actions201, 'ClearVariableMonitoring', Station2x> = (
  request,
  station,
) => {
  const action = 'ClearVariableMonitoring'
  refuseLong(station.model, action, request, request.id.length, 'MonitoringCtrlr')
  const clearMonitoringResult = request.id.map((id) => ({
    id,
    status: monitoring.of(station).clear(id),
  }))
  return { clearMonitoringResult }
}
