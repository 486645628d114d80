import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'

type Profile2x = RequestOf<Actions21, 'SetChargingProfile'>['chargingProfile']

/** What no two profiles may have in common. [2.0.1 K01.FR.06, K01.FR.39] */
export function profileRank2x(evseId: number, profile: Profile2x): string {
  const { chargingProfilePurpose: purpose, stackLevel, transactionId } = profile
  return `${purpose} ${stackLevel} ${purpose === 'TxProfile' ? transactionId : evseId}`
}
