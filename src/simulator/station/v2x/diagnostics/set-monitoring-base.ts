import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { monitoring } from './monitoring.ts'

/** [2.0.1 N03] */
export const setMonitoringBase: Handler<Actions201, 'SetMonitoringBase', Station2x> = (
  { monitoringBase },
  station,
) => {
  const part = monitoring.of(station)
  if (!part.isEnabled) return { status: 'Rejected', statusInfo: { reasonCode: 'NotEnabled' } }
  part.setBase(monitoringBase)
  return { status: 'Accepted' }
}
