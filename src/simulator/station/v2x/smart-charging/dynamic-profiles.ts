import type {
  ChargingScheduleUpdateType,
  PullDynamicScheduleUpdateResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import {
  type ChargingProfile2x,
  faultOf2x,
  type ProfileFault,
} from '../../../../ocpp/smart-charging/profile2x.ts'
import { type CancelTimer, isoTime } from '../../../../shared/clock.ts'
import type { StoredProfile } from '../../charging-profile-store.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { evCharging } from './ev-charging.ts'
import { phaseFault } from './profile-checks.ts'

/** The Dynamic charging profiles of a 2.1 station. */
export const dynamicProfiles = new StationPart((station) => new DynamicProfiles(station))

/** Updates Dynamic profiles, and asks for updates where they say how often [2.1 K28]. */
class DynamicProfiles {
  readonly #station: Station2x
  /** By profile id. */
  readonly #pulls = new Map<number, CancelTimer>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /** A profile of this id was set: asks for its updates from now on, if it wants any. */
  installed(id: number): void {
    this.#pulls.get(id)?.()
    this.#pulls.delete(id)
    const interval = this.#find(id)?.wire?.dynUpdateInterval ?? 0
    if (interval > 0) this.#pullAfter(id, interval * 1000)
  }

  /** New values for the one period; why not otherwise [2.1 K28.FR.06-09, FR.14]. */
  update(id: number, update: ChargingScheduleUpdateType): ProfileFault | undefined {
    const known = this.#find(id)
    if (!known?.wire) {
      return { reasonCode: 'InvalidProfile', additionalInfo: `profile ${id} is not Dynamic` }
    }
    const wire = updated(known.wire, update, this.#station.services.wireMs())
    const tellsPhases = evCharging.existing(this.#station)?.tellsPhases(known.place) ?? false
    const fault = faultOf2x(wire) ?? phaseFault(tellsPhases, wire)
    if (fault) return fault
    chargingProfiles.of(this.#station).install(known.place, wire, known.source ?? 'CSO')
    this.installed(id)
    return undefined
  }

  /** Power is cut, or the run is over. */
  stop(): void {
    for (const cancel of this.#pulls.values()) cancel()
    this.#pulls.clear()
  }

  /** Asks for updates of those that it does not ask for yet: power is back, or a transaction began. */
  resume(): void {
    for (const { profile } of chargingProfiles.of(this.#station).all) {
      if (!this.#pulls.has(profile.id)) this.installed(profile.id)
    }
  }

  #find(id: number): StoredProfile | undefined {
    return chargingProfiles
      .of(this.#station)
      .all.find(({ profile }) => profile.id === id && profile.kind === 'Dynamic')
  }

  #pullAfter(id: number, ms: number): void {
    const { simulated } = this.#station.services.clocks
    this.#pulls.set(
      id,
      simulated.after(ms, () => this.#pull(id)),
    )
  }

  /** [2.1 K28.FR.10] */
  #pull(id: number): void {
    this.#pulls.delete(id)
    if (!this.#find(id)) return
    const payload = { chargingProfileId: id }
    this.#station.services.send('PullDynamicScheduleUpdate', payload, (outcome) => {
      const answer =
        outcome.kind === 'result'
          ? (outcome.payload as PullDynamicScheduleUpdateResponse)
          : undefined
      const update = answer?.status === 'Accepted' ? answer.scheduleUpdate : undefined
      // What cannot be used is asked for again when its time comes.
      if (!update || this.update(id, update)) this.installed(id)
    })
  }
}

function updated(
  wire: ChargingProfile2x,
  update: ChargingScheduleUpdateType,
  nowMs: number,
): ChargingProfile2x {
  const { customData: _ofTheUpdate, ...values } = update
  const [schedule] = wire.chargingSchedule
  const [period] = schedule?.chargingSchedulePeriod ?? []
  if (!schedule || !period) return wire
  return {
    ...wire,
    dynUpdateTime: isoTime(nowMs),
    chargingSchedule: [{ ...schedule, chargingSchedulePeriod: [{ ...period, ...values }] }],
  }
}
