import type * as T from 'typed-ocpp/dist/ocpp20/types.js'
import type { ActionInfo, AnyData, Exchange } from '../action.ts'

/** Payloads of all 64 actions of OCPP 2.0.1. */
export interface Actions201 {
  Authorize: Exchange<T.AuthorizeRequest, T.AuthorizeResponse>
  BootNotification: Exchange<T.BootNotificationRequest, T.BootNotificationResponse>
  CancelReservation: Exchange<T.CancelReservationRequest, T.CancelReservationResponse>
  CertificateSigned: Exchange<T.CertificateSignedRequest, T.CertificateSignedResponse>
  ChangeAvailability: Exchange<T.ChangeAvailabilityRequest, T.ChangeAvailabilityResponse>
  ClearCache: Exchange<T.ClearCacheRequest, T.ClearCacheResponse>
  ClearChargingProfile: Exchange<T.ClearChargingProfileRequest, T.ClearChargingProfileResponse>
  ClearDisplayMessage: Exchange<T.ClearDisplayMessageRequest, T.ClearDisplayMessageResponse>
  ClearVariableMonitoring: Exchange<
    T.ClearVariableMonitoringRequest,
    T.ClearVariableMonitoringResponse
  >
  ClearedChargingLimit: Exchange<T.ClearedChargingLimitRequest, T.ClearedChargingLimitResponse>
  CostUpdated: Exchange<T.CostUpdatedRequest, T.CostUpdatedResponse>
  CustomerInformation: Exchange<T.CustomerInformationRequest, T.CustomerInformationResponse>
  DataTransfer: Exchange<AnyData<T.DataTransferRequest>, AnyData<T.DataTransferResponse>>
  DeleteCertificate: Exchange<T.DeleteCertificateRequest, T.DeleteCertificateResponse>
  FirmwareStatusNotification: Exchange<
    T.FirmwareStatusNotificationRequest,
    T.FirmwareStatusNotificationResponse
  >
  Get15118EVCertificate: Exchange<T.Get15118EVCertificateRequest, T.Get15118EVCertificateResponse>
  GetBaseReport: Exchange<T.GetBaseReportRequest, T.GetBaseReportResponse>
  GetCertificateStatus: Exchange<T.GetCertificateStatusRequest, T.GetCertificateStatusResponse>
  GetChargingProfiles: Exchange<T.GetChargingProfilesRequest, T.GetChargingProfilesResponse>
  GetCompositeSchedule: Exchange<T.GetCompositeScheduleRequest, T.GetCompositeScheduleResponse>
  GetDisplayMessages: Exchange<T.GetDisplayMessagesRequest, T.GetDisplayMessagesResponse>
  GetInstalledCertificateIds: Exchange<
    T.GetInstalledCertificateIdsRequest,
    T.GetInstalledCertificateIdsResponse
  >
  GetLocalListVersion: Exchange<T.GetLocalListVersionRequest, T.GetLocalListVersionResponse>
  GetLog: Exchange<T.GetLogRequest, T.GetLogResponse>
  GetMonitoringReport: Exchange<T.GetMonitoringReportRequest, T.GetMonitoringReportResponse>
  GetReport: Exchange<T.GetReportRequest, T.GetReportResponse>
  GetTransactionStatus: Exchange<T.GetTransactionStatusRequest, T.GetTransactionStatusResponse>
  GetVariables: Exchange<T.GetVariablesRequest, T.GetVariablesResponse>
  Heartbeat: Exchange<T.HeartbeatRequest, T.HeartbeatResponse>
  InstallCertificate: Exchange<T.InstallCertificateRequest, T.InstallCertificateResponse>
  LogStatusNotification: Exchange<T.LogStatusNotificationRequest, T.LogStatusNotificationResponse>
  MeterValues: Exchange<T.MeterValuesRequest, T.MeterValuesResponse>
  NotifyChargingLimit: Exchange<T.NotifyChargingLimitRequest, T.NotifyChargingLimitResponse>
  NotifyCustomerInformation: Exchange<
    T.NotifyCustomerInformationRequest,
    T.NotifyCustomerInformationResponse
  >
  NotifyDisplayMessages: Exchange<T.NotifyDisplayMessagesRequest, T.NotifyDisplayMessagesResponse>
  NotifyEVChargingNeeds: Exchange<T.NotifyEVChargingNeedsRequest, T.NotifyEVChargingNeedsResponse>
  NotifyEVChargingSchedule: Exchange<
    T.NotifyEVChargingScheduleRequest,
    T.NotifyEVChargingScheduleResponse
  >
  NotifyEvent: Exchange<T.NotifyEventRequest, T.NotifyEventResponse>
  NotifyMonitoringReport: Exchange<
    T.NotifyMonitoringReportRequest,
    T.NotifyMonitoringReportResponse
  >
  NotifyReport: Exchange<T.NotifyReportRequest, T.NotifyReportResponse>
  PublishFirmware: Exchange<T.PublishFirmwareRequest, T.PublishFirmwareResponse>
  PublishFirmwareStatusNotification: Exchange<
    T.PublishFirmwareStatusNotificationRequest,
    T.PublishFirmwareStatusNotificationResponse
  >
  ReportChargingProfiles: Exchange<
    T.ReportChargingProfilesRequest,
    T.ReportChargingProfilesResponse
  >
  RequestStartTransaction: Exchange<
    T.RequestStartTransactionRequest,
    T.RequestStartTransactionResponse
  >
  RequestStopTransaction: Exchange<
    T.RequestStopTransactionRequest,
    T.RequestStopTransactionResponse
  >
  ReservationStatusUpdate: Exchange<
    T.ReservationStatusUpdateRequest,
    T.ReservationStatusUpdateResponse
  >
  ReserveNow: Exchange<T.ReserveNowRequest, T.ReserveNowResponse>
  Reset: Exchange<T.ResetRequest, T.ResetResponse>
  SecurityEventNotification: Exchange<
    T.SecurityEventNotificationRequest,
    T.SecurityEventNotificationResponse
  >
  SendLocalList: Exchange<T.SendLocalListRequest, T.SendLocalListResponse>
  SetChargingProfile: Exchange<T.SetChargingProfileRequest, T.SetChargingProfileResponse>
  SetDisplayMessage: Exchange<T.SetDisplayMessageRequest, T.SetDisplayMessageResponse>
  SetMonitoringBase: Exchange<T.SetMonitoringBaseRequest, T.SetMonitoringBaseResponse>
  SetMonitoringLevel: Exchange<T.SetMonitoringLevelRequest, T.SetMonitoringLevelResponse>
  SetNetworkProfile: Exchange<T.SetNetworkProfileRequest, T.SetNetworkProfileResponse>
  SetVariableMonitoring: Exchange<T.SetVariableMonitoringRequest, T.SetVariableMonitoringResponse>
  SetVariables: Exchange<T.SetVariablesRequest, T.SetVariablesResponse>
  SignCertificate: Exchange<T.SignCertificateRequest, T.SignCertificateResponse>
  StatusNotification: Exchange<T.StatusNotificationRequest, T.StatusNotificationResponse>
  TransactionEvent: Exchange<T.TransactionEventRequest, T.TransactionEventResponse>
  TriggerMessage: Exchange<T.TriggerMessageRequest, T.TriggerMessageResponse>
  UnlockConnector: Exchange<T.UnlockConnectorRequest, T.UnlockConnectorResponse>
  UnpublishFirmware: Exchange<T.UnpublishFirmwareRequest, T.UnpublishFirmwareResponse>
  UpdateFirmware: Exchange<T.UpdateFirmwareRequest, T.UpdateFirmwareResponse>
}

