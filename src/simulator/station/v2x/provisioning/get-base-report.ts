import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { reportPages, sendReport } from './base-report.ts'

/** Accepts and then reports in as many NotifyReports as it takes [2.0.1 B07]. */
export const getBaseReport: Handler<Actions201, 'GetBaseReport', Station2x> = (
  { requestId, reportBase },
  { services, model },
) => {
  services.afterwards(() => {
    const itemsPerMessage = model.integer('DeviceDataCtrlr.ItemsPerMessage[GetReport]')
    const entries = model.report(reportBase)
    const pages = reportPages(requestId, entries, itemsPerMessage, services.wireTime())
    services.unattended(sendReport(services, pages))
  })
  return { status: 'Accepted' }
}
