import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { refuseLong } from '../provisioning/message-limits.ts'
import type { Station2x } from '../station-2x.ts'
import { monitoring } from './monitoring.ts'
import { reported, sendReport } from './monitoring-report.ts'

/** Reports the monitors that meet the criteria; where none does, nothing is sent [2.0.1 N02]. */
export const getMonitoringReport: Handler<Actions201, 'GetMonitoringReport', Station2x> = (
  request,
  station,
) => {
  const { requestId, componentVariable } = request
  refuseLong(station.model, 'GetReport', request, componentVariable?.length ?? 0)
  const monitors = reported(monitoring.of(station).monitors.all, request)
  if (monitors.length === 0) {
    return { status: 'EmptyResultSet', statusInfo: { reasonCode: 'NotFound' } }
  }
  const { services } = station
  services.afterwards(() => services.unattended(sendReport(station, requestId, monitors)))
  return { status: 'Accepted' }
}
