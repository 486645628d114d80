import type { VariableMonitoringType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'
import { monitorsForgotten, noteMonitor } from '../../domain/monitoring.ts'
import { nothing } from '../../domain/nothing.ts'
import { notified } from '../../domain/notified.ts'

/** Collects the monitors, part by part; a report of all of them leaves no others [2.0.1 N02]. */
export const notifyMonitoringReport: Handler<
  Actions201,
  'NotifyMonitoringReport',
  StationContext
> = (request, context) => {
  const { station, domain } = context
  const { requestId, seqNo, monitor: monitors = [] } = request
  const knownAt = isoTime(domain.clock.wallMs())
  const isOfAll = station.fullMonitoringReports.has(requestId)
  if (isOfAll && seqNo === 0) monitorsForgotten(station.record)
  if (request.tbc !== true) {
    station.fullMonitoringReports.delete(requestId)
    station.dividedReports.ended('NotifyMonitoringReport', requestId)
  }
  for (const { component, variable, variableMonitoring } of monitors) {
    for (const monitor of variableMonitoring) {
      const { id, type, value, severity, transaction } = monitor
      const facts = { id, type, value, severity, transaction, knownAt }
      noteMonitor(station.record, { ...facts, component, variable, kind: kindOf(monitor, context) })
    }
  }
  domain.stations.save(station.record)
  notified('NotifyMonitoringReport', request, context)
  return nothing
}

/** 2.1 tells it; of 2.0.1 an event may have told it before. */
function kindOf(
  monitor: Pick<VariableMonitoringType, 'id'> &
    Partial<Pick<VariableMonitoringType, 'eventNotificationType'>>,
  { station }: StationContext,
): string | undefined {
  const known = station.record.monitoring?.monitors.find(({ id }) => id === monitor.id)
  return monitor.eventNotificationType ?? known?.kind
}
