import type { Random } from '../../shared/random.ts'
import type { StationSettings } from './behaviour.ts'

/**
 * How long to wait before the next attempt to connect, real ms: the minimum, doubled per failure at
 * most `backOffRepeats` times and then constant, plus a fresh random share each time
 * [2.0.1 Part 4 5.3 RetryBackOffWaitMinimum, RetryBackOffRepeatTimes, RetryBackOffRandomRange].
 * 1.6 leaves the wait open; its stations do the same with the same names as vendor keys.
 *
 * @param failures attempts that failed since the last open connection
 */
export function backOffMs(settings: StationSettings, failures: number, random: Random): number {
  const doublings = Math.min(failures, settings.backOffRepeats)
  return settings.backOffMinimumMs * 2 ** doublings + random.between(0, settings.backOffRandomMs)
}

/**
 * After an outage: how long until the next attempt that the station makes, real ms, and how many have
 * failed by then.
 *
 * @param awayMs how long the network was away
 */
export function nextAttempt(
  settings: StationSettings,
  awayMs: number,
  random: Random,
): { readonly waitMs: number; readonly failures: number } {
  let atMs = 0
  for (let failures = 0; ; failures += 1) {
    // Who waits for nothing tries all the time.
    const waitMs = Math.max(1, backOffMs(settings, failures, random))
    atMs += waitMs
    if (atMs >= awayMs) return { waitMs: Math.min(waitMs, atMs - awayMs), failures }
  }
}
