import type { ChargingSchedule } from './charging-profile.ts'

/**
 * The schedule with every period but the first begun later by a delay of its own. A period that
 * would begin only when a later one has begun, or the schedule is over, is left out
 * [2.1 K01.FR.93, FR.97].
 *
 * @param delayMs draws one
 */
export function randomized(schedule: ChargingSchedule, delayMs: () => number): ChargingSchedule {
  const delayed = schedule.periods.map((period, at) =>
    at === 0 ? period : { ...period, startMs: period.startMs + delayMs() },
  )
  const periods = delayed.filter(
    ({ startMs }, at) =>
      startMs < schedule.durationMs &&
      delayed.slice(at + 1).every((next) => startMs < next.startMs),
  )
  return { ...schedule, periods }
}
