import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { baseReport } from './base-report.ts'
import { reports } from './reports.ts'

/** Accepts and then reports in as many NotifyReports as it takes [2.0.1 B07]. */
export const getBaseReport: Handler<Actions201, 'GetBaseReport', Station2x> = (
  { requestId, reportBase },
  station,
) => {
  const sending = reports.of(station)
  if (sending.isSending(requestId)) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'DuplicateRequestId' } }
  }
  station.services.afterwards(() => sending.send(requestId, baseReport(station.model, reportBase)))
  return { status: 'Accepted' }
}
