import type { SetMonitoringDataType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { customerInformationOrdered } from '../../domain/customer-information.ts'
import type { StationContext } from '../../domain/domain.ts'
import { streamAdjusted, streamsListed } from '../../domain/event-streams.ts'
import { logOrdered } from '../../domain/logs.ts'
import {
  monitorCleared,
  monitoringBaseSet,
  monitoringOf,
  monitorsForgotten,
  noteMonitor,
} from '../../domain/monitoring.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** How many reports of all monitors of a station are followed at once. */
const mostReports = 4

/** Monitors as they were set, and what was asked for. */
export const diagnosticsEffects: CommandEffects<Actions201> = {
  SetVariableMonitoring({ setMonitoringData }, { setMonitoringResult }, context) {
    monitorsSet(setMonitoringData, setMonitoringResult, context)
  },
  ClearVariableMonitoring(_request, { clearMonitoringResult }, { station, domain }) {
    for (const { id, status } of clearMonitoringResult) {
      // What is not found is not there.
      if (status !== 'Rejected') monitorCleared(station.record, id)
    }
    domain.stations.save(station.record)
  },
  SetMonitoringBase({ monitoringBase }, { status }, { station, domain }) {
    if (status !== 'Accepted') return
    monitoringBaseSet(station.record, monitoringBase)
    domain.stations.save(station.record)
  },
  SetMonitoringLevel({ severity }, { status }, { station, domain }) {
    if (status !== 'Accepted') return
    monitoringOf(station.record).level = severity
    domain.stations.save(station.record)
  },
  GetMonitoringReport(request, { status }, { station, domain }) {
    const isOfAll = !request.componentVariable && !request.monitoringCriteria
    if (isOfAll && status === 'Accepted') {
      const { fullMonitoringReports: reports } = station
      reports.add(request.requestId)
      const [oldest] = reports
      if (reports.size > mostReports && oldest !== undefined) reports.delete(oldest)
    }
    if (isOfAll && status === 'EmptyResultSet') {
      monitorsForgotten(station.record)
      domain.stations.save(station.record)
    }
  },
  CustomerInformation({ requestId, report, clear }, { status }, context) {
    if (status === 'Accepted') customerInformationOrdered({ requestId, report, clear }, context)
  },
  GetLog: logAsked,
}

/** What only 2.1 has. */
export const diagnosticsEffects21: CommandEffects<Actions21> = {
  AdjustPeriodicEventStream({ id, params }, { status }, context) {
    if (status === 'Accepted') streamAdjusted(id, params, context)
  },
  GetPeriodicEventStream(_request, { constantStreamData = [] }, context) {
    const streams = constantStreamData.map(({ id, variableMonitoringId: monitorId, params }) => ({
      id,
      monitorId,
      params,
    }))
    streamsListed(streams, context)
  },
}

function monitorsSet(
  ordered: readonly SetMonitoringDataType[],
  results: readonly { readonly status: string; readonly id?: number }[],
  { station, domain }: StationContext,
): void {
  const knownAt = isoTime(domain.clock.wallMs())
  results.forEach(({ status, id }, at) => {
    const order = ordered[at]
    if (!order || status !== 'Accepted' || id === undefined) return
    const { component, variable, type, value, severity, transaction = false } = order
    const facts = { id, component, variable, type, value, severity, transaction, knownAt }
    noteMonitor(station.record, { ...facts, kind: 'CustomMonitor' })
  })
  domain.stations.save(station.record)
}

/** One that was called off says so itself [2.0.1 N01.FR.20]. */
function logAsked(
  request: {
    readonly requestId: number
    readonly logType: string
    readonly log: { readonly remoteLocation: string }
  },
  { status, filename: fileName }: { readonly status: string; readonly filename?: string },
  context: StationContext,
): void {
  if (status === 'Rejected') return
  const { requestId, logType: type, log } = request
  logOrdered({ requestId, type, location: log.remoteLocation, fileName }, context)
}
