import { join } from 'node:path'
import { BenchProcess, sleep } from './bench-process.ts'
import { bin, here } from './measure.ts'
import type { TreeUsage } from './process-tree.ts'

/** A standing fleet of csms against csms' own CSMS, at the same offered rate whatever its size. */
export interface Standing {
  readonly stations: number
  readonly verdict: string
  readonly accepted: number
  readonly exchangesPerSecond: number
  readonly responseP99Ms: number | null
  /** All station processes and the coordinator; all CSMS processes. */
  readonly generator: Share
  readonly csms: Share
}

interface Share {
  readonly rssMib: number
  readonly cpuMicrosPerExchange: number
}

interface StandingReport {
  readonly verdict: string
  readonly stations: { readonly accepted: number }
  readonly exchanges: { readonly perSecond: number }
  readonly responseTimeMs: { readonly p99: number | null }
}

/** The CSMS processes of a run, by the module they were forked from. */
const isCsms = (command: string) => command.includes('/csms/')
const measuredSeconds = 10

/** Memory and processor time are looked at from outside, over 10 s of the steady window. */
export async function measureStanding(stations: number, out: string): Promise<Standing> {
  const args = [bin, 'simulate', join(here, 'standing.yaml'), '--stations', String(stations)]
  await using run = new BenchProcess(process.execPath, [...args, '--out', out, '--json'])
  await run.saysOnStderr(/^\S+ steady /m)
  const look = () => ({ generator: run.usage((one) => !isCsms(one)), csms: run.usage(isCsms) })
  const begin = look()
  await sleep(measuredSeconds)
  const end = look()
  const report = JSON.parse(await run.rest()) as StandingReport
  const exchanges = report.exchanges.perSecond * measuredSeconds
  const share = (before: TreeUsage, after: TreeUsage): Share => ({
    rssMib: after.rssBytes / 2 ** 20,
    cpuMicrosPerExchange: ((after.cpuSeconds - before.cpuSeconds) * 1e6) / exchanges,
  })
  return {
    stations,
    verdict: report.verdict,
    accepted: report.stations.accepted,
    exchangesPerSecond: report.exchanges.perSecond,
    responseP99Ms: report.responseTimeMs.p99,
    generator: share(begin.generator, end.generator),
    csms: share(begin.csms, end.csms),
  }
}
