import type * as T from 'typed-ocpp/dist/ocpp16/types.js'
import type { ActionInfo, Exchange } from '../action.ts'

/** Payloads of all 39 actions of OCPP 1.6: 28 of the specification, 11 of the security whitepaper. */
export interface Actions16 {
  Authorize: Exchange<T.AuthorizeRequest, T.AuthorizeResponse>
  BootNotification: Exchange<T.BootNotificationRequest, T.BootNotificationResponse>
  CancelReservation: Exchange<T.CancelReservationRequest, T.CancelReservationResponse>
  CertificateSigned: Exchange<T.CertificateSignedRequest, T.CertificateSignedResponse>
  ChangeAvailability: Exchange<T.ChangeAvailabilityRequest, T.ChangeAvailabilityResponse>
  ChangeConfiguration: Exchange<T.ChangeConfigurationRequest, T.ChangeConfigurationResponse>
  ClearCache: Exchange<T.ClearCacheRequest, T.ClearCacheResponse>
  ClearChargingProfile: Exchange<T.ClearChargingProfileRequest, T.ClearChargingProfileResponse>
  DataTransfer: Exchange<T.DataTransferRequest, T.DataTransferResponse>
  DeleteCertificate: Exchange<T.DeleteCertificateRequest, T.DeleteCertificateResponse>
  DiagnosticsStatusNotification: Exchange<
    T.DiagnosticsStatusNotificationRequest,
    T.DiagnosticsStatusNotificationResponse
  >
  ExtendedTriggerMessage: Exchange<
    T.ExtendedTriggerMessageRequest,
    T.ExtendedTriggerMessageResponse
  >
  FirmwareStatusNotification: Exchange<
    T.FirmwareStatusNotificationRequest,
    T.FirmwareStatusNotificationResponse
  >
  GetCompositeSchedule: Exchange<T.GetCompositeScheduleRequest, T.GetCompositeScheduleResponse>
  GetConfiguration: Exchange<T.GetConfigurationRequest, T.GetConfigurationResponse>
  GetDiagnostics: Exchange<T.GetDiagnosticsRequest, T.GetDiagnosticsResponse>
  GetInstalledCertificateIds: Exchange<
    T.GetInstalledCertificateIdsRequest,
    T.GetInstalledCertificateIdsResponse
  >
  GetLocalListVersion: Exchange<T.GetLocalListVersionRequest, T.GetLocalListVersionResponse>
  GetLog: Exchange<T.GetLogRequest, T.GetLogResponse>
  Heartbeat: Exchange<T.HeartbeatRequest, T.HeartbeatResponse>
  InstallCertificate: Exchange<T.InstallCertificateRequest, T.InstallCertificateResponse>
  LogStatusNotification: Exchange<T.LogStatusNotificationRequest, T.LogStatusNotificationResponse>
  MeterValues: Exchange<T.MeterValuesRequest, T.MeterValuesResponse>
  RemoteStartTransaction: Exchange<
    T.RemoteStartTransactionRequest,
    T.RemoteStartTransactionResponse
  >
  RemoteStopTransaction: Exchange<T.RemoteStopTransactionRequest, T.RemoteStopTransactionResponse>
  ReserveNow: Exchange<T.ReserveNowRequest, T.ReserveNowResponse>
  Reset: Exchange<T.ResetRequest, T.ResetResponse>
  SecurityEventNotification: Exchange<
    T.SecurityEventNotificationRequest,
    T.SecurityEventNotificationResponse
  >
  SendLocalList: Exchange<T.SendLocalListRequest, T.SendLocalListResponse>
  SetChargingProfile: Exchange<T.SetChargingProfileRequest, T.SetChargingProfileResponse>
  SignCertificate: Exchange<T.SignCertificateRequest, T.SignCertificateResponse>
  SignedFirmwareStatusNotification: Exchange<
    T.SignedFirmwareStatusNotificationRequest,
    T.SignedFirmwareStatusNotificationResponse
  >
  SignedUpdateFirmware: Exchange<T.SignedUpdateFirmwareRequest, T.SignedUpdateFirmwareResponse>
  StartTransaction: Exchange<T.StartTransactionRequest, T.StartTransactionResponse>
  StatusNotification: Exchange<T.StatusNotificationRequest, T.StatusNotificationResponse>
  StopTransaction: Exchange<T.StopTransactionRequest, T.StopTransactionResponse>
  TriggerMessage: Exchange<T.TriggerMessageRequest, T.TriggerMessageResponse>
  UnlockConnector: Exchange<T.UnlockConnectorRequest, T.UnlockConnectorResponse>
  UpdateFirmware: Exchange<T.UpdateFirmwareRequest, T.UpdateFirmwareResponse>
}

