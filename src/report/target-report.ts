import { rounded } from './figures.ts'
import { isWithin, type Span } from './generator-report.ts'
import type { TargetReport } from './result.ts'
import type { RunFacts } from './run-facts.ts'

/** What the target is, and what it used if it is our own. */
export function targetReport({ target }: RunFacts, judged: Span): TargetReport {
  const { url, embedded, usage } = target
  const shares = usage.filter(({ second }) => isWithin(second, judged))
  const mean = shares.reduce((sum, { cpuShare }) => sum + cpuShare, 0) / shares.length
  return {
    url,
    embedded,
    cpuShare: shares.length === 0 ? null : rounded(mean),
    maxRssBytes:
      usage.length === 0 ? null : usage.reduce((most, { rssBytes }) => Math.max(most, rssBytes), 0),
  }
}
