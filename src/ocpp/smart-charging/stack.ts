import type { ChargingProfile } from './charging-profile.ts'
import { type Limit, tighter, unlimited } from './limit.ts'
import { type Circumstances, type Stretch, scheduledAt } from './schedule.ts'

/** Profiles of which one prevails at a time, the one with the highest precedence first. */
export type Stack = readonly ChargingProfile[]

/** The limit that several stacks amount to, and until when. */
export interface Bound {
  readonly limit: Limit
  readonly untilMs: number
  /** 0 to 1: it changes before `untilMs` when the EV's battery gets there; absent: it does not. */
  readonly untilSoc?: number
}

/** The profile of a stack that counts at an instant, and what it says. */
export interface Prevailing extends Stretch {
  /** Undefined: none of them has anything to say. */
  readonly profile: ChargingProfile | undefined
}

/** The first of a stack that has something to say at this instant [1.6 3.13.2, 5.16.4]. */
export function prevailing(
  stack: Stack,
  atMs: number,
  startedMs: number,
  circumstances?: Circumstances,
): Prevailing {
  let untilMs = Number.POSITIVE_INFINITY
  for (const profile of stack) {
    const stretch = scheduledAt(profile, atMs, startedMs, circumstances)
    untilMs = Math.min(untilMs, stretch.untilMs)
    if (stretch.limit) return { ...stretch, profile, untilMs }
  }
  return { profile: undefined, limit: undefined, untilMs }
}

/** What the prevailing profiles of all stacks leave: their minimum [1.6 3.13.3]. */
export function boundAt(
  stacks: readonly Stack[],
  atMs: number,
  startedMs: number,
  circumstances?: Circumstances,
): Bound {
  let limit = unlimited
  let untilMs = Number.POSITIVE_INFINITY
  let untilSoc = Number.POSITIVE_INFINITY
  for (const stack of stacks) {
    const stretch = prevailing(stack, atMs, startedMs, circumstances)
    untilMs = Math.min(untilMs, stretch.untilMs)
    untilSoc = Math.min(untilSoc, stretch.untilSoc ?? untilSoc)
    if (stretch.limit) limit = tighter(limit, stretch.limit)
  }
  return { limit, untilMs, ...(Number.isFinite(untilSoc) && { untilSoc }) }
}
