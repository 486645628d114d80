import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { noteProfile2x } from '../../domain/charging-profiles.ts'
import type { StationContext } from '../../domain/domain.ts'
import { profileReported } from '../../domain/profile-reports.ts'
import { acknowledge } from '../acknowledge.ts'

/** The station tells which profiles it has: what is known of them follows [2.0.1 K09]. */
export function reportChargingProfiles(
  request: RequestOf<Actions21, 'ReportChargingProfiles'>,
  context: StationContext,
): ResponseOf<Actions21, 'ReportChargingProfiles'> {
  const { station, domain } = context
  const { requestId, evseId, chargingProfile, chargingLimitSource, tbc = false } = request
  for (const profile of chargingProfile) {
    noteProfile2x(domain, station, evseId, profile, chargingLimitSource)
  }
  const ids = chargingProfile.map(({ id }) => id)
  profileReported(domain, station, requestId, ids, tbc)
  return acknowledge('ReportChargingProfiles')(request, context)
}