/** Who may send each action, by feature profile [1.6 3.3] [1.6 SWP 5]. */
export const actions16 = {
  // Core
  Authorize: { from: 'station', profile: 'Core' },
  BootNotification: { from: 'station', profile: 'Core' },
  ChangeAvailability: { from: 'csms', profile: 'Core' },
  ChangeConfiguration: { from: 'csms', profile: 'Core' },
  ClearCache: { from: 'csms', profile: 'Core' },
  DataTransfer: { from: 'both', profile: 'Core' },
  GetConfiguration: { from: 'csms', profile: 'Core' },
  Heartbeat: { from: 'station', profile: 'Core' },
  MeterValues: { from: 'station', profile: 'Core' },
  RemoteStartTransaction: { from: 'csms', profile: 'Core' },
  RemoteStopTransaction: { from: 'csms', profile: 'Core' },
  Reset: { from: 'csms', profile: 'Core' },
  StartTransaction: { from: 'station', profile: 'Core' },
  StatusNotification: { from: 'station', profile: 'Core' },
  StopTransaction: { from: 'station', profile: 'Core' },
  UnlockConnector: { from: 'csms', profile: 'Core' },
  // FirmwareManagement
  GetDiagnostics: { from: 'csms', profile: 'FirmwareManagement' },
  DiagnosticsStatusNotification: { from: 'station', profile: 'FirmwareManagement' },
  FirmwareStatusNotification: { from: 'station', profile: 'FirmwareManagement' },
  UpdateFirmware: { from: 'csms', profile: 'FirmwareManagement' },
  // LocalAuthListManagement
  GetLocalListVersion: { from: 'csms', profile: 'LocalAuthListManagement' },
  SendLocalList: { from: 'csms', profile: 'LocalAuthListManagement' },
  // Reservation
  CancelReservation: { from: 'csms', profile: 'Reservation' },
  ReserveNow: { from: 'csms', profile: 'Reservation' },
  // SmartCharging
  ClearChargingProfile: { from: 'csms', profile: 'SmartCharging' },
  GetCompositeSchedule: { from: 'csms', profile: 'SmartCharging' },
  SetChargingProfile: { from: 'csms', profile: 'SmartCharging' },
  // RemoteTrigger
  TriggerMessage: { from: 'csms', profile: 'RemoteTrigger' },
  // Security
  CertificateSigned: { from: 'csms', profile: 'Security' },
  DeleteCertificate: { from: 'csms', profile: 'Security' },
  ExtendedTriggerMessage: { from: 'csms', profile: 'Security' },
  GetInstalledCertificateIds: { from: 'csms', profile: 'Security' },
  GetLog: { from: 'csms', profile: 'Security' },
  InstallCertificate: { from: 'csms', profile: 'Security' },
  LogStatusNotification: { from: 'station', profile: 'Security' },
  SecurityEventNotification: { from: 'station', profile: 'Security' },
  SignCertificate: { from: 'station', profile: 'Security' },
  SignedFirmwareStatusNotification: { from: 'station', profile: 'Security' },
  SignedUpdateFirmware: { from: 'csms', profile: 'Security' },
} as const satisfies Record<keyof Actions16, ActionInfo>
