import { isSecurityProfile } from '../../../ocpp/security-profile.ts'
import type { Behaviour16 } from './behaviour16.ts'
import type { KeyName } from './configuration-keys.ts'

/** What ChangeConfiguration of a key demands and sets off beyond the form of its value. */
export interface KeyRule {
  /** The value does not fit the state of the station: Rejected. */
  readonly refuses?: (value: string, behaviour: Behaviour16) => boolean
  /** Runs when the answer went out and the value holds. */
  readonly applied?: (value: string, behaviour: Behaviour16) => void
}

export const keyRules: Readonly<Partial<Record<KeyName, KeyRule>>> = {
  /** [1.6 SWP A01] The new password is for the next connection, which is made at once. */
  AuthorizationKey: { applied: reconfigured('AuthorizationKey') },
  /** [1.6 SWP A05] Never down, and only to what the station is able to; then it connects anew. */
  SecurityProfile: {
    refuses: (value, { station }) => {
      const profile = Number(value)
      return !isSecurityProfile(profile) || station.access.objectionTo(profile) !== undefined
    },
    applied: reconfigured('SecurityProfile'),
  },
}

/** The change is in the security log, its value is not [1.6 SWP A01.FR.11, A01.FR.12]. */
function reconfigured(key: KeyName): NonNullable<KeyRule['applied']> {
  return (_value, { station, security }) => {
    security.report('ReconfigurationOfSecurityParameters', key)
    station.reconnect()
  }
}
