import type { GetChargingProfilesRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import { type ChargingProfileRecord, forgetProfiles, is2x } from './charging-profiles.ts'
import type { Domain } from './domain.ts'
import type { Station } from './station.ts'

/** What GetChargingProfiles asked for, until its report is whole. */
export interface AwaitedReport {
  readonly request: GetChargingProfilesRequest
  readonly ids: Set<number>
}

/** So many are awaited of one station at a time. */
const mostAwaited = 10
/** Of one report: what goes on longer tells nothing of what is missing. */
const mostIds = 10_000

/** The station will report what it has of these. */
export function awaitProfiles(station: Station, request: GetChargingProfilesRequest): void {
  const { profileReports } = station
  profileReports.set(request.requestId, { request, ids: new Set() })
  for (const known of profileReports.keys()) {
    if (profileReports.size > mostAwaited) profileReports.delete(known)
  }
}

/** A part of a report came; with the last one, what it does not name is no longer there. */
export function profileReported(
  domain: Domain,
  station: Station,
  requestId: number,
  ids: readonly number[],
  tbc: boolean,
): void {
  const awaited = station.profileReports.get(requestId)
  if (!awaited) return
  for (const id of ids) awaited.ids.add(id)
  if (tbc && awaited.ids.size <= mostIds) return
  station.profileReports.delete(requestId)
  if (!tbc) noteMissing(domain, station, awaited.request, awaited.ids)
}

/** Of what was asked for the station has no others than these. */
export function noteMissing(
  domain: Domain,
  station: Station,
  request: GetChargingProfilesRequest,
  ids: ReadonlySet<number> = new Set(),
): void {
  forgetProfiles(
    domain,
    station,
    (known) => is2x(known.profile) && fits(request, known) && !ids.has(known.profile.id),
  )
}

function fits(
  { evseId, chargingProfile: wanted }: GetChargingProfilesRequest,
  { evseId: at, profile, remoteStartId, source = 'CSO' }: ChargingProfileRecord,
): boolean {
  if (!is2x(profile) || remoteStartId !== undefined) return false
  return (
    (evseId ?? at) === at &&
    (wanted.chargingProfilePurpose ?? profile.chargingProfilePurpose) ===
      profile.chargingProfilePurpose &&
    (wanted.stackLevel ?? profile.stackLevel) === profile.stackLevel &&
    (wanted.chargingProfileId?.includes(profile.id) ?? true) &&
    (wanted.chargingLimitSource?.includes(source) ?? true)
  )
}
