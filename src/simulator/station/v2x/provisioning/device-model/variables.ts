import type { DataEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import { supportedMeasurands } from '../../metering/measurands.ts'
import type { VariableScope, VariableSpec } from './variable.ts'

type Extra = Partial<Pick<VariableSpec, 'instance' | 'unit' | 'min' | 'max' | 'values' | 'summary'>>
type Name = `${string}.${string}`

function entry(
  name: Name,
  dataType: DataEnumType,
  mutability: VariableSpec['mutability'],
  initial: string | undefined,
  extra: Extra = {},
  scope: VariableScope = 'station',
): VariableSpec {
  const dot = name.indexOf('.')
  return {
    component: name.slice(0, dot),
    variable: name.slice(dot + 1),
    scope,
    dataType,
    mutability,
    initial,
    ...extra,
  }
}

const settable = (name: Name, type: DataEnumType, initial: string, extra?: Extra): VariableSpec =>
  entry(name, type, 'ReadWrite', initial, extra)
const fixed = (name: Name, type: DataEnumType, value: string, extra?: Extra): VariableSpec =>
  entry(name, type, 'ReadOnly', value, extra)
/** Computed from the station when read. */
const live = (
  name: Name,
  type: DataEnumType,
  extra: Extra = {},
  scope?: VariableScope,
): VariableSpec => entry(name, type, 'ReadOnly', undefined, extra, scope)

const seconds = { unit: 's', min: 0 } as const
const measurands = { values: supportedMeasurands } as const
const startPoints = [
  'ParkingBayOccupancy',
  'EVConnected',
  'Authorized',
  'PowerPathClosed',
  'EnergyTransfer',
  'DataSigned',
]
const availability = { values: ['Available', 'Occupied', 'Reserved', 'Unavailable', 'Faulted'] }

/** The device model of a csms station [2.0.1 Part 2 appendix 3]; reports list it in this order. */
export const variables: readonly VariableSpec[] = [
  live('ChargingStation.AvailabilityState', 'OptionList', { ...availability, summary: true }),
  fixed('ChargingStation.Available', 'boolean', 'true'),
  live('ChargingStation.VendorName', 'string'),
  live('ChargingStation.Model', 'string'),
  live('ChargingStation.SupplyPhases', 'integer'),
  live('EVSE.AvailabilityState', 'OptionList', { ...availability, summary: true }, 'evse'),
  entry('EVSE.Available', 'boolean', 'ReadOnly', 'true', {}, 'evse'),
  live('EVSE.Power', 'decimal', { unit: 'W' }, 'evse'),
  live('EVSE.SupplyPhases', 'integer', {}, 'evse'),
  live(
    'Connector.AvailabilityState',
    'OptionList',
    { ...availability, summary: true },
    'connector',
  ),
  entry('Connector.Available', 'boolean', 'ReadOnly', 'true', {}, 'connector'),
  live('Connector.ConnectorType', 'string', {}, 'connector'),
  live('Connector.SupplyPhases', 'integer', {}, 'connector'),

  settable('OCPPCommCtrlr.HeartbeatInterval', 'integer', '300', { unit: 's', min: 1 }),
  settable('OCPPCommCtrlr.OfflineThreshold', 'integer', '60', seconds),
  settable('OCPPCommCtrlr.MessageAttempts', 'integer', '3', {
    instance: 'TransactionEvent',
    min: 1,
  }),
  settable('OCPPCommCtrlr.MessageAttemptInterval', 'integer', '60', {
    instance: 'TransactionEvent',
    ...seconds,
  }),
  live('OCPPCommCtrlr.MessageTimeout', 'integer', { instance: 'Default', unit: 's' }),
  settable('OCPPCommCtrlr.RetryBackOffWaitMinimum', 'integer', '1', seconds),
  settable('OCPPCommCtrlr.RetryBackOffRandomRange', 'integer', '5', seconds),
  settable('OCPPCommCtrlr.RetryBackOffRepeatTimes', 'integer', '5', { min: 0, max: 20 }),
  settable('OCPPCommCtrlr.WebSocketPingInterval', 'integer', '0', seconds),
  settable('OCPPCommCtrlr.NetworkConfigurationPriority', 'SequenceList', '1', {
    values: ['1'],
    min: 1,
  }),
  fixed('OCPPCommCtrlr.ActiveNetworkProfile', 'integer', '1'),
  fixed('OCPPCommCtrlr.FileTransferProtocols', 'MemberList', 'HTTP,HTTPS'),

  settable('TxCtrlr.TxStartPoint', 'MemberList', 'PowerPathClosed', {
    values: startPoints,
    min: 1,
  }),
  settable('TxCtrlr.TxStopPoint', 'MemberList', 'EVConnected,Authorized', {
    values: startPoints.slice(0, -1),
    min: 1,
  }),
  settable('TxCtrlr.EVConnectionTimeOut', 'integer', '120', seconds),
  settable('TxCtrlr.StopTxOnInvalidId', 'boolean', 'true'),
  settable('TxCtrlr.StopTxOnEVSideDisconnect', 'boolean', 'true'),

  settable(
    'SampledDataCtrlr.TxStartedMeasurands',
    'MemberList',
    'Energy.Active.Import.Register',
    measurands,
  ),
  settable(
    'SampledDataCtrlr.TxUpdatedMeasurands',
    'MemberList',
    'Energy.Active.Import.Register,Power.Active.Import',
    measurands,
  ),
  settable('SampledDataCtrlr.TxUpdatedInterval', 'integer', '60', seconds),
  settable(
    'SampledDataCtrlr.TxEndedMeasurands',
    'MemberList',
    'Energy.Active.Import.Register',
    measurands,
  ),
  fixed('SampledDataCtrlr.TxEndedInterval', 'integer', '0', seconds),
  settable(
    'AlignedDataCtrlr.Measurands',
    'MemberList',
    'Energy.Active.Import.Register',
    measurands,
  ),
  settable('AlignedDataCtrlr.Interval', 'integer', '0', seconds),
  settable('AlignedDataCtrlr.SendDuringIdle', 'boolean', 'false'),

  settable('AuthCtrlr.Enabled', 'boolean', 'true'),
  settable('AuthCtrlr.AuthorizeRemoteStart', 'boolean', 'false'),
  settable('AuthCtrlr.LocalAuthorizeOffline', 'boolean', 'true'),
  settable('AuthCtrlr.LocalPreAuthorize', 'boolean', 'false'),
  settable('AuthCtrlr.OfflineTxForUnknownIdEnabled', 'boolean', 'false'),
  fixed('AuthCacheCtrlr.Available', 'boolean', 'true'),
  settable('AuthCacheCtrlr.Enabled', 'boolean', 'true'),

  live('ClockCtrlr.DateTime', 'dateTime'),
  fixed('ClockCtrlr.TimeSource', 'SequenceList', 'Heartbeat'),
  fixed('DeviceDataCtrlr.ItemsPerMessage', 'integer', '64', { instance: 'GetVariables' }),
  fixed('DeviceDataCtrlr.ItemsPerMessage', 'integer', '64', { instance: 'SetVariables' }),
  fixed('DeviceDataCtrlr.ItemsPerMessage', 'integer', '32', { instance: 'GetReport' }),
  fixed('DeviceDataCtrlr.BytesPerMessage', 'integer', '65536', { instance: 'GetVariables' }),
  fixed('DeviceDataCtrlr.BytesPerMessage', 'integer', '65536', { instance: 'SetVariables' }),
  fixed('DeviceDataCtrlr.BytesPerMessage', 'integer', '65536', { instance: 'GetReport' }),
  live('SecurityCtrlr.Identity', 'string'),
  entry('SecurityCtrlr.BasicAuthPassword', 'string', 'WriteOnly', '', { min: 16, max: 40 }),
]
