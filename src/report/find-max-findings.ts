import { type ExitCode, exitCodes } from '../shared/exit-codes.ts'
import { showRate } from './figures.ts'
import type { FindMaxReport } from './result.ts'

/** What speaks against a pass: no rate held. Finding where the target breaks is what was asked for. */
export function findMaxGrounds(
  findMax: FindMaxReport | undefined,
): { readonly code: ExitCode; readonly reason: string }[] {
  if (!findMax || findMax.sustainedPerSecond !== null) return []
  const { limitedBy, brokeFirst, probes } = findMax
  const lowest = Math.min(...probes.map(({ offeredPerSecond }) => offeredPerSecond))
  if (limitedBy === null) {
    return [{ code: exitCodes.thresholdFailed, reason: 'no sustained rate was found' }]
  }
  const code = limitedBy === 'generator' ? exitCodes.generatorLimited : exitCodes.thresholdFailed
  return [{ code, reason: `not even ${showRate(lowest)} was sustained: ${brokeFirst}` }]
}

/** What must be known of a rate that was found. */
export function findMaxWarnings(findMax: FindMaxReport | undefined): string[] {
  if (!findMax || findMax.sustainedPerSecond === null || findMax.limitedBy !== 'generator') {
    return []
  }
  return [
    `find-max: this machine was the limit (${findMax.brokeFirst}); the target may sustain more than shown`,
  ]
}
