import { acknowledge } from '../acknowledge.ts'
import type { Block } from '../block.ts'
import { notifyEvent } from './notify-event.ts'

/** Logs, monitors, events, and what is known of customers [2.0.1 N]. */
export const diagnostics: Block = {
  letter: 'N',
  handlers: {
    LogStatusNotification: acknowledge('LogStatusNotification'),
    NotifyCustomerInformation: acknowledge('NotifyCustomerInformation'),
    NotifyEvent: notifyEvent,
    NotifyMonitoringReport: acknowledge('NotifyMonitoringReport'),
  },
}
