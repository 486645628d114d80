import { isSecurityProfile } from '../../ocpp/security-profile.ts'
import type { StationContext } from '../domain/domain.ts'
import { passwordAnswered } from '../gateway/password-change.ts'

/** A ChangeConfiguration.req that is about to be sent, or was answered. */
interface Change {
  readonly key: string
  readonly value: string
}

/** Keys are compared without regard to case: CiString [1.6 7.17]. */
const isKey = (key: string, name: string): boolean => key.toLowerCase() === name.toLowerCase()

/** The password that a CALL would set; undefined: it sets none [1.6 SWP A01]. */
export function passwordIn16(action: string, payload: object): string | undefined {
  if (action !== 'ChangeConfiguration' || !('key' in payload && 'value' in payload))
    return undefined
  return isKey(String(payload.key), 'AuthorizationKey') ? String(payload.value) : undefined
}

/** What was set binds: a higher SecurityProfile from the first connection with it on. */
export function learnChange({ key, value }: Change, status: string, context: StationContext): void {
  if (isKey(key, 'AuthorizationKey')) {
    passwordAnswered(status === 'Accepted' || status === 'RebootRequired', context)
  } else if (isKey(key, 'SecurityProfile') && status === 'Accepted') {
    upgradeAccepted(value, context)
  }
}

function upgradeAccepted(value: string, { station, domain }: StationContext): void {
  const profile = Number(value)
  if (!isSecurityProfile(profile)) return
  const { record } = station
  record.security ??= {}
  record.security.upgradeTo = profile
  domain.stations.save(record)
}
