import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'
import type { Report } from '../../domain/variables.ts'
import { noteVariable } from './device-model.ts'

/** How many reports a station's progress is remembered of. */
const keptReports = 8

/** Collects the device model, part by part [2.0.1 B07, B08]. */
export const notifyReport: Handler<Actions201, 'NotifyReport', StationContext> = (
  request,
  { station, domain },
) => {
  const { reports, record } = station
  const known = reports.get(request.requestId)
  const report: Report = known && !known.complete ? known : { variables: 0, complete: false }
  reports.delete(request.requestId)
  reports.set(request.requestId, report)
  for (const { component, variable, variableAttribute } of request.reportData ?? []) {
    report.variables += 1
    for (const { type, value } of variableAttribute) {
      noteVariable(record, component, variable, type, value)
    }
  }
  report.complete = request.tbc !== true
  const [oldest] = reports.keys()
  if (reports.size > keptReports && oldest !== undefined) reports.delete(oldest)
  domain.stations.save(record)
  return nothing
}
