import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Looks, Objection } from '../rule.ts'

export type Profile16 = RequestOf<Actions16, 'SetChargingProfile'>['csChargingProfiles']

/** Looks at the profiles of SetChargingProfile and of RemoteStartTransaction alike. */
export function profiles16(
  objection: (profile: Profile16) => Objection,
): Looks<Actions16, Objection> {
  return {
    SetChargingProfile: { asked: ({ csChargingProfiles }) => objection(csChargingProfiles) },
    RemoteStartTransaction: {
      asked: ({ chargingProfile }) => chargingProfile && objection(chargingProfile),
    },
  }
}
