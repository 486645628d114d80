import type { Handlers } from '../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../ocpp/v201/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import { acknowledged2x } from './acknowledged.ts'
import { authorize } from './authorize.ts'
import { bootNotification } from './boot-notification.ts'
import { dataTransfer } from './data-transfer.ts'
import { heartbeat } from './heartbeat.ts'
import { meterValues } from './meter-values.ts'
import { notifyEvent } from './notify-event.ts'
import { notifyReport } from './notify-report.ts'
import { statusNotification } from './status-notification.ts'
import { transactionEvent } from './transaction-event.ts'

/**
 * Every action that a 2.0.1 station may send. 2.1 shares them: its payloads only add fields, and
 * each version validates against its own schemas.
 */
export const handlers2x: Handlers<Actions201, StationContext> = {
  ...acknowledged2x,
  Authorize: authorize,
  BootNotification: bootNotification,
  DataTransfer: dataTransfer,
  Heartbeat: heartbeat,
  MeterValues: meterValues,
  NotifyEvent: notifyEvent,
  NotifyReport: notifyReport,
  StatusNotification: statusNotification,
  TransactionEvent: transactionEvent,
}
