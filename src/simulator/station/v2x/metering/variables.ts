import { fixed, seconds, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { supportedMeasurands } from './measurands.ts'

const measurands = { values: supportedMeasurands } as const
const register = 'Energy.Active.Import.Register'
const only21 = { only: 'ocpp2.1' } as const

/** What is measured and when it is told [2.1 Part 2 2.9 Metering]. */
export const meteringVariables: readonly VariableSpec[] = [
  fixed('SampledDataCtrlr.Available', 'boolean', 'true'),
  settable('SampledDataCtrlr.Enabled', 'boolean', 'true'),
  settable('SampledDataCtrlr.SignReadings', 'boolean', 'false'),
  settable('SampledDataCtrlr.SignStartedReadings', 'boolean', 'false', only21),
  settable('SampledDataCtrlr.SignUpdatedReadings', 'boolean', 'false', only21),
  fixed('SampledDataCtrlr.RegisterValuesWithoutPhases', 'boolean', 'true'),
  settable('SampledDataCtrlr.TxStartedMeasurands', 'MemberList', register, measurands),
  settable(
    'SampledDataCtrlr.TxUpdatedMeasurands',
    'MemberList',
    `${register},Power.Active.Import`,
    measurands,
  ),
  settable('SampledDataCtrlr.TxUpdatedInterval', 'integer', '60', seconds),
  settable('SampledDataCtrlr.TxEndedMeasurands', 'MemberList', register, measurands),
  settable('SampledDataCtrlr.TxEndedInterval', 'integer', '0', seconds),
  fixed('AlignedDataCtrlr.Available', 'boolean', 'true'),
  settable('AlignedDataCtrlr.Enabled', 'boolean', 'true'),
  settable('AlignedDataCtrlr.SignReadings', 'boolean', 'false'),
  settable('AlignedDataCtrlr.SignUpdatedReadings', 'boolean', 'false', only21),
  settable('AlignedDataCtrlr.Measurands', 'MemberList', register, measurands),
  settable('AlignedDataCtrlr.Interval', 'integer', '0', seconds),
  settable('AlignedDataCtrlr.TxEndedMeasurands', 'MemberList', register, measurands),
  settable('AlignedDataCtrlr.TxEndedInterval', 'integer', '0', seconds),
  settable('AlignedDataCtrlr.SendDuringIdle', 'boolean', 'false'),
]
