import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Looks, Objection } from '../rule.ts'

export type Profile2x = RequestOf<Actions21, 'SetChargingProfile'>['chargingProfile']

/** Looks at the profiles of SetChargingProfile and of RequestStartTransaction alike. */
export function profiles2x(
  objection: (profile: Profile2x) => Objection,
): Looks<Actions21, Objection> {
  return {
    SetChargingProfile: { asked: ({ chargingProfile }) => objection(chargingProfile) },
    RequestStartTransaction: {
      asked: ({ chargingProfile }) => chargingProfile && objection(chargingProfile),
    },
  }
}
