import { fixed, seconds, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

const startPoints = [
  'ParkingBayOccupancy',
  'EVConnected',
  'Authorized',
  'PowerPathClosed',
  'EnergyTransfer',
  'DataSigned',
]
/** [2.1 TransactionLimitType] */
const limits = ['maxCost', 'maxEnergy', 'maxTime', 'maxSoC']
const transactionEvent = { instance: 'TransactionEvent' } as const

/** When a transaction begins and ends, and how its messages are delivered [2.1 Part 2 2.7]. */
export const transactionVariables: readonly VariableSpec[] = [
  settable('OCPPCommCtrlr.MessageAttempts', 'integer', '3', { ...transactionEvent, min: 1 }),
  settable('OCPPCommCtrlr.MessageAttemptInterval', 'integer', '60', {
    ...transactionEvent,
    ...seconds,
  }),
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
  settable('TxCtrlr.MaxEnergyOnInvalidId', 'integer', '0', { unit: 'Wh', min: 0 }),
  settable('TxCtrlr.TxBeforeAcceptedEnabled', 'boolean', 'false'),
  fixed('TxCtrlr.SupportedLimits', 'MemberList', limits.join(','), {
    values: limits,
    only: 'ocpp2.1',
  }),
  settable('TxCtrlr.TxResumptionTimeout', 'integer', '0', { ...seconds, only: 'ocpp2.1' }),
  settable('TxCtrlr.TxAllowEnergyTransferResumption', 'boolean', 'true', { only: 'ocpp2.1' }),
]
