import { lengthOf, meanOver } from '../metrics/bounded-samples.ts'
import { rounded } from './figures.ts'
import { isWithin, type Span } from './generator-report.ts'
import type { TargetReport } from './result.ts'
import type { RunFacts } from './run-facts.ts'

/** What the target is, and what it used if it is our own. */
export function targetReport({ target }: RunFacts, judged: Span): TargetReport {
  const { url, embedded, usage } = target
  const within = usage.filter((sample) => isWithin(sample.second, judged, lengthOf(sample)))
  const mean = meanOver(within, ({ cpuShare }) => cpuShare)
  return {
    url,
    embedded,
    cpuShare: mean === null ? null : rounded(mean),
    maxRssBytes:
      usage.length === 0 ? null : usage.reduce((most, { rssBytes }) => Math.max(most, rssBytes), 0),
  }
}
