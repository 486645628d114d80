import { leastSustainedSeconds } from '../metrics/sustained.ts'
import { busiestCpuShare } from '../metrics/validity.ts'
import { type ExitCode, exitCodes } from '../shared/exit-codes.ts'
import { showCountOf, showRate, showSeconds } from './figures.ts'
import type { FindMaxReport } from './result.ts'
import type { RunFacts } from './run-facts.ts'

/** What speaks against a pass: no rate held. Finding where the target breaks is what was asked for. */
export function findMaxGrounds(
  findMax: FindMaxReport | undefined,
): { readonly code: ExitCode; readonly reason: string }[] {
  if (!findMax || findMax.sustainedPerSecond !== null) return []
  const { limitedBy, brokeFirst } = findMax
  const code = limitedBy === 'generator' ? exitCodes.generatorLimited : exitCodes.thresholdFailed
  const why = brokeFirst === null ? '' : `: ${brokeFirst}`
  return [{ code, reason: `${whatHeld(findMax)}${why}` }]
}

/** Of a search that confirmed nothing, also because it was cut short. */
function whatHeld({ probes }: FindMaxReport): string {
  if (probes.length === 0) return 'no sustained rate was found'
  const held = probes.filter(({ verdict }) => verdict === 'held')
  const rates = (held.length > 0 ? held : probes).map(({ offeredPerSecond }) => offeredPerSecond)
  return held.length > 0
    ? `no rate was confirmed, though ${showRate(Math.max(...rates))} held in a probe`
    : `not even ${showRate(Math.min(...rates))} was sustained`
}

/** Of all cores: with less to spare, processes wait for each other. */
const fullMachine = 0.9

/** What must be known of a rate that was found. */
export function findMaxWarnings(facts: RunFacts): string[] {
  const { findMax, windows, environment } = facts
  if (!findMax || findMax.sustainedPerSecond === null) return []
  const { limitedBy, brokeFirst } = findMax
  const warnings: string[] = []
  const steady = windows.find(({ phase }) => phase === 'steady')?.seconds ?? 0
  if (steady < leastSustainedSeconds) {
    const held = `${showSeconds(steady)}, not ${showSeconds(leastSustainedSeconds)}`
    warnings.push(`find-max: the rate was held for ${held}: whether it is sustained is not known`)
  }
  if (limitedBy === 'generator') {
    warnings.push(
      `find-max: this machine was the limit (${brokeFirst}); the target may sustain more than shown`,
    )
  } else if (limitedBy !== null && coresUsed(facts) > fullMachine * environment.cores) {
    const used = `${coresUsed(facts).toFixed(1)} of ${showCountOf(environment.cores, 'core')}`
    warnings.push(
      `find-max: stations and CSMS together used ${used}: on a machine of its own the target may sustain more`,
    )
  }
  return warnings
}

/** Workers and embedded CSMS together, the highest mean over any 10 s. */
function coresUsed({ workers, target }: RunFacts): number {
  const together = new Map<number, number>()
  for (const { second, cpuShare } of [
    ...workers.flatMap(({ health }) => health),
    ...target.usage,
  ]) {
    const at = Math.floor(second)
    together.set(at, (together.get(at) ?? 0) + cpuShare)
  }
  const samples = [...together].map(([second, cpuShare]) => ({ worker: '', second, cpuShare }))
  return busiestCpuShare(samples).get('') ?? 0
}
