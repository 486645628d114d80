import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'

/** What two StartTransactions have in common when one repeats the other. */
export function beginningOf16({
  connectorId,
  idTag,
  meterStart,
  timestamp,
}: RequestOf<Actions16, 'StartTransaction'>): string {
  return `${connectorId} ${idTag} ${meterStart} ${timestamp}`
}

type Profile16 = RequestOf<Actions16, 'SetChargingProfile'>['csChargingProfiles']

/** What no two profiles have in common: the later takes the place of the one before. [1.6 3.13.2] */
export function profileRank16(connectorId: number, profile: Profile16): string {
  return `${connectorId} ${profile.chargingProfilePurpose} ${profile.stackLevel}`
}
