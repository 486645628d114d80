import type { Handlers } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import { nothing } from '../domain/nothing.ts'

/** Tells whoever listens and answers with the empty payload. */
const acknowledge =
  (action: string) =>
  (request: object, { station, domain }: StationContext) => {
    domain.emit?.({ type: 'notified', stationId: station.id, action, payload: request })
    return nothing
  }

/** Notifications whose only duty is to be answered. */
export const acknowledged16 = {
  DiagnosticsStatusNotification: acknowledge('DiagnosticsStatusNotification'),
  FirmwareStatusNotification: acknowledge('FirmwareStatusNotification'),
  LogStatusNotification: acknowledge('LogStatusNotification'),
  SecurityEventNotification: acknowledge('SecurityEventNotification'),
  SignedFirmwareStatusNotification: acknowledge('SignedFirmwareStatusNotification'),
  /** There is no certificate authority here [security whitepaper A02]. */
  SignCertificate: () => ({ status: 'Rejected' }),
} as const satisfies Handlers<Actions16, StationContext>
