import {
  type ChargingProfile,
  type ChargingProfilePurpose,
  mayLapse,
  type ProfileKey,
} from './charging-profile.ts'
import type { Stack } from './stack.ts'

/** A profile and the place it was set at: 1.6 connectorId or 2.x evseId, 0 = the whole station. */
export interface InstalledProfile<Profile extends ProfileKey = ProfileKey> {
  readonly place: number
  readonly profile: Profile
}

/**
 * A new profile takes the place of those with its id, and of those with its purpose and stackLevel
 * at the same place [1.6 3.13.1, 3.13.2, 5.16.4].
 */
export function replaces(fresh: InstalledProfile, known: InstalledProfile): boolean {
  if (fresh.profile.id === known.profile.id) return true
  return (
    fresh.place === known.place &&
    fresh.profile.purpose === known.profile.purpose &&
    fresh.profile.stackLevel === known.profile.stackLevel
  )
}

/** In 2.x only the id decides: profiles of one stackLevel may follow each other [2.0.1 K01.FR.05]. */
export function hasSameId(fresh: InstalledProfile, known: InstalledProfile): boolean {
  return fresh.profile.id === known.profile.id
}

/** Which profiles to clear; what is left open matches any. */
export interface ClearCriteria {
  readonly id?: number | undefined
  readonly place?: number | undefined
  readonly purpose?: ChargingProfilePurpose | undefined
  readonly stackLevel?: number | undefined
}

/** With an id nothing else counts; without one, all that is given must fit [1.6 errata 3.25, 3.26]. */
export function clears(criteria: ClearCriteria, { place, profile }: InstalledProfile): boolean {
  if (criteria.id !== undefined) return criteria.id === profile.id
  return (
    (criteria.place ?? place) === place &&
    (criteria.purpose ?? profile.purpose) === profile.purpose &&
    (criteria.stackLevel ?? profile.stackLevel) === profile.stackLevel
  )
}

/** What limits the station as a whole: one stack per purpose. */
export function stationStacks(
  installed: readonly InstalledProfile<ChargingProfile>[],
): readonly Stack[] {
  return [
    stackAt(installed, 'ChargingStationMaxProfile', 0),
    stackAt(installed, 'ChargingStationExternalConstraints', 0),
  ].filter(({ length }) => length > 0)
}

/** The profiles of one purpose at one place, the highest stackLevel first. */
export function stackAt(
  installed: readonly InstalledProfile<ChargingProfile>[],
  purpose: ChargingProfilePurpose,
  place: number,
): Stack {
  return byStackLevel(
    installed.filter((known) => known.place === place && known.profile.purpose === purpose),
  )
}

/**
 * What limits a transaction at a place: its TxProfiles, which overrule TxDefaultProfiles as long as it
 * lasts, also where they say nothing [1.6 3.13.1] unless they lapsed [2.1 K28.FR.13]; a
 * TxDefaultProfile of the place replaces the station-wide one of its stackLevel there.
 *
 * @param installed without the TxProfiles of other transactions
 */
export function transactionStack(
  installed: readonly InstalledProfile<ChargingProfile>[],
  place: number,
): Stack {
  const transactional = stackAt(installed, 'TxProfile', place)
  return transactional.every(mayLapse)
    ? [...transactional, ...localStack(installed, 'TxDefaultProfile', place)]
    : transactional
}

/** The PriorityCharging profiles that count at a place: they go before all others [2.1 K21]. */
export function priorityStack(
  installed: readonly InstalledProfile<ChargingProfile>[],
  place: number,
): Stack {
  return localStack(installed, 'PriorityCharging', place)
}

function localStack(
  installed: readonly InstalledProfile<ChargingProfile>[],
  purpose: ChargingProfilePurpose,
  place: number,
): Stack {
  const here = (at: number) =>
    installed.filter((known) => known.place === at && known.profile.purpose === purpose)
  const own = here(place)
  const general = here(0).filter(
    ({ profile }) => !own.some((known) => known.profile.stackLevel === profile.stackLevel),
  )
  return byStackLevel([...own, ...general])
}

function byStackLevel(installed: readonly InstalledProfile<ChargingProfile>[]): Stack {
  return installed
    .map(({ profile }) => profile)
    .sort((one, other) => other.stackLevel - one.stackLevel)
}
