import { readMachine } from '../platform/machine.ts'
import { packageVersion } from '../platform/package-version.ts'
import { timerGranularityMs } from '../platform/timer-granularity.ts'
import type { EnvironmentFacts } from '../report/run-facts.ts'

const ownHosts = /^(localhost|\[?::1\]?|127\.\d+\.\d+\.\d+)$/

/** Where a run happened, for the report. */
export async function readEnvironment(targetUrls: readonly string[]): Promise<EnvironmentFacts> {
  const { nodeVersion, os, cpu, cores, memoryBytes, openFilesLimit } = readMachine()
  return {
    csmsVersion: packageVersion(),
    nodeVersion,
    os,
    cpu,
    cores,
    memoryBytes,
    coLocated: targetUrls.some((url) => ownHosts.test(new URL(url).hostname)),
    openFilesLimit,
    timerGranularityMs: await timerGranularityMs(),
  }
}
