import type { Block } from '../block.ts'
import { diagnosticsEffects, diagnosticsEffects21 } from './effects.ts'
import { eventStreams } from './event-streams.ts'
import { logStatusNotification, logStatusNotification21 } from './log-status-notification.ts'
import { notifyCustomerInformation } from './notify-customer-information.ts'
import { notifyEvent } from './notify-event.ts'
import { notifyMonitoringReport } from './notify-monitoring-report.ts'

/** Logs, monitors, events, and what is known of customers [2.0.1 N]. */
export const diagnostics: Block = {
  letter: 'N',
  handlers: {
    LogStatusNotification: logStatusNotification,
    NotifyCustomerInformation: notifyCustomerInformation,
    NotifyEvent: notifyEvent,
    NotifyMonitoringReport: notifyMonitoringReport,
  },
  handlers21: { ...eventStreams, LogStatusNotification: logStatusNotification21 },
  effects: diagnosticsEffects,
  effects21: diagnosticsEffects21,
}
