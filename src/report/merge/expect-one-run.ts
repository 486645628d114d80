import { type CsmsError, csmsError } from '../../shared/errors.ts'
import type { RunFacts } from '../run-facts.ts'
import type { Runner } from './merge-facts.ts'

/**
 * The facts of the first runner, where all of them can have been runners of one run.
 *
 * @throws CSMS_REPORTS_NOT_MERGEABLE
 */
export function expectOneRun(runners: readonly Runner[]): RunFacts {
  const [first, ...others] = runners
  if (!first || others.length === 0) throw refusal('it takes two or more')
  const seen = new Map<string, string>()
  remember(seen, first)
  for (const runner of others) {
    remember(seen, runner)
    const { name, facts } = runner
    const difference = differenceOf(first.facts, facts)
    if (difference !== undefined) throw refusal(`${first.name} and ${name} ${difference}`)
  }
  const searched = runners.find(({ facts }) => facts.findMax !== undefined)
  if (searched) throw refusal(`${searched.name} searched for a rate of its own (find-max)`)
  return first.facts
}

/** A report that was merged already holds the runs of several. */
function remember(seen: Map<string, string>, { name, facts }: Runner): void {
  for (const runId of facts.runId.split('+')) {
    const twin = seen.get(runId)
    if (twin !== undefined) throw refusal(`${twin} and ${name} hold the same run (${runId})`)
    seen.set(runId, name)
  }
}

function differenceOf(first: RunFacts, other: RunFacts): string | undefined {
  if (first.scenario.hash !== other.scenario.hash) return 'have different scenarios'
  if (first.scenario.speed !== other.scenario.speed) return 'have different speeds'
  if (first.model !== other.model) return 'have different load models'
  if (thresholdsOf(first) !== thresholdsOf(other)) return 'have different thresholds'
  return isApart(spanOf(first), spanOf(other)) ? 'ran at different times' : undefined
}

function thresholdsOf({ thresholds }: RunFacts): string {
  return thresholds
    .map(({ selector, expression, during }) => {
      return `${selector} ${expression} ${JSON.stringify(during ?? null)}`
    })
    .join('\n')
}

interface Span {
  readonly from: number
  readonly to: number
}

function spanOf({ startedAt, windows }: RunFacts): Span {
  const from = Date.parse(startedAt)
  return { from, to: from + windows.reduce((sum, { seconds }) => sum + seconds * 1000, 0) }
}

function isApart(a: Span, b: Span): boolean {
  return a.to <= b.from || b.to <= a.from
}

function refusal(reason: string): CsmsError {
  return csmsError('CSMS_REPORTS_NOT_MERGEABLE', { reason })
}
