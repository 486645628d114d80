import { showCount, showCountOf } from './figures.ts'
import type { RunFacts } from './run-facts.ts'

/** Distinct stations that tried to connect and were never accepted. */
export function neverAccepted({ metrics }: Pick<RunFacts, 'metrics'>): number {
  return metrics.stations.reduce((sum, one) => sum + Math.max(0, one.tried - one.accepted), 0)
}

/**
 * What stations that were never accepted mean for a run of load, one sentence: traffic that begins
 * with a station's acceptance was never offered, so that no other figure shows that it is missing.
 * Undefined where none are missing, and for scripts that are played once: they tell it themselves.
 */
export function missingLoad(
  facts: Pick<RunFacts, 'metrics' | 'model' | 'windows'>,
): string | undefined {
  const missing = neverAccepted(facts)
  const isLoad = facts.model !== 'closed' || facts.windows.some(({ phase }) => phase === 'steady')
  if (missing === 0 || !isLoad) return undefined
  const tried = facts.metrics.stations.reduce((sum, one) => sum + one.tried, 0)
  const who = `${showCount(missing)} of ${showCountOf(tried, 'station')}`
  return `${who} ${missing === 1 ? 'was' : 'were'} never accepted: the load they were to bring is missing`
}
