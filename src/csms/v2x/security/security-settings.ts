import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import { isSecurityProfile } from '../../../ocpp/security-profile.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { accessOf } from '../../domain/security.ts'
import { passwordAnswered } from '../../gateway/password-change.ts'

type Request = RequestOf<Actions201, 'SetVariables'>
type Setting = Request['setVariableData'][number]

/**
 * The password that a CALL would set; undefined: it sets none [2.0.1 A01]. That of a connection
 * profile counts from the day on which the profile is used.
 */
export function passwordIn2x(action: string, payload: object): string | undefined {
  if (action !== 'SetVariables') return undefined
  // The commander checked it against the schema.
  const { setVariableData } = payload as Request
  return setVariableData.find(isPassword)?.attributeValue
}

/** One variable was set, or not. */
export function learnSetting(setting: Setting, status: string, context: StationContext): void {
  const accepted = status === 'Accepted' || status === 'RebootRequired'
  if (isPassword(setting)) passwordAnswered(accepted, context)
  else if (accepted && isNamed(setting, 'OCPPCommCtrlr', 'NetworkConfigurationPriority')) {
    priorityAccepted(setting.attributeValue, context)
  }
}

/**
 * The station will connect with the first of these connection profiles. A higher security profile
 * binds from the first connection with it on [2.0.1 A05.FR.07]; a lower one was accepted where the
 * station allows the step from 3 to 2 [2.1 A05.FR.08].
 */
function priorityAccepted(value: string, { version, station, domain }: StationContext): void {
  const { record } = station
  const slot = Number(value.split(',')[0])
  const profile = record.networkProfiles?.find((known) => known.slot === slot)?.securityProfile
  if (profile === undefined || !isSecurityProfile(profile)) return
  record.security ??= {}
  const { security } = record
  const current = security.lowestProfile ?? security.profile ?? 0
  if (profile > current) security.upgradeTo = profile
  else if (profile === 2 && security.lowestProfile === 3 && version === 'ocpp2.1') {
    security.lowestProfile = 2
    domain.accessChanged?.(station.id, accessOf(record) ?? {})
  }
  domain.stations.save(record)
}

const isPassword = (setting: Setting): boolean =>
  isNamed(setting, 'SecurityCtrlr', 'BasicAuthPassword')

/** Names are compared without regard to case [2.0.1 ComponentType, VariableType]. */
function isNamed(setting: Setting, component: string, variable: string): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return same(setting.component.name, component) && same(setting.variable.name, variable)
}
