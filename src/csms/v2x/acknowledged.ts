import type { Handlers } from '../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../ocpp/v201/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import { nothing } from '../domain/nothing.ts'

/** Tells whoever listens and answers with the empty payload. */
const acknowledge =
  (action: string) =>
  (request: object, { station, domain }: StationContext) => {
    domain.emit?.({ type: 'notified', stationId: station.id, action, payload: request })
    return nothing
  }

/** Notifications whose only duty is to be answered, and requests for what is not kept here. */
export const acknowledged2x = {
  ClearedChargingLimit: acknowledge('ClearedChargingLimit'),
  FirmwareStatusNotification: acknowledge('FirmwareStatusNotification'),
  LogStatusNotification: acknowledge('LogStatusNotification'),
  NotifyChargingLimit: acknowledge('NotifyChargingLimit'),
  NotifyCustomerInformation: acknowledge('NotifyCustomerInformation'),
  NotifyDisplayMessages: acknowledge('NotifyDisplayMessages'),
  NotifyMonitoringReport: acknowledge('NotifyMonitoringReport'),
  PublishFirmwareStatusNotification: acknowledge('PublishFirmwareStatusNotification'),
  ReportChargingProfiles: acknowledge('ReportChargingProfiles'),
  ReservationStatusUpdate: acknowledge('ReservationStatusUpdate'),
  SecurityEventNotification: acknowledge('SecurityEventNotification'),
  /** No schedules are made here [2.0.1 K15]. */
  NotifyEVChargingNeeds: () => ({ status: 'Rejected' }),
  /** The vehicle's plan is within what it was offered: nothing to object [2.0.1 K17]. */
  NotifyEVChargingSchedule: () => ({ status: 'Accepted' }),
  /** There is no certificate authority here [2.0.1 A02, M01, M06]. */
  SignCertificate: () => ({ status: 'Rejected' }),
  Get15118EVCertificate: () => ({ status: 'Failed', exiResponse: '' }),
  GetCertificateStatus: () => ({ status: 'Failed' }),
} as const satisfies Handlers<Actions201, StationContext>
