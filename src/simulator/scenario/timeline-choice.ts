import { Random } from '../../shared/random.ts'
import { counted } from './counted.ts'
import type { FleetPlan, TimelineEventPlan } from './plan.ts'

/** How many stations an event comes over. */
function stationsOf(event: TimelineEventPlan, fleets: readonly FleetPlan[]): number {
  const there = event.parts.reduce((sum, { fleet }) => sum + (fleets[fleet]?.count ?? 0), 0)
  const { take } = event
  if ('count' in take) return Math.min(there, take.count)
  // Where somebody is asked for somebody comes.
  return take.share === 0 ? 0 : Math.max(1, Math.round(there * take.share))
}

/**
 * The stations that an event comes over, by run-wide index, ascending: a pure function of seed, the
 * event's place in the timeline and the fleets, so that every worker finds the same.
 */
export function chosenStations(
  event: TimelineEventPlan,
  ordinal: number,
  seed: number,
  fleets: readonly FleetPlan[],
): readonly number[] {
  const all = event.parts.flatMap(({ fleet }) => {
    const { firstIndex = 0, count = 0 } = fleets[fleet] ?? {}
    return Array.from({ length: count }, (_, i) => firstIndex + i)
  })
  const wanted = stationsOf(event, fleets)
  if (wanted === all.length) return all
  const random = Random.stream(seed, 'timeline', ordinal)
  for (let i = 0; i < wanted; i += 1) {
    const other = random.int(i, all.length - 1)
    const here = all[i] ?? 0
    all[i] = all[other] ?? 0
    all[other] = here
  }
  return all.slice(0, wanted).sort((a, b) => a - b)
}

/** When the last event is over, simulated milliseconds since the day began. */
export function timelineEndMs(events: readonly TimelineEventPlan[]): number {
  return Math.max(0, ...events.map(({ atMs, forMs = 0, spreadMs }) => atMs + forMs + spreadMs))
}

/** One line for `--dry-run`. */
export function describeEvent(event: TimelineEventPlan, fleets: readonly FleetPlan[]): string {
  if ('count' in event.take) return event.label
  return `${event.label} (${counted(stationsOf(event, fleets), 'station')})`
}
