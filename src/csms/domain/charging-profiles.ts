import type { RequestOf } from '../../ocpp/rpc/service.ts'
import {
  type ClearCriteria,
  clears,
  hasSameId,
  type InstalledProfile,
  replaces,
} from '../../ocpp/smart-charging/installed-profiles.ts'
import type { ChargingProfile2x } from '../../ocpp/smart-charging/profile2x.ts'
import { type ChargingProfile16, purposeOf16 } from '../../ocpp/smart-charging/profile16.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import type { Domain } from './domain.ts'
import type { Station } from './station.ts'
import { isOpen, type TransactionRecord } from './transaction.ts'

/** A charging profile that a station accepted and, as far as is known, still has. */
export interface ChargingProfileRecord {
  /** 1.6 connectorId, 0 = the station; of a remote start that left it open, and in 2.x: undefined. */
  readonly connectorId: number | undefined
  /** 2.x: 0 = the station; of a remote start that left it open: absent. */
  readonly evseId?: number
  /** As it stood on the wire. */
  readonly profile: ChargingProfile16 | ChargingProfile2x
  /** TxProfile: whose it is; undefined as long as that is not known. */
  readonly transactionId: number | string | undefined
  /** TxProfile of a RemoteStartTransaction whose transaction has not begun: the idTag. */
  readonly idToken: string | undefined
  /** 2.x: TxProfile of a RequestStartTransaction whose transaction has not begun. */
  readonly remoteStartId?: number
  /** 2.x: who set it, by the station's own report; absent: the CSMS. */
  readonly source?: string
  /** When the station accepted it, RFC 3339. */
  readonly since: string
}

type RemoteStart = RequestOf<Actions16, 'RemoteStartTransaction'>

/** So many are remembered of one station; the oldest goes first. */
const mostProfiles = 200

/** A station accepted a profile [1.6 5.16]. */
export function noteProfile(
  domain: Domain,
  station: Station,
  connectorId: number,
  profile: ChargingProfile16,
): void {
  const open = profile.chargingProfilePurpose === 'TxProfile' && openAt(station, connectorId, false)
  keep(domain, station, {
    connectorId,
    profile,
    transactionId: profile.transactionId ?? (open ? open.transactionId : undefined),
    idToken: undefined,
    since: isoTime(domain.clock.wallMs()),
  })
}

/**
 * A station accepted a remote start, with a profile for the transaction to come [1.6 5.16.2] or
 * without: then none that waits for the same start is meant any more.
 */
export function noteStart(
  domain: Domain,
  station: Station,
  { connectorId, idTag: idToken, chargingProfile: profile }: RemoteStart,
): void {
  change(domain, station.id, (known) =>
    without(known, (one) => one.idToken === idToken && one.connectorId === connectorId),
  )
  if (!profile) return
  const since = isoTime(domain.clock.wallMs())
  keep(domain, station, { connectorId, profile, transactionId: undefined, idToken, since })
}

/** A 2.x station accepted a profile, or reported it [2.0.1 K01, K09]. */
export function noteProfile2x(
  domain: Domain,
  station: Station,
  evseId: number,
  profile: ChargingProfile2x,
  source?: string,
): void {
  const same = ({ profile: known }: ChargingProfileRecord) => is2x(known) && known.id === profile.id
  // What is reported has been there for a while: relative schedules count from then.
  const reported = source === undefined ? undefined : station.record.chargingProfiles?.find(same)
  keep(domain, station, {
    connectorId: undefined,
    evseId,
    profile,
    transactionId: profile.transactionId,
    idToken: undefined,
    ...(source !== undefined && source !== 'CSO' && { source }),
    since: reported?.since ?? isoTime(domain.clock.wallMs()),
  })
}

/** What a RequestStartTransaction that a station accepted brought along [2.0.1 K05, F01]. */
interface RemoteStart2x {
  readonly evseId?: number | undefined
  readonly remoteStartId: number
  readonly chargingProfile?: ChargingProfile2x | undefined
  /** Of the answer: the cable had begun it already. */
  readonly transactionId?: string | undefined
}

/** A 2.x station accepted a remote start, with a profile for the transaction to come or without. */
export function noteStart2x(
  domain: Domain,
  station: Station,
  { evseId, remoteStartId, chargingProfile: profile, transactionId }: RemoteStart2x,
): void {
  if (!profile) return
  keep(domain, station, {
    connectorId: undefined,
    ...(evseId !== undefined && { evseId }),
    profile,
    transactionId,
    idToken: undefined,
    remoteStartId,
    since: isoTime(domain.clock.wallMs()),
  })
}

/** A 2.x station has none of these any more. */
export function forgetProfiles(
  domain: Domain,
  station: Station,
  unwanted: (known: ChargingProfileRecord) => boolean,
): void {
  change(domain, station.id, (known) => without(known, unwanted))
}

/** Replaces a profile that a station has by a changed one; returns whether it has such a one. */
export function changeProfile2x(
  domain: Domain,
  station: Station,
  id: number,
  changed: (profile: ChargingProfile2x) => ChargingProfile2x,
): boolean {
  let found = false
  change(domain, station.id, (known) => {
    found = known.some(({ profile }) => is2x(profile) && profile.id === id)
    if (!found) return known
    return known.map((one) =>
      is2x(one.profile) && one.profile.id === id ? { ...one, profile: changed(one.profile) } : one,
    )
  })
  return found
}

