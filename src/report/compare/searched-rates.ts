import type { FindMaxReport, Report } from '../result.ts'
import type { Figure } from './figure.ts'

/** Rates nearer than this are the same load. */
const sameRate = 0.01

/** What two searches for the highest rate came to. */
export interface SearchedRates {
  /** Their figures were measured at different rates. */
  readonly areApart: boolean
  /**
   * The figures as they then can be judged: the rate alone, and a difference within the steps of the
   * searches is none. The same target is slower at a higher rate, and that is no change for the worse.
   */
  judged(pairs: readonly (readonly [Figure, Figure])[]): (readonly [Figure, Figure])[]
}

/** Undefined where not both are searches that found a rate. */
export function searchedRates(before: Report, after: Report): SearchedRates | undefined {
  const [from, to] = [before.findMax?.sustainedPerSecond, after.findMax?.sustainedPerSecond]
  if (!from || !to || !before.findMax || !after.findMax) return undefined
  const least = Math.max(stepOf(before.findMax, from), stepOf(after.findMax, to))
  const own = (figure: Figure): Figure => {
    if (figure.metric === 'rate') return { ...figure, least: Math.max(figure.least, least) }
    const silence = 'the searches measured it at the different rates that they found'
    return { ...figure, noise: undefined, silence }
  }
  return {
    areApart: Math.abs(Math.log(to / from)) > sameRate,
    judged: (pairs) => pairs.map(([a, b]) => [own(a), own(b)]),
  }
}

/** How far the lowest rate that broke lies above the one that held, as a part of it. */
function stepOf({ probes }: FindMaxReport, found: number): number {
  const broke = probes
    .filter(({ verdict, offeredPerSecond }) => verdict === 'broke' && offeredPerSecond > found)
    .map(({ offeredPerSecond }) => offeredPerSecond)
  return broke.length === 0 ? 0 : Math.min(...broke) / found - 1
}
