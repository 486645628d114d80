import { fixed, live, row, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

const only21 = { only: 'ocpp2.1' } as const
const feature = (instance: string, value: 'true' | 'false'): VariableSpec =>
  fixed('SmartChargingCtrlr.SupportsFeature', 'boolean', value, { instance, ...only21 })
const persistence = (instance: string, value: 'true' | 'false'): VariableSpec =>
  fixed('SmartChargingCtrlr.ChargingProfilePersistence', 'boolean', value, { instance, ...only21 })

/** What a station can do with charging profiles, and how many [2.1 Part 2 2.11]. */
export const smartChargingVariables: readonly VariableSpec[] = [
  row('SmartChargingCtrlr.Available', 'boolean', 'true'),
  settable('SmartChargingCtrlr.Enabled', 'boolean', 'true'),
  live(
    'SmartChargingCtrlr.Entries',
    'integer',
    ({ services }) => String(services.memory.chargingProfiles?.all.length ?? 0),
    { instance: 'ChargingProfiles', max: 20 },
  ),
  fixed('SmartChargingCtrlr.ProfileStackLevel', 'integer', '9'),
  fixed('SmartChargingCtrlr.PeriodsPerSchedule', 'integer', '24'),
  fixed('SmartChargingCtrlr.RateUnit', 'MemberList', 'A,W', { values: ['A', 'W'] }),
  row('SmartChargingCtrlr.Phases3to1', 'boolean', 'false'),
  row('SmartChargingCtrlr.ACPhaseSwitchingSupported', 'boolean', 'false'),
  settable('SmartChargingCtrlr.LimitChangeSignificance', 'decimal', '10', {
    unit: 'Percent',
    min: 0,
    max: 100,
  }),
  settable('SmartChargingCtrlr.NotifyChargingLimitWithSchedules', 'boolean', 'true'),
  settable('SmartChargingCtrlr.ExternalControlSignalsEnabled', 'boolean', 'true'),
  // How many profiles one ReportChargingProfiles takes: the specification names no variable for it.
  fixed('SmartChargingCtrlr.ItemsPerMessage', 'integer', '8', {
    instance: 'ReportChargingProfiles',
  }),
  settable('SmartChargingCtrlr.ExternalConstraintsProfileDisallowed', 'boolean', 'false', only21),
  fixed(
    'SmartChargingCtrlr.SupportedAdditionalPurposes',
    'MemberList',
    'PriorityCharging,LocalGeneration',
    { values: ['PriorityCharging', 'LocalGeneration'], ...only21 },
  ),
  persistence('TxProfile', 'true'),
  persistence('ChargingStationExternalConstraints', 'false'),
  persistence('LocalGeneration', 'false'),
  feature('DynamicProfiles', 'true'),
  feature('MaxOfflineDuration', 'true'),
  feature('RandomizedDelay', 'true'),
  feature('LimitAtSoC', 'true'),
  feature('UseLocalTime', 'true'),
  feature('EvseSleep', 'false'),
]
