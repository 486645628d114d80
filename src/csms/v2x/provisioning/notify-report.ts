import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'
import {
  keepOnly,
  mostVariables,
  noteVariable,
  type Report,
  variableKey,
} from '../../domain/variables.ts'

/** How many reports a station's progress is remembered of. */
const keptReports = 8

/**
 * Collects the device model, part by part. A full inventory from its first part to its last also
 * says what the station does not have any more [2.0.1 B07, B08].
 */
export const notifyReport: Handler<Actions201, 'NotifyReport', StationContext> = (
  request,
  { station, domain },
) => {
  const { reports, inventories, record } = station
  const { requestId } = request
  const known = reports.get(requestId)
  const report: Report = known && !known.complete ? known : { variables: 0, complete: false }
  reports.delete(requestId)
  reports.set(requestId, report)
  // A first part that came before its CALL was answered is missing in this inventory.
  if (inventories.get(requestId)?.size === 0 && request.seqNo > 0) inventories.delete(requestId)
  const inventory = inventories.get(requestId)
  for (const { component, variable, ...told } of request.reportData ?? []) {
    report.variables += 1
    noteVariable(record, {
      component,
      variable,
      attributes: told.variableAttribute,
      characteristics: told.variableCharacteristics,
    })
    inventory?.add(variableKey(component, variable))
  }
  // What names more than is remembered tells nothing of what is missing.
  if (inventory && inventory.size > mostVariables) inventories.delete(requestId)
  report.complete = request.tbc !== true && station.dividedReports.ended('NotifyReport', requestId)
  if (report.complete && inventory && inventories.delete(requestId)) keepOnly(record, inventory)
  const [oldest] = reports.keys()
  if (reports.size > keptReports && oldest !== undefined) reports.delete(oldest)
  domain.stations.save(record)
  return nothing
}
