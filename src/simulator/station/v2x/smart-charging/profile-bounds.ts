import type { ChargingProfile } from '../../../../ocpp/smart-charging/charging-profile.ts'
import {
  priorityStack,
  stackAt,
  stationStacks,
  transactionStack,
} from '../../../../ocpp/smart-charging/installed-profiles.ts'
import { type Limit, raised } from '../../../../ocpp/smart-charging/limit.ts'
import {
  type Bound,
  boundAt,
  prevailing,
  type Stack,
} from '../../../../ocpp/smart-charging/stack.ts'
import type { StoredProfile } from '../../charging-profile-store.ts'
import type { Evse } from '../../evse.ts'
import type { LimitSource } from '../../power-limits.ts'
import type { Station2x } from '../station-2x.ts'
import type { FollowedProfiles } from './followed-profiles.ts'
import { pathClosings } from './path-closings.ts'

/** What there is to go by. */
interface InForce {
  /** Oldest first, without those of transactions that are over. */
  readonly all: readonly StoredProfile[]
  readonly followed: FollowedProfiles
  /** Wire ms; undefined: the station is online. */
  readonly offlineSinceMs: number | undefined
  /** The profile of a remote start that is to begin at this EVSE. */
  expectedAt(evse: Evse): ChargingProfile | undefined
  hasPriority(transactionId: string): boolean
}

/** What the charging profiles of one 2.x station allow [2.0.1 K01, K08]. */
export class ProfileBounds implements LimitSource {
  readonly #station: Station2x
  readonly #profiles: InForce

  constructor(station: Station2x, profiles: InForce) {
    this.#station = station
    this.#profiles = profiles
  }

  /** @param choice undefined: the schedules that the EV follows */
  ownBound(evse: Evse, fromMs: number, atMs: number, choice?: number): Bound {
    const { followed, all, offlineSinceMs } = this.#profiles
    const { outlet } = evse
    const startedMs = pathClosings.existing(this.#station)?.of(evse) ?? fromMs
    const installed = followed.asFollowed(all, this.#transactionIdAt(evse), choice)
    const own = this.#transactionStack(evse, installed)
    const stacks = [own, stackAt(installed, 'ChargingStationExternalConstraints', evse.id)]
    const bound = boundAt(stacks, atMs, startedMs, { soc: outlet.soc, offlineSinceMs })
    const here = this.#generation(evse.id, atMs)
    const general = this.#generation(0, atMs)
    const users = Math.max(1, this.#station.sessions.open.length)
    const limit = this.#raised(this.#raised(bound.limit, here.limit), general.limit, 1 / users)
    return { ...bound, limit, untilMs: Math.min(bound.untilMs, here.untilMs, general.untilMs) }
  }

  evseBound(evse: Evse, wireMs: number): Bound {
    return this.ownBound(evse, wireMs, wireMs)
  }

  stationBound(wireMs: number): Bound {
    const { all, offlineSinceMs } = this.#profiles
    const bound = boundAt(stationStacks(all), wireMs, wireMs, { offlineSinceMs })
    const generation = this.#generation(0, wireMs)
    return {
      ...bound,
      limit: this.#raised(bound.limit, generation.limit),
      untilMs: Math.min(bound.untilMs, generation.untilMs),
    }
  }

  get switchesPhases(): boolean {
    return this.#station.model.flag('SmartChargingCtrlr.Phases3to1')
  }

  #transactionIdAt(evse: Evse): string | undefined {
    const { sessions } = this.#station
    return sessions.isOpen(evse) ? sessions.of(evse).transactionId : undefined
  }

  #transactionStack(evse: Evse, installed: readonly StoredProfile[]): Stack {
    const expected = this.#profiles.expectedAt(evse)
    if (expected) return [expected]
    const stack = transactionStack(installed, evse.id)
    const transactionId = this.#transactionIdAt(evse)
    return transactionId !== undefined && this.#profiles.hasPriority(transactionId)
      ? [...priorityStack(installed, evse.id), ...stack]
      : stack
  }

  #generation(place: number, atMs: number) {
    const { all, offlineSinceMs } = this.#profiles
    return prevailing(stackAt(all, 'LocalGeneration', place), atMs, atMs, { offlineSinceMs })
  }

  #raised(limit: Limit, extra: Limit | undefined, share = 1): Limit {
    const { voltage } = this.#station.services.template
    return extra ? raised(limit, extra, voltage, share) : limit
  }
}
