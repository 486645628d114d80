import type { RequestOf } from '../../ocpp/rpc/service.ts'
import { type ChargingProfile, installedAt } from '../../ocpp/smart-charging/charging-profile.ts'
import {
  type CompositePeriod,
  compositeSchedule,
} from '../../ocpp/smart-charging/composite-schedule.ts'
import {
  type ClearCriteria,
  clears,
  type InstalledProfile,
  replaces,
  stationStacks,
  transactionStack,
} from '../../ocpp/smart-charging/installed-profiles.ts'
import { type ChargingRateUnit, minRateOf, rateOf } from '../../ocpp/smart-charging/limit.ts'
import {
  type ChargingProfile16,
  faultOf16,
  purposeOf16,
  readProfile16,
} from '../../ocpp/smart-charging/profile16.ts'
import { boundAt, type Stack } from '../../ocpp/smart-charging/stack.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import type { Domain } from './domain.ts'
import type { Station } from './station.ts'
import { isOpen, type TransactionRecord } from './transaction.ts'

/** A charging profile that a station accepted and, as far as is known, still has. */
export interface ChargingProfileRecord {
  /** 1.6 connectorId, 0 = the station; of a remote start that left it open: undefined. */
  readonly connectorId: number | undefined
  /** As it stood on the wire. */
  readonly profile: ChargingProfile16
  /** TxProfile: whose it is; undefined as long as that is not known. */
  readonly transactionId: number | string | undefined
  /** TxProfile of a RemoteStartTransaction whose transaction has not begun: the idTag. */
  readonly idToken: string | undefined
  /** When the station accepted it, RFC 3339. */
  readonly since: string
}

type RemoteStart = RequestOf<Actions16, 'RemoteStartTransaction'>

/** So many are remembered of one station; the oldest goes first. */
const mostProfiles = 200

/** More periods than this no view has. */
const longestView = 1000

/** A station accepted a profile [1.6 5.16]. */
export function noteProfile(
  domain: Domain,
  station: Station,
  connectorId: number,
  profile: ChargingProfile16,
): void {
  const open = profile.chargingProfilePurpose === 'TxProfile' && openAt(station, connectorId)
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

/** A station cleared profiles, or said that it has none like these [1.6 5.5]. */
export function noteCleared(domain: Domain, station: Station, criteria: ClearCriteria): void {
  change(domain, station.id, (known) => without(known, (one) => clears(criteria, installed(one))))
}

/**
 * A transaction has begun: it gets the TxProfiles that waited for it, and those that waited for
 * another one at its connector wait in vain.
 */
export function giveProfiles(domain: Domain, transaction: TransactionRecord): void {
  const { stationId, connectorId, idToken, transactionId } = transaction
  change(domain, stationId, (known) => {
    if (!known.some(waits)) return known
    const given = known.map((one) =>
      waitsFor(one, connectorId, idToken)
        ? { ...one, connectorId, transactionId, idToken: undefined }
        : one,
    )
    return given.filter((one) => !waits(one) || one.connectorId !== connectorId)
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

/** What the profiles that a station accepted leave; where they say nothing, a period has no limit. */
interface CompositeView {
  readonly connectorId: number
  /** RFC 3339. */
  readonly scheduleStart: string
  /** Seconds; less than asked for where that would be more periods than anybody reads. */
  readonly duration: number
  readonly chargingRateUnit: ChargingRateUnit
  readonly chargingSchedulePeriod: readonly {
    readonly startPeriod: number
    readonly limit?: number
    readonly numberPhases: number
  }[]
  readonly minChargingRate?: number
}

export interface CompositeQuestion {
  /** 0: the station as a whole, by its ChargePointMaxProfile. */
  readonly connectorId: number
  /** Seconds, at least 1. */
  readonly duration: number
  readonly unit: ChargingRateUnit
  /** Phase to neutral. */
  readonly voltage: number
}

/**
 * The composite schedule from now on by what the management system knows: unlike the station's own
 * answer to GetCompositeSchedule it knows no hardware.
 */
export function compositeView(
  { clock }: Domain,
  station: Station,
  { connectorId, duration, unit, voltage }: CompositeQuestion,
): CompositeView {
  const fromMs = Math.floor(clock.wallMs() / 1000) * 1000
  const open = openAt(station, connectorId)
  // A station's clock may be ahead.
  const startedMs = Math.min(fromMs, Date.parse(open?.startedAt ?? '') || fromMs)
  const stacks = stacksOf(station, connectorId, open)
  const schedule = compositeSchedule(
    (atMs) => {
      const { limit, untilMs } = boundAt(stacks, atMs, startedMs)
      const { phases } = limit
      const minRate = minRateOf(limit, unit, voltage)
      return { rate: rateOf(limit, unit, voltage), phases, minRate, untilMs }
    },
    fromMs,
    duration,
    longestView,
  )
  return {
    connectorId,
    scheduleStart: isoTime(fromMs),
    duration: schedule.duration,
    chargingRateUnit: unit,
    chargingSchedulePeriod: schedule.periods.map(shown),
    ...(schedule.minChargingRate > 0 && { minChargingRate: schedule.minChargingRate }),
  }
}

function shown({ startPeriod, limit, numberPhases }: CompositePeriod) {
  return { startPeriod, ...(Number.isFinite(limit) && { limit }), numberPhases }
}

function stacksOf(
  { record }: Station,
  connectorId: number,
  open: TransactionRecord | undefined,
): readonly Stack[] {
  const read: InstalledProfile<ChargingProfile>[] = (record.chargingProfiles ?? [])
    .filter(({ profile }) => faultOf16(profile) === undefined)
    .filter(
      ({ profile, transactionId }) =>
        profile.chargingProfilePurpose !== 'TxProfile' ||
        (open !== undefined && transactionId === open.transactionId),
    )
    .map(({ connectorId: place = -1, profile, since }) => ({
      place,
      profile: installedAt(readProfile16(profile), Date.parse(since)),
    }))
  const station = stationStacks(read)
  return connectorId === 0 ? station : [transactionStack(read, connectorId), ...station]
}

function keep(domain: Domain, station: Station, fresh: ChargingProfileRecord): void {
  change(domain, station.id, (known) => {
    const others = known.filter((one) => !replaces(installed(fresh), installed(one)))
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

function openAt(station: Station, connectorId: number): TransactionRecord | undefined {
  return station.transactions.find((one) => one.connectorId === connectorId && isOpen(one))
}

/** A profile whose connector is not known stands at none. */
function installed({ connectorId, profile }: ChargingProfileRecord): InstalledProfile {
  const { chargingProfileId: id, stackLevel, chargingProfilePurpose } = profile
  const purpose = purposeOf16(chargingProfilePurpose)
  return { place: connectorId ?? -1, profile: { id, stackLevel, purpose } }
}
