import type {
  GetChargingProfilesRequest,
  ReportChargingProfilesRequest,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { RequestOf, ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { StoredProfile } from '../../charging-profile-store.ts'
import { inPages } from '../pages.ts'
import type { Station2x } from '../station-2x.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { demandSmartCharging } from './smart-charging-gate.ts'

/** Reports what matches: messages of one EVSE and source each, all but the last to be continued [2.0.1 K09]. */
export function getChargingProfiles(
  request: RequestOf<Actions21, 'GetChargingProfiles'>,
  station: Station2x,
): ResponseOf<Actions21, 'GetChargingProfiles'> {
  demandSmartCharging(station)
  const found = chargingProfiles.of(station).all.filter((known) => fits(request, known))
  if (found.length === 0) return { status: 'NoProfiles' }
  const reports = reportsOf(station, request.requestId, found)
  station.services.afterwards(() => station.services.unattended(send(station, reports)))
  return { status: 'Accepted' }
}

/** [2.0.1 K09.FR.03-06] */
function fits(
  { evseId, chargingProfile: wanted }: GetChargingProfilesRequest,
  { place, profile, source = 'CSO' }: StoredProfile,
): boolean {
  return (
    (evseId ?? place) === place &&
    (wanted.chargingProfilePurpose ?? profile.purpose) === profile.purpose &&
    (wanted.stackLevel ?? profile.stackLevel) === profile.stackLevel &&
    (wanted.chargingProfileId?.includes(profile.id) ?? true) &&
    (wanted.chargingLimitSource?.includes(source) ?? true)
  )
}

function reportsOf(
  { model }: Station2x,
  requestId: number,
  found: readonly StoredProfile[],
): readonly ReportChargingProfilesRequest[] {
  const items = model.integer('SmartChargingCtrlr.ItemsPerMessage[ReportChargingProfiles]')
  const groups = new Map<string, StoredProfile[]>()
  for (const known of found) {
    const key = `${known.place} ${known.source ?? 'CSO'}`
    groups.set(key, [...(groups.get(key) ?? []), known])
  }
  const pages = [...groups.values()].flatMap((group) => inPages(group, { items, bytes: 0 }))
  return pages.map((page, at) => ({
    requestId,
    evseId: page[0]?.place ?? 0,
    chargingLimitSource: page[0]?.source ?? 'CSO',
    chargingProfile: page.flatMap(
      ({ wire }) => wire ?? [],
    ) as ReportChargingProfilesRequest['chargingProfile'],
    tbc: at < pages.length - 1,
  }))
}

/** Each after the answer to the one before; stops when one is lost. */
async function send(
  { services }: Station2x,
  reports: readonly ReportChargingProfilesRequest[],
): Promise<void> {
  for (const report of reports) {
    const outcome = await services.request('ReportChargingProfiles', report)
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') return
  }
}
