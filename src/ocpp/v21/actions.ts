import type * as T from 'typed-ocpp/dist/ocpp21/types.js'
import type { ActionInfo, AnyData, Exchange, Sent } from '../action.ts'

/** Payloads of all 91 actions of OCPP 2.1; NotifyPeriodicEventStream is a SEND and has no answer. */
export interface Actions21 {
  AFRRSignal: Exchange<T.AFRRSignalRequest, T.AFRRSignalResponse>
  AdjustPeriodicEventStream: Exchange<
    T.AdjustPeriodicEventStreamRequest,
    T.AdjustPeriodicEventStreamResponse
  >
  Authorize: Exchange<T.AuthorizeRequest, T.AuthorizeResponse>
  BatterySwap: Exchange<T.BatterySwapRequest, T.BatterySwapResponse>
  BootNotification: Exchange<T.BootNotificationRequest, T.BootNotificationResponse>
  CancelReservation: Exchange<T.CancelReservationRequest, T.CancelReservationResponse>
  CertificateSigned: Exchange<T.CertificateSignedRequest, T.CertificateSignedResponse>
  ChangeAvailability: Exchange<T.ChangeAvailabilityRequest, T.ChangeAvailabilityResponse>
  ChangeTransactionTariff: Exchange<
    T.ChangeTransactionTariffRequest,
    T.ChangeTransactionTariffResponse
  >
  ClearCache: Exchange<T.ClearCacheRequest, T.ClearCacheResponse>
  ClearChargingProfile: Exchange<T.ClearChargingProfileRequest, T.ClearChargingProfileResponse>
  ClearDERControl: Exchange<T.ClearDERControlRequest, T.ClearDERControlResponse>
  ClearDisplayMessage: Exchange<T.ClearDisplayMessageRequest, T.ClearDisplayMessageResponse>
  ClearTariffs: Exchange<T.ClearTariffsRequest, T.ClearTariffsResponse>
  ClearVariableMonitoring: Exchange<
    T.ClearVariableMonitoringRequest,
    T.ClearVariableMonitoringResponse
  >
  ClearedChargingLimit: Exchange<T.ClearedChargingLimitRequest, T.ClearedChargingLimitResponse>
  ClosePeriodicEventStream: Exchange<
    T.ClosePeriodicEventStreamRequest,
    T.ClosePeriodicEventStreamResponse
  >
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
  GetCertificateChainStatus: Exchange<
    T.GetCertificateChainStatusRequest,
    T.GetCertificateChainStatusResponse
  >
  GetCertificateStatus: Exchange<T.GetCertificateStatusRequest, T.GetCertificateStatusResponse>
  GetChargingProfiles: Exchange<T.GetChargingProfilesRequest, T.GetChargingProfilesResponse>
  GetCompositeSchedule: Exchange<T.GetCompositeScheduleRequest, T.GetCompositeScheduleResponse>
  GetDERControl: Exchange<T.GetDERControlRequest, T.GetDERControlResponse>
  GetDisplayMessages: Exchange<T.GetDisplayMessagesRequest, T.GetDisplayMessagesResponse>
  GetInstalledCertificateIds: Exchange<
    T.GetInstalledCertificateIdsRequest,
    T.GetInstalledCertificateIdsResponse
  >
  GetLocalListVersion: Exchange<T.GetLocalListVersionRequest, T.GetLocalListVersionResponse>
  GetLog: Exchange<T.GetLogRequest, T.GetLogResponse>
  GetMonitoringReport: Exchange<T.GetMonitoringReportRequest, T.GetMonitoringReportResponse>
  GetPeriodicEventStream: Exchange<
    T.GetPeriodicEventStreamRequest,
    T.GetPeriodicEventStreamResponse
  >
  GetReport: Exchange<T.GetReportRequest, T.GetReportResponse>
  GetTariffs: Exchange<T.GetTariffsRequest, T.GetTariffsResponse>
  GetTransactionStatus: Exchange<T.GetTransactionStatusRequest, T.GetTransactionStatusResponse>
  GetVariables: Exchange<T.GetVariablesRequest, T.GetVariablesResponse>
  Heartbeat: Exchange<T.HeartbeatRequest, T.HeartbeatResponse>
  InstallCertificate: Exchange<T.InstallCertificateRequest, T.InstallCertificateResponse>
  LogStatusNotification: Exchange<T.LogStatusNotificationRequest, T.LogStatusNotificationResponse>
  MeterValues: Exchange<T.MeterValuesRequest, T.MeterValuesResponse>
  NotifyAllowedEnergyTransfer: Exchange<
    T.NotifyAllowedEnergyTransferRequest,
    T.NotifyAllowedEnergyTransferResponse
  >
  NotifyChargingLimit: Exchange<T.NotifyChargingLimitRequest, T.NotifyChargingLimitResponse>
  NotifyCustomerInformation: Exchange<
    T.NotifyCustomerInformationRequest,
    T.NotifyCustomerInformationResponse
  >
  NotifyDERAlarm: Exchange<T.NotifyDERAlarmRequest, T.NotifyDERAlarmResponse>
  NotifyDERStartStop: Exchange<T.NotifyDERStartStopRequest, T.NotifyDERStartStopResponse>
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
  NotifyPeriodicEventStream: Sent<T.NotifyPeriodicEventStream>
  NotifyPriorityCharging: Exchange<
    T.NotifyPriorityChargingRequest,
    T.NotifyPriorityChargingResponse
  >
  NotifyReport: Exchange<T.NotifyReportRequest, T.NotifyReportResponse>
  NotifySettlement: Exchange<T.NotifySettlementRequest, T.NotifySettlementResponse>
  NotifyWebPaymentStarted: Exchange<
    T.NotifyWebPaymentStartedRequest,
    T.NotifyWebPaymentStartedResponse
  >
  OpenPeriodicEventStream: Exchange<
    T.OpenPeriodicEventStreamRequest,
    T.OpenPeriodicEventStreamResponse
  >
  PublishFirmware: Exchange<T.PublishFirmwareRequest, T.PublishFirmwareResponse>
  PublishFirmwareStatusNotification: Exchange<
    T.PublishFirmwareStatusNotificationRequest,
    T.PublishFirmwareStatusNotificationResponse
  >
  PullDynamicScheduleUpdate: Exchange<
    T.PullDynamicScheduleUpdateRequest,
    T.PullDynamicScheduleUpdateResponse
  >
  ReportChargingProfiles: Exchange<
    T.ReportChargingProfilesRequest,
    T.ReportChargingProfilesResponse
  >
  ReportDERControl: Exchange<T.ReportDERControlRequest, T.ReportDERControlResponse>
  RequestBatterySwap: Exchange<T.RequestBatterySwapRequest, T.RequestBatterySwapResponse>
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
  SetDERControl: Exchange<T.SetDERControlRequest, T.SetDERControlResponse>
  SetDefaultTariff: Exchange<T.SetDefaultTariffRequest, T.SetDefaultTariffResponse>
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
  UpdateDynamicSchedule: Exchange<T.UpdateDynamicScheduleRequest, T.UpdateDynamicScheduleResponse>
  UpdateFirmware: Exchange<T.UpdateFirmwareRequest, T.UpdateFirmwareResponse>
  UsePriorityCharging: Exchange<T.UsePriorityChargingRequest, T.UsePriorityChargingResponse>
  VatNumberValidation: Exchange<T.VatNumberValidationRequest, T.VatNumberValidationResponse>
}

