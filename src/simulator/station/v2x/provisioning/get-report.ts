import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { customReport, type ReportFilter } from './custom-report.ts'
import { refuseLong } from './message-limits.ts'
import { reports } from './reports.ts'

/** Reports what meets the criteria; where nothing does, nothing is sent [2.0.1 B08]. */
export const getReport: Handler<Actions201, 'GetReport', Station2x> = (request, station) => {
  const { requestId, componentVariable, componentCriteria } = request
  refuseLong(station.model, 'GetReport', request, componentVariable?.length ?? 0)
  const sending = reports.of(station)
  if (sending.isSending(requestId)) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'DuplicateRequestId' } }
  }
  const filter: ReportFilter = {
    ...(componentCriteria && { componentCriteria }),
    ...(componentVariable && { componentVariable }),
  }
  const places = customReport(station.model, filter)
  if (places.length === 0) {
    return { status: 'EmptyResultSet', statusInfo: { reasonCode: 'NotFound' } }
  }
  station.services.afterwards(() => sending.send(requestId, places))
  return { status: 'Accepted' }
}