/** Who may send each action, by functional block [2.0.1 Part 2]. */
export const actions201 = {
  // A Security
  CertificateSigned: { from: 'csms', block: 'A' },
  SecurityEventNotification: { from: 'station', block: 'A' },
  SignCertificate: { from: 'station', block: 'A' },
  // B Provisioning
  BootNotification: { from: 'station', block: 'B' },
  GetBaseReport: { from: 'csms', block: 'B' },
  GetReport: { from: 'csms', block: 'B' },
  GetVariables: { from: 'csms', block: 'B' },
  NotifyReport: { from: 'station', block: 'B' },
  Reset: { from: 'csms', block: 'B' },
  SetNetworkProfile: { from: 'csms', block: 'B' },
  SetVariables: { from: 'csms', block: 'B' },
  // C Authorization
  Authorize: { from: 'station', block: 'C' },
  ClearCache: { from: 'csms', block: 'C' },
  // D LocalAuthorizationList
  GetLocalListVersion: { from: 'csms', block: 'D' },
  SendLocalList: { from: 'csms', block: 'D' },
  // E Transactions
  GetTransactionStatus: { from: 'csms', block: 'E' },
  TransactionEvent: { from: 'station', block: 'E' },
  // F RemoteControl
  RequestStartTransaction: { from: 'csms', block: 'F' },
  RequestStopTransaction: { from: 'csms', block: 'F' },
  TriggerMessage: { from: 'csms', block: 'F' },
  UnlockConnector: { from: 'csms', block: 'F' },
  // G Availability
  ChangeAvailability: { from: 'csms', block: 'G' },
  Heartbeat: { from: 'station', block: 'G' },
  StatusNotification: { from: 'station', block: 'G' },
  // H Reservation
  CancelReservation: { from: 'csms', block: 'H' },
  ReservationStatusUpdate: { from: 'station', block: 'H' },
  ReserveNow: { from: 'csms', block: 'H' },
  // I TariffAndCost
  CostUpdated: { from: 'csms', block: 'I' },
  // J MeterValues
  MeterValues: { from: 'station', block: 'J' },
  // K SmartCharging
  ClearChargingProfile: { from: 'csms', block: 'K' },
  ClearedChargingLimit: { from: 'station', block: 'K' },
  GetChargingProfiles: { from: 'csms', block: 'K' },
  GetCompositeSchedule: { from: 'csms', block: 'K' },
  NotifyChargingLimit: { from: 'station', block: 'K' },
  NotifyEVChargingNeeds: { from: 'station', block: 'K' },
  NotifyEVChargingSchedule: { from: 'station', block: 'K' },
  ReportChargingProfiles: { from: 'station', block: 'K' },
  SetChargingProfile: { from: 'csms', block: 'K' },
  // L FirmwareManagement
  FirmwareStatusNotification: { from: 'station', block: 'L' },
  PublishFirmware: { from: 'csms', block: 'L' },
  PublishFirmwareStatusNotification: { from: 'station', block: 'L' },
  UnpublishFirmware: { from: 'csms', block: 'L' },
  UpdateFirmware: { from: 'csms', block: 'L' },
  // M CertificateManagement
  DeleteCertificate: { from: 'csms', block: 'M' },
  Get15118EVCertificate: { from: 'station', block: 'M' },
  GetCertificateStatus: { from: 'station', block: 'M' },
  GetInstalledCertificateIds: { from: 'csms', block: 'M' },
  InstallCertificate: { from: 'csms', block: 'M' },
  // N Diagnostics
  ClearVariableMonitoring: { from: 'csms', block: 'N' },
  CustomerInformation: { from: 'csms', block: 'N' },
  GetLog: { from: 'csms', block: 'N' },
  GetMonitoringReport: { from: 'csms', block: 'N' },
  LogStatusNotification: { from: 'station', block: 'N' },
  NotifyCustomerInformation: { from: 'station', block: 'N' },
  NotifyEvent: { from: 'station', block: 'N' },
  NotifyMonitoringReport: { from: 'station', block: 'N' },
  SetMonitoringBase: { from: 'csms', block: 'N' },
  SetMonitoringLevel: { from: 'csms', block: 'N' },
  SetVariableMonitoring: { from: 'csms', block: 'N' },
  // O DisplayMessage
  ClearDisplayMessage: { from: 'csms', block: 'O' },
  GetDisplayMessages: { from: 'csms', block: 'O' },
  NotifyDisplayMessages: { from: 'station', block: 'O' },
  SetDisplayMessage: { from: 'csms', block: 'O' },
  // P DataTransfer
  DataTransfer: { from: 'both', block: 'P' },
} as const satisfies Record<keyof Actions201, ActionInfo>
