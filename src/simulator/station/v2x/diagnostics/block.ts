import type { Block } from '../block.ts'
import type { Station2x } from '../station-2x.ts'
import { adjustPeriodicEventStream } from './adjust-periodic-event-stream.ts'
import { clearVariableMonitoring } from './clear-variable-monitoring.ts'
import { customerInformation } from './customer-information.ts'
import { getLog, getLog21 } from './get-log.ts'
import { getMonitoringReport } from './get-monitoring-report.ts'
import { getPeriodicEventStream } from './get-periodic-event-stream.ts'
import { logJobs } from './log-jobs.ts'
import { monitoring } from './monitoring.ts'
import { setMonitoringBase } from './set-monitoring-base.ts'
import { setMonitoringLevel } from './set-monitoring-level.ts'
import { setVariableMonitoring, setVariableMonitoring21 } from './set-variable-monitoring.ts'

/** Logs, monitors, events, and what is known of customers [2.0.1 N]. */
export const diagnostics: Block = {
  letter: 'N',
  handlers: {
    ClearVariableMonitoring: clearVariableMonitoring,
    CustomerInformation: customerInformation,
    GetLog: getLog,
    GetMonitoringReport: getMonitoringReport,
    SetMonitoringBase: setMonitoringBase,
    SetMonitoringLevel: setMonitoringLevel,
    SetVariableMonitoring: setVariableMonitoring,
  },
  handlers21: {
    AdjustPeriodicEventStream: adjustPeriodicEventStream,
    GetLog: getLog21,
    GetPeriodicEventStream: getPeriodicEventStream,
    SetVariableMonitoring: setVariableMonitoring21,
  },
  triggers: {
    LogStatusNotification: (station) => () => {
      const standing = logJobs.existing(station)?.standing ?? { status: 'Idle' }
      station.services.send('LogStatusNotification', standing, undefined, { triggered: true })
    },
  },
  registered(station, first) {
    logJobs.existing(station)?.resume()
    if (watches(station)) monitoring.of(station).inReach(first)
  },
  reconnected(station) {
    logJobs.existing(station)?.resume()
    monitoring.existing(station)?.inReach(false)
  },
  happened(station) {
    monitoring.existing(station)?.evaluateSoon()
  },
  powerLost(station) {
    logJobs.existing(station)?.stop('the power is gone')
    monitoring.existing(station)?.stop()
  },
  powerRestored(station) {
    monitoring.existing(station)?.evaluateSoon()
  },
  stopped(station) {
    logJobs.existing(station)?.stop('the run is over')
    monitoring.existing(station)?.stop()
  },
}

/** Monitors have something to look at that nobody asked for. */
function watches(station: Station2x): boolean {
  if (monitoring.existing(station)) return true
  const { model, services } = station
  return (
    model.text('MonitoringCtrlr.ActiveMonitoringBase') !== 'HardWiredOnly' ||
    services.evses.some(({ fault }) => fault !== undefined)
  )
}
