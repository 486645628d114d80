import { fixed, seconds, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { supportedMeasurands } from './measurands.ts'

const measurands = { values: supportedMeasurands } as const
const register = 'Energy.Active.Import.Register'

/** What is measured and when it is told [2.1 Part 2 2.7 Metering]. */
export const meteringVariables: readonly VariableSpec[] = [
  settable('SampledDataCtrlr.TxStartedMeasurands', 'MemberList', register, measurands),
  settable(
    'SampledDataCtrlr.TxUpdatedMeasurands',
    'MemberList',
    `${register},Power.Active.Import`,
    measurands,
  ),
  settable('SampledDataCtrlr.TxUpdatedInterval', 'integer', '60', seconds),
  settable('SampledDataCtrlr.TxEndedMeasurands', 'MemberList', register, measurands),
  fixed('SampledDataCtrlr.TxEndedInterval', 'integer', '0', seconds),
  settable('AlignedDataCtrlr.Measurands', 'MemberList', register, measurands),
  settable('AlignedDataCtrlr.Interval', 'integer', '0', seconds),
  settable('AlignedDataCtrlr.SendDuringIdle', 'boolean', 'false'),
]