/** Who may send each action, by functional block [2.1 Part 2]. */
export const actions21 = {
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
  NotifySettlement: { from: 'station', block: 'C' },
  NotifyWebPaymentStarted: { from: 'csms', block: 'C' },
  VatNumberValidation: { from: 'station', block: 'C' },
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
  ChangeTransactionTariff: { from: 'csms', block: 'I' },
  ClearTariffs: { from: 'csms', block: 'I' },
  GetTariffs: { from: 'csms', block: 'I' },
  SetDefaultTariff: { from: 'csms', block: 'I' },
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
  NotifyPriorityCharging: { from: 'station', block: 'K' },
  PullDynamicScheduleUpdate: { from: 'station', block: 'K' },
  UpdateDynamicSchedule: { from: 'csms', block: 'K' },
  UsePriorityCharging: { from: 'csms', block: 'K' },
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
  GetCertificateChainStatus: { from: 'station', block: 'M' },
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
  AdjustPeriodicEventStream: { from: 'csms', block: 'N' },
  ClosePeriodicEventStream: { from: 'station', block: 'N' },
  GetPeriodicEventStream: { from: 'csms', block: 'N' },
  NotifyPeriodicEventStream: { from: 'station', block: 'N', send: true },
  OpenPeriodicEventStream: { from: 'station', block: 'N' },
  // O DisplayMessage
  ClearDisplayMessage: { from: 'csms', block: 'O' },
  GetDisplayMessages: { from: 'csms', block: 'O' },
  NotifyDisplayMessages: { from: 'station', block: 'O' },
  SetDisplayMessage: { from: 'csms', block: 'O' },
  // P DataTransfer
  DataTransfer: { from: 'both', block: 'P' },
  // Q BidirectionalPower
  AFRRSignal: { from: 'csms', block: 'Q' },
  NotifyAllowedEnergyTransfer: { from: 'csms', block: 'Q' },
  // R DerControl
  ClearDERControl: { from: 'csms', block: 'R' },
  GetDERControl: { from: 'csms', block: 'R' },
  NotifyDERAlarm: { from: 'station', block: 'R' },
  NotifyDERStartStop: { from: 'station', block: 'R' },
  ReportDERControl: { from: 'station', block: 'R' },
  SetDERControl: { from: 'csms', block: 'R' },
  // S BatterySwap
  BatterySwap: { from: 'station', block: 'S' },
  RequestBatterySwap: { from: 'csms', block: 'S' },
} as const satisfies Record<keyof Actions21, ActionInfo>
