import { readProfile2x } from '../../../../ocpp/smart-charging/profile2x.ts'
import { randomized } from '../../../../ocpp/smart-charging/randomized.ts'
import type { StoredProfile } from '../../charging-profile-store.ts'
import { timeOffsetMs } from '../provisioning/time-offset.ts'
import type { Station2x } from '../station-2x.ts'

/**
 * Profiles as one transaction follows them: with the schedule that its EV chose of several
 * [2.0.1 K15], and with the delays that were drawn for it [2.1 K01.FR.93].
 */
export class FollowedProfiles {
  readonly #station: Station2x
  /** By transaction. */
  readonly #choices = new Map<string, number>()
  readonly #variants = new WeakMap<StoredProfile, Map<string, StoredProfile>>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /** @returns whether that is another one than before */
  choose(transactionId: string, choice: number): boolean {
    const before = this.#choices.get(transactionId) ?? 0
    for (const known of this.#choices.keys()) {
      if (!this.#station.sessions.byTransaction(known)) this.#choices.delete(known)
    }
    this.#choices.set(transactionId, choice)
    return before !== choice
  }

  /** @param choice undefined: that of the transaction */
  asFollowed(
    installed: readonly StoredProfile[],
    transactionId: string | undefined,
    choice = this.#choiceOf(transactionId),
  ): readonly StoredProfile[] {
    if (transactionId === undefined || !installed.some(hasVariants)) return installed
    return installed.map((stored) =>
      hasVariants(stored) ? this.#variant(stored, transactionId, choice) : stored,
    )
  }

  #choiceOf(transactionId: string | undefined): number {
    return transactionId === undefined ? 0 : (this.#choices.get(transactionId) ?? 0)
  }

  #variant(stored: StoredProfile, transactionId: string, choice: number): StoredProfile {
    const known = this.#variants.get(stored) ?? new Map<string, StoredProfile>()
    this.#variants.set(stored, known)
    const key = `${transactionId} ${choice}`
    const made = known.get(key) ?? this.#made(stored, choice)
    known.set(key, made)
    return made
  }

  #made(stored: StoredProfile, choice: number): StoredProfile {
    const { wire } = stored
    if (!wire || !perTransaction.has(stored.profile.purpose)) return stored
    const { services, model } = this.#station
    const at = Math.min(choice, wire.chargingSchedule.length - 1)
    const reading = { choice: at, localMs: timeOffsetMs(model) }
    const profile = at === 0 ? stored.profile : readProfile2x(wire, services.wireMs(), reading)
    const longest = wire.chargingSchedule[at]?.randomizedDelay ?? 0
    if (longest === 0) return { ...stored, profile }
    const schedule = randomized(profile.schedule, () => services.random.int(0, longest) * 1000)
    return { ...stored, profile: { ...profile, schedule } }
  }
}

const perTransaction: ReadonlySet<string> = new Set(['TxProfile', 'TxDefaultProfile'])

function hasVariants({ wire }: StoredProfile): boolean {
  if (!wire) return false
  const { chargingSchedule: schedules } = wire
  return schedules.length > 1 || (schedules[0]?.randomizedDelay ?? 0) > 0
}
