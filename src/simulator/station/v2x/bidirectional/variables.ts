import { fixed, live, perEvse, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { gridServices } from './grid-services.ts'

const operationModes =
  'Idle,ChargingOnly,CentralSetpoint,ExternalSetpoint,ExternalLimits,CentralFrequency,' +
  'LocalFrequency,LocalLoadBalancing'

const bidirectional: NonNullable<VariableSpec['exists']> = ({ services }, { id }) =>
  services.template.evses[id - 1]?.dischargeW !== undefined
const ofEvse = { ...perEvse, only: 'ocpp2.1', exists: bidirectional } as const
const changed: NonNullable<VariableSpec['changed']> = (station) =>
  gridServices.of(station).configured()

const balancing = (instance: string, watts: string): VariableSpec =>
  settable('V2XChargingCtrlr.LocalLoadBalancing', 'decimal', watts, {
    ...ofEvse,
    instance,
    unit: 'W',
    changed,
  })

/** EVSEs that take energy back from EVs [2.1 Part 2 2.18]. */
export const bidirectionalVariables: readonly VariableSpec[] = [
  fixed('V2XChargingCtrlr.Available', 'boolean', 'true', ofEvse),
  settable('V2XChargingCtrlr.Enabled', 'boolean', 'true', ofEvse),
  live(
    'V2XChargingCtrlr.SupportedEnergyTransferModes',
    'MemberList',
    ({ services }, { id }) =>
      services.template.evses[id - 1]?.current === 'DC'
        ? 'DC,DC_BPT'
        : 'AC_single_phase,AC_two_phase,AC_three_phase,AC_BPT',
    ofEvse,
  ),
  // Asked for without an EVSE: those of the station.
  live(
    'V2XChargingCtrlr.SupportedOperationModes',
    'MemberList',
    ({ services }, { id }) => {
      const some = services.template.evses.some(
        ({ dischargeW }, at) => dischargeW !== undefined && (id === 0 || at === id - 1),
      )
      return some ? operationModes : ''
    },
    ofEvse,
  ),
  settable('V2XChargingCtrlr.LocalFrequencyUpdateThreshold', 'integer', '20', {
    ...ofEvse,
    min: 0,
    unit: 'mHz',
  }),
  balancing('UpperThreshold', '0'),
  balancing('UpperOffset', '0'),
  balancing('LowerThreshold', '0'),
  balancing('LowerOffset', '0'),
]
