import { fixed, live, row, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { profilesInUse } from '../provisioning/network-profiles.ts'
import type { Station2x } from '../station-2x.ts'
import { security } from './security.ts'

const password = {
  mutability: 'WriteOnly',
  min: 16,
  monitored: true,
  /** The change is in the security log, the password is not [2.0.1 A01.FR.11, A01.FR.12]. */
  changed(station: Station2x) {
    profilesInUse(station)?.passwordReplaced()
    security.of(station).report('ReconfigurationOfSecurityParameters', 'BasicAuthPassword')
  },
} as const

const identity = (station: Station2x) =>
  profilesInUse(station)?.current?.route.id ?? station.services.id
const entries = ({ services }: Station2x) => String(services.certificates?.entries ?? 0)
const profile = ({ services }: Station2x) => String(services.access.profile)

/** Who the station is and how it proves it [2.1 Part 2 2.2 Security]. */
export const securityVariables: readonly VariableSpec[] = [
  live('SecurityCtrlr.Identity', 'string', identity, { max: 48 }),
  row('SecurityCtrlr.BasicAuthPassword', 'string', '', { ...password, max: 40, only: 'ocpp2.0.1' }),
  row('SecurityCtrlr.BasicAuthPassword', 'string', '', { ...password, max: 64, only: 'ocpp2.1' }),
  settable('SecurityCtrlr.OrganizationName', 'string', '', { min: 1, max: 64 }),
  live('SecurityCtrlr.SecurityProfile', 'integer', profile),
  settable('SecurityCtrlr.AllowSecurityProfileDowngrade', 'boolean', 'false', { only: 'ocpp2.1' }),
  fixed('SecurityCtrlr.AdditionalRootCertificateCheck', 'boolean', 'false'),
  live('SecurityCtrlr.CertificateEntries', 'integer', entries, { max: 50 }),
  fixed('SecurityCtrlr.MaxCertificateChainSize', 'integer', '10000', { max: 10_000 }),
  // A change of the clock by more is a security event [2.0.1 SettingSystemTime].
  settable('ClockCtrlr.TimeAdjustmentReportingThreshold', 'integer', '20', { unit: 's', min: 0 }),
  settable('SecurityCtrlr.CertSigningWaitMinimum', 'integer', '30', { unit: 's', min: 1 }),
  settable('SecurityCtrlr.CertSigningRepeatTimes', 'integer', '3', { min: 0, max: 10 }),
]
