import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Incoming } from './probe.ts'

/**
 * What a probe answers where its case has nothing to say: a CSMS may send what it likes at any time, and
 * goes on with any of these. Refusing is always legal, and nothing has to follow from it.
 */
const neutral16: Readonly<Record<string, object>> = {
  CancelReservation: { status: 'Rejected' },
  CertificateSigned: { status: 'Rejected' },
  ChangeAvailability: { status: 'Rejected' },
  ChangeConfiguration: { status: 'Rejected' },
  ClearCache: { status: 'Rejected' },
  ClearChargingProfile: { status: 'Unknown' },
  DataTransfer: { status: 'UnknownVendorId' },
  DeleteCertificate: { status: 'NotFound' },
  ExtendedTriggerMessage: { status: 'NotImplemented' },
  GetCompositeSchedule: { status: 'Rejected' },
  GetConfiguration: { configurationKey: [] },
  GetDiagnostics: {},
  GetInstalledCertificateIds: { status: 'NotFound' },
  GetLocalListVersion: { listVersion: 0 },
  GetLog: { status: 'Rejected' },
  InstallCertificate: { status: 'Rejected' },
  RemoteStartTransaction: { status: 'Rejected' },
  RemoteStopTransaction: { status: 'Rejected' },
  ReserveNow: { status: 'Rejected' },
  Reset: { status: 'Rejected' },
  SendLocalList: { status: 'Failed' },
  SetChargingProfile: { status: 'Rejected' },
  SignedUpdateFirmware: { status: 'Rejected' },
  TriggerMessage: { status: 'NotImplemented' },
  UnlockConnector: { status: 'UnlockFailed' },
  UpdateFirmware: {},
}

/** Everything else of 2.x is `{status: 'Rejected'}`. */
const neutral2x: Readonly<Record<string, object>> = {
  ClearChargingProfile: { status: 'Unknown' },
  ClearDisplayMessage: { status: 'Unknown' },
  CostUpdated: {},
  DataTransfer: { status: 'UnknownVendorId' },
  DeleteCertificate: { status: 'NotFound' },
  GetChargingProfiles: { status: 'NoProfiles' },
  GetDisplayMessages: { status: 'Unknown' },
  GetInstalledCertificateIds: { status: 'NotFound' },
  GetLocalListVersion: { versionNumber: 0 },
  GetTransactionStatus: { messagesInQueue: false },
  SendLocalList: { status: 'Failed' },
  TriggerMessage: { status: 'NotImplemented' },
  UnlockConnector: { status: 'UnlockFailed' },
  UnpublishFirmware: { status: 'NoFirmware' },
  GetPeriodicEventStream: {},
  NotifyWebPaymentStarted: {},
  UsePriorityCharging: { status: 'NoProfile' },
}

interface Row {
  readonly component: object
  readonly variable: object
}

/** What the probe answers to a CALL of the CSMS that its case says nothing of. */
export function defaultAnswer(
  version: OcppVersion,
  { action, payload }: Incoming,
): object | { readonly callError: RpcErrorCode } {
  if (version === 'ocpp1.6') return neutral16[action] ?? { callError: 'NotSupported' }
  const request = payload as Readonly<Record<string, readonly Row[]>>
  switch (action) {
    case 'GetVariables':
      return { getVariableResult: unknown(request['getVariableData']) }
    case 'SetVariables':
      return { setVariableResult: unknown(request['setVariableData']) }
    case 'SetVariableMonitoring':
    case 'ClearVariableMonitoring':
    case 'ClearTariffs':
      return { callError: 'NotSupported' }
    default:
      return neutral2x[action] ?? { status: 'Rejected' }
  }
}

/** The probe has no device model: of each variable it says so. */
function unknown(rows: readonly Row[] = []): readonly object[] {
  return rows.map(({ component, variable }) => ({
    attributeStatus: 'UnknownComponent',
    component,
    variable,
  }))
}