/** 1.6 calls the id chargingProfileId. */
export function is2x(profile: ChargingProfile16 | ChargingProfile2x): profile is ChargingProfile2x {
  return 'id' in profile
}

/** A station cleared profiles, or said that it has none like these [1.6 5.5] [2.0.1 K10]. */
export function noteCleared(domain: Domain, station: Station, criteria: ClearCriteria): void {
  change(domain, station.id, (known) =>
    without(known, (one) => isOfCsms(one) && clears(criteria, installed(one))),
  )
}

/**
 * A transaction has begun: it gets the TxProfiles that waited for it, and those that waited for
 * another one at its connector wait in vain.
 */
export function giveProfiles(domain: Domain, transaction: TransactionRecord): void {
  const { stationId, connectorId, idToken, transactionId } = transaction
  change(domain, stationId, (known) => {
    if (!known.some(waits)) return known
    if (typeof transactionId === 'string') return given2x(known, transaction)
    const given = known.map((one) =>
      waitsFor(one, connectorId, idToken)
        ? { ...one, connectorId, transactionId, idToken: undefined }
        : one,
    )
    return given.filter((one) => !waits(one) || one.connectorId !== connectorId)
  })
}

/** No CSMS clears what others set [2.0.1 K10.FR.06]. */
function isOfCsms({ profile }: ChargingProfileRecord): boolean {
  return profile.chargingProfilePurpose !== 'ChargingStationExternalConstraints'
}

/** In 2.x a transaction names the remote start that it came from. */
function given2x(
  known: ChargingProfileRecord[],
  { remoteStartId, transactionId, evseId }: TransactionRecord,
): ChargingProfileRecord[] {
  if (remoteStartId === undefined) return known
  return known.map((one) => {
    const { remoteStartId: mine, ...rest } = one
    return waits(one) && mine === remoteStartId
      ? { ...rest, ...(evseId !== undefined && { evseId }), transactionId }
      : one
  })
}

/** A TxProfile dies with its transaction [1.6 3.13.1]. */
export function dropProfiles(
  domain: Domain,
  { stationId, transactionId }: TransactionRecord,
): void {
  change(domain, stationId, (known) =>
    without(
      known,
      (one) =>
        one.profile.chargingProfilePurpose === 'TxProfile' && one.transactionId === transactionId,
    ),
  )
}

function keep(domain: Domain, station: Station, fresh: ChargingProfileRecord): void {
  change(domain, station.id, (known) => {
    const takesThePlaceOf = is2x(fresh.profile) ? hasSameId : replaces
    const others = known.filter((one) => !takesThePlaceOf(installed(fresh), installed(one)))
    return [...others, fresh].slice(-mostProfiles)
  })
}

/** @param how returns what it was given where nothing changes */
function change(
  domain: Domain,
  stationId: string,
  how: (known: ChargingProfileRecord[]) => ChargingProfileRecord[],
): void {
  const record = domain.stations.get(stationId)
  if (!record) return
  const known = record.chargingProfiles ?? []
  const next = how(known)
  if (next === known) return
  record.chargingProfiles = next
  domain.stations.save(record)
}

function without(
  known: ChargingProfileRecord[],
  unwanted: (one: ChargingProfileRecord) => boolean,
): ChargingProfileRecord[] {
  return known.some(unwanted) ? known.filter((one) => !unwanted(one)) : known
}

function waits({ profile, transactionId }: ChargingProfileRecord): boolean {
  return profile.chargingProfilePurpose === 'TxProfile' && transactionId === undefined
}

function waitsFor(
  one: ChargingProfileRecord,
  startedAt: number | undefined,
  startedBy: string | undefined,
): boolean {
  const here = one.connectorId === undefined || one.connectorId === startedAt
  const his = one.idToken === undefined || one.idToken.toLowerCase() === startedBy?.toLowerCase()
  return waits(one) && here && his
}

/**
 * The transaction that is open there: by evseId in 2.x. The latest of several: a place has one at a
 * time, and the end of the others never came.
 */
export function openAt(
  station: Station,
  place: number,
  evse = station.record.protocol !== 'ocpp1.6',
): TransactionRecord | undefined {
  return station.transactions.findLast(
    (one) => (evse ? one.evseId : one.connectorId) === place && isOpen(one),
  )
}

/** A profile whose place is not known stands at none. */
function installed({ connectorId, evseId, profile }: ChargingProfileRecord): InstalledProfile {
  if (is2x(profile)) {
    const { id, stackLevel, chargingProfilePurpose: purpose } = profile
    return { place: evseId ?? -1, profile: { id, stackLevel, purpose } }
  }
  const { chargingProfileId: id, stackLevel, chargingProfilePurpose } = profile
  const purpose = purposeOf16(chargingProfilePurpose)
  return { place: connectorId ?? -1, profile: { id, stackLevel, purpose } }
}
