import { showCount, showSeconds } from '../figures.ts'
import type { Report } from '../result.ts'

/** What stands against comparing two runs. */
export interface Comparability {
  /** The numbers of these runs mean different things. */
  readonly refusals: readonly string[]
  /** They mean the same, but something else than the target may have changed them. */
  readonly warnings: readonly string[]
}

/** How much longer one window may be. */
const mostLonger = 1.1

/** Tells what is different about two runs besides their figures. */
export function comparabilityOf(before: Report, after: Report): Comparability {
  return {
    refusals: [
      ...verdictRefusals(before, 'before'),
      ...verdictRefusals(after, 'after'),
      ...scenarioRefusals(before, after),
      ...windowRefusals(before, after),
      ...searchRefusals(before, 'before'),
      ...searchRefusals(after, 'after'),
    ],
    warnings: [...machineWarnings(before, after), ...setupWarnings(before, after)],
  }
}

function verdictRefusals({ verdict, reasons }: Report, which: string): string[] {
  if (verdict === 'invalid') {
    return [`the run ${which} is INVALID: ${reasons[0] ?? 'the generator was the limit'}`]
  }
  if (verdict === 'aborted') return [`the run ${which} was cut short: ${reasons[0] ?? 'aborted'}`]
  return []
}

function scenarioRefusals(before: Report, after: Report): string[] {
  const refusals: string[] = []
  if (before.scenario.hash !== after.scenario.hash) {
    const [from, to] = [before.scenario.file, after.scenario.file]
    refusals.push(`the scenarios differ (${from === to ? `${from} was edited` : `${from}, ${to}`})`)
  }
  const [stations, others] = [before.stations.requested, after.stations.requested]
  if (stations !== others) {
    refusals.push(`${showCount(stations)} stations before, ${showCount(others)} after`)
  }
  const [fleets, otherFleets] = [fleetsOf(before), fleetsOf(after)]
  if (fleets !== otherFleets) refusals.push(`${fleets} before, ${otherFleets} after`)
  const [speed, otherSpeed] = [before.scenario.speed, after.scenario.speed]
  if (speed !== otherSpeed) {
    refusals.push(`speed ${speed} before, ${otherSpeed} after: another load in the same time`)
  }
  if (before.model !== after.model) {
    refusals.push(`the load was ${before.model} before and is ${after.model} after`)
  }
  return refusals
}

/** Who speaks what; how many there are is told apart. */
function fleetsOf({ fleets }: Report): string {
  return fleets.map(({ name, version }) => `${name} ${version}`).join(', ')
}

function searchRefusals({ findMax }: Report, which: string): string[] {
  if (findMax?.sustainedPerSecond !== null) return []
  return [`the search ${which} found no rate that held: its figures are those of all its probes`]
}

function windowRefusals(before: Report, after: Report): string[] {
  if (before.window.headline !== after.window.headline) {
    return ['the figures of one run cover its steady window, those of the other all of it']
  }
  const [from, to] = [headlineSeconds(before), headlineSeconds(after)]
  if (Math.max(from, to) <= mostLonger * Math.min(from, to)) return []
  // A run without windows takes as long as it takes: a slow target makes it longer.
  if (before.window.headline === 'run') return []
  return [`figures cover ${showSeconds(from)} before and ${showSeconds(to)} after`]
}

function headlineSeconds({ window }: Report): number {
  return window.headline === 'steady' ? window.steadySeconds : window.totalSeconds
}

function machineWarnings(before: Report, after: Report): string[] {
  const [from, to] = [before.environment, after.environment]
  const warnings: string[] = []
  const differs = (what: string, a: string | number, b: string | number): void => {
    if (a !== b) warnings.push(`${what}: ${a} before, ${b} after`)
  }
  differs('another machine', machineOf(before), machineOf(after))
  differs('another operating system', from.os, to.os)
  differs('another Node', from.nodeVersion, to.nodeVersion)
  differs('another csms', from.csmsVersion, to.csmsVersion)
  if (from.coLocated !== to.coLocated) {
    const which = from.coLocated ? 'before' : 'after'
    warnings.push(`only the run ${which} shared its machine with the target`)
  }
  return warnings
}

function machineOf({ environment: { cpu, cores, memoryBytes } }: Report): string {
  return `${cpu}, ${cores} cores, ${Math.round(memoryBytes / 2 ** 30)} GiB`
}

function setupWarnings(before: Report, after: Report): string[] {
  const warnings: string[] = []
  if (before.runId === after.runId) warnings.push('before and after are the same run')
  if (before.target.embedded !== after.target.embedded) {
    const which = before.target.embedded ? 'before' : 'after'
    warnings.push(`only the run ${which} had the embedded CSMS as its target`)
  }
  const differs = (what: string, a: number, b: number): void => {
    if (a !== b) warnings.push(`${what} ${a} before, ${b} after`)
  }
  differs('seed', before.scenario.seed, after.scenario.seed)
  differs('workers:', before.generator.workers, after.generator.workers)
  for (const [{ verdict, reasons }, which] of [
    [before, 'before'],
    [after, 'after'],
  ] as const) {
    if (verdict === 'fail') warnings.push(`the run ${which} failed: ${reasons[0] ?? ''}`)
  }
  return warnings
}
