import type { ChargingProfile } from './charging-profile.ts'
import { type Limit, tighter, unlimited } from './limit.ts'
import { type Stretch, scheduledAt } from './schedule.ts'

/** Profiles of which one prevails at a time, the one with the highest precedence first. */
export type Stack = readonly ChargingProfile[]

/** The limit that several stacks amount to, and until when. */
export interface Bound {
  readonly limit: Limit
  readonly untilMs: number
}

/** The first of a stack that has something to say at this instant [1.6 3.13.2, 5.16.4]. */
function prevailing(stack: Stack, atMs: number, startedMs: number): Stretch {
  let untilMs = Number.POSITIVE_INFINITY
  for (const profile of stack) {
    const stretch = scheduledAt(profile, atMs, startedMs)
    untilMs = Math.min(untilMs, stretch.untilMs)
    if (stretch.limit) return { limit: stretch.limit, untilMs }
  }
  return { limit: undefined, untilMs }
}

/** What the prevailing profiles of all stacks leave: their minimum [1.6 3.13.3]. */
export function boundAt(stacks: readonly Stack[], atMs: number, startedMs: number): Bound {
  let limit = unlimited
  let untilMs = Number.POSITIVE_INFINITY
  for (const stack of stacks) {
    const stretch = prevailing(stack, atMs, startedMs)
    untilMs = Math.min(untilMs, stretch.untilMs)
    if (stretch.limit) limit = tighter(limit, stretch.limit)
  }
  return { limit, untilMs }
}
