import type { ResponseOf } from '../../ocpp/rpc/service.ts'
import type { Actions16, actions16 } from '../../ocpp/v16/actions.ts'
import type { Actions21, actions21 } from '../../ocpp/v21/actions.ts'
import type { Actions201, actions201 } from '../../ocpp/v201/actions.ts'
import type { OcppVersion } from '../../ocpp/version.ts'

/** The actions of a table that a CSMS sends. */
type FromCsms<Table> = {
  [Action in keyof Table]: Table[Action] extends { readonly from: 'csms' | 'both' } ? Action : never
}[keyof Table]

type Refusal<Response> = Response extends { readonly status: infer Status } ? Status : undefined

/** A status of its answer's own schema for every action; undefined where an answer has none. */
type Refusals<Actions, Table> = {
  readonly [Action in FromCsms<Table> & keyof Actions]: Refusal<ResponseOf<Actions, Action>>
}

const refusals16: Refusals<Actions16, typeof actions16> = {
  // Core
  ChangeAvailability: 'Rejected',
  ChangeConfiguration: 'Rejected',
  ClearCache: 'Rejected',
  DataTransfer: 'Rejected',
  GetConfiguration: undefined,
  RemoteStartTransaction: 'Rejected',
  RemoteStopTransaction: 'Rejected',
  Reset: 'Rejected',
  UnlockConnector: 'UnlockFailed',
  // FirmwareManagement
  GetDiagnostics: undefined,
  UpdateFirmware: undefined,
  // LocalAuthListManagement
  GetLocalListVersion: undefined,
  SendLocalList: 'Failed',
  // Reservation
  CancelReservation: 'Rejected',
  ReserveNow: 'Rejected',
  // SmartCharging
  ClearChargingProfile: 'Unknown',
  GetCompositeSchedule: 'Rejected',
  SetChargingProfile: 'Rejected',
  // RemoteTrigger
  TriggerMessage: 'Rejected',
  // Security
  CertificateSigned: 'Rejected',
  DeleteCertificate: 'Failed',
  ExtendedTriggerMessage: 'Rejected',
  GetInstalledCertificateIds: 'NotFound',
  GetLog: 'Rejected',
  InstallCertificate: 'Rejected',
  SignedUpdateFirmware: 'Rejected',
}

const refusals201: Refusals<Actions201, typeof actions201> = {
  // A Security
  CertificateSigned: 'Rejected',
  // B Provisioning
  GetBaseReport: 'Rejected',
  GetReport: 'Rejected',
  GetVariables: undefined,
  Reset: 'Rejected',
  SetNetworkProfile: 'Rejected',
  SetVariables: undefined,
  // C Authorization
  ClearCache: 'Rejected',
  // D LocalAuthorizationListManagement
  GetLocalListVersion: undefined,
  SendLocalList: 'Failed',
  // E Transactions
  GetTransactionStatus: undefined,
  // F RemoteControl
  RequestStartTransaction: 'Rejected',
  RequestStopTransaction: 'Rejected',
  TriggerMessage: 'Rejected',
  UnlockConnector: 'UnlockFailed',
  // G Availability
  ChangeAvailability: 'Rejected',
  // H Reservation
  CancelReservation: 'Rejected',
  ReserveNow: 'Rejected',
  // I TariffAndCost
  CostUpdated: undefined,
  // K SmartCharging
  ClearChargingProfile: 'Unknown',
  GetChargingProfiles: 'NoProfiles',
  GetCompositeSchedule: 'Rejected',
  SetChargingProfile: 'Rejected',
  // L FirmwareManagement
  PublishFirmware: 'Rejected',
  UnpublishFirmware: 'NoFirmware',
  UpdateFirmware: 'Rejected',
  // M CertificateManagement
  DeleteCertificate: 'Failed',
  GetInstalledCertificateIds: 'NotFound',
  InstallCertificate: 'Rejected',
  // N Diagnostics
  ClearVariableMonitoring: undefined,
  CustomerInformation: 'Rejected',
  GetLog: 'Rejected',
  GetMonitoringReport: 'Rejected',
  SetMonitoringBase: 'Rejected',
  SetMonitoringLevel: 'Rejected',
  SetVariableMonitoring: undefined,
  // O DisplayMessage
  ClearDisplayMessage: 'Unknown',
  GetDisplayMessages: 'Unknown',
  SetDisplayMessage: 'Rejected',
  // P DataTransfer
  DataTransfer: 'Rejected',
}

const refusals21: Refusals<Actions21, typeof actions21> = {
  ...refusals201,
  // C Authorization
  NotifyWebPaymentStarted: undefined,
  // I TariffAndCost
  ChangeTransactionTariff: 'Rejected',
  ClearTariffs: undefined,
  GetTariffs: 'Rejected',
  SetDefaultTariff: 'Rejected',
  // K SmartCharging
  UpdateDynamicSchedule: 'Rejected',
  UsePriorityCharging: 'Rejected',
  // N Diagnostics
  AdjustPeriodicEventStream: 'Rejected',
  GetPeriodicEventStream: undefined,
  // O DisplayMessage
  ClearDisplayMessage: 'Rejected',
  // Q BidirectionalPower
  AFRRSignal: 'Rejected',
  NotifyAllowedEnergyTransfer: 'Rejected',
  // R DerControl
  ClearDERControl: 'Rejected',
  GetDERControl: 'Rejected',
  SetDERControl: 'Rejected',
  // S BatterySwap
  RequestBatterySwap: 'Rejected',
}

/**
 * The status with which a station refuses each CALL of a CSMS. Where the schema has no such word, the
 * one that denies there is anything to do it with; undefined where the answer has no status at all.
 */
export const refusals: Readonly<Record<OcppVersion, Readonly<Record<string, string | undefined>>>> =
  { 'ocpp1.6': refusals16, 'ocpp2.0.1': refusals201, 'ocpp2.1': refusals21 }
