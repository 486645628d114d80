import { showCountOf, showSeconds } from '../report/figures.ts'
import type { RunSetup } from './run-setup.ts'

/** Sentences that people should know before a run begins. */
export function openingNotes(
  setup: RunSetup,
  urls: readonly string[],
  embedded: boolean,
): string[] {
  const { runId, stations, workers } = setup
  const where = `target ${urls.map(shownUrl).join(', ')}${embedded ? ' (embedded)' : ''}`
  return [
    `Run ${runId}: ${showCountOf(stations, 'station')}, ${showCountOf(workers, 'worker')}, ${where}.`,
    ...(embedded ? [] : clockNotes(setup)),
  ]
}

/** What the wire clocks of a run faster than life show to a target that lives at speed 1. */
function clockNotes({ plan, options, backdateMs }: RunSetup): string[] {
  const { speed } = plan
  if (speed === 1) return []
  const past = showSeconds(backdateMs / 1000)
  return [
    options.backdate
      ? `At speed ${speed} the stations' clocks begin ${past} in the past, so that nothing they report lies in the future (--backdate off to prevent it).`
      : `At speed ${speed} the stations' clocks run ahead of the target's: what they report lies in the future.`,
  ]
}

/** A URL without its credentials. */
export function shownUrl(url: string): string {
  return url.replace(/:\/\/[^/]*@/, '://')
}
