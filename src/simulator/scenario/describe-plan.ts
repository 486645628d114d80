import { formatClockTime } from '../../document/clock-time.ts'
import { formatQuantity } from '../../document/units.ts'
import { executorOf } from '../executors/registry.ts'
import { showRate, showTime } from '../executors/stages.ts'
import { describeArrivals } from './arrivals-plan.ts'
import { counted, thousands } from './counted.ts'
import { describeLoad, loadCurveRows, peakStations } from './describe-load.ts'
import { estimateSimulatedMs } from './estimate.ts'
import {
  bytesPerProcess,
  bytesPerStation,
  encryptedStations,
  mostPerSecond,
  tlsBytesPerStation,
  youngBytes,
} from './memory-estimate.ts'
import type { FleetPlan, Plan } from './plan.ts'
import { expandStation } from './station-identity.ts'
import { describeEvent } from './timeline-choice.ts'
import { describeTraits } from './traits-plan.ts'

/** What `--dry-run` prints: what the plan comes to, without running it. */
export function describePlan(plan: Plan): string {
  const stations = stationsOf(plan)
  const rows: (readonly [string, string])[] = [
    ['Scenario', `${plan.name}, seed ${plan.seed}, speed ${plan.speed}`],
    ...(plan.description === '' ? [] : [['', plan.description.trim()] as const]),
    ...plan.vars.map((text, i) => [i === 0 ? 'Vars' : '', text] as const),
    ['Stations', `${counted(stations, 'station')} in ${counted(plan.fleets.length, 'fleet')}`],
    ...plan.fleets.map((fleet) => ['', describeFleet(fleet)] as const),
    ['Connections', `${thousands(peakStations(plan))} at the peak, ${ramp(plan)}`],
    ['Load', describeLoad(plan)],
    ...loadCurveRows(plan),
    ['Windows', describeWindows(plan)],
    ...arrivalRows(plan),
    ...timelineRows(plan),
    ...simulatedRows(plan),
    ['Memory', `up to ${memory(plan)} for the stations, an estimate`],
    ['Tokens', `${counted(stations, 'own token')}, ${thousands(plan.tokens.length)} more`],
    ...plan.thresholds.map(
      ({ selector, expression }, i) =>
        [i === 0 ? 'Thresholds' : '', `${selector}: ${expression}`] as const,
    ),
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, text]) => `${label.padEnd(width)}  ${text}\n`).join('')
}

function arrivalRows({ fleets, load, speed }: Plan): readonly (readonly [string, string])[] {
  const { warmupMs, steadyMs = 0 } = load
  return fleets
    .flatMap((fleet) => describeArrivals(fleet, (warmupMs + steadyMs) * speed) ?? [])
    .map((text, i) => [i === 0 ? 'Arrivals' : '', text] as const)
}

/** None where nobody knows: a search takes as long as it takes. */
function simulatedRows(plan: Plan): readonly (readonly [string, string])[] {
  if (executorOf(plan.load.executor).schedule?.before !== undefined) return []
  const ms = estimateSimulatedMs(plan)
  const length = ms < 1000 ? 'less than 1s' : `about ${showTime(ms)} at most`
  return [['Simulated', `${length}, an estimate`]]
}

/** Events that are shown; the number of all is told. */
const mostEvents = 20

function timelineRows(plan: Plan): readonly (readonly [string, string])[] {
  const { timeline, fleets, startsAtMs } = plan
  const texts = timeline.slice(0, mostEvents).map((event) => describeEvent(event, fleets))
  if (timeline.length > mostEvents) texts.push(`and ${timeline.length - mostEvents} more`)
  if (texts.length > 0) texts.unshift(`the day begins at ${formatClockTime(startsAtMs)}`)
  return texts.map((text, i) => [i === 0 ? 'Timeline' : '', text] as const)
}

function stationsOf({ fleets }: Plan): number {
  return fleets.reduce((sum, { count }) => sum + count, 0)
}

function describeFleet(fleet: FleetPlan): string {
  const { name, count, version, station, security, connection, traits } = fleet
  const [first, last] = [expandStation(fleet, 0).id, expandStation(fleet, count - 1).id]
  const ids = count === 1 ? first : `${first} to ${last}`
  const connectors = station.evses.reduce((sum, evse) => sum + evse.connectors.length, 0)
  const watts = Math.max(...station.evses.map(({ maxPowerW }) => maxPowerW))
  const power = formatQuantity({ dimension: 'power', value: watts })
  const plugs = `${counted(connectors, 'connector')} of up to ${power}`
  const profile = security ? `, security profile ${security.profile}` : ''
  const compressed = connection?.compression ? ', compressed' : ''
  const awkward = traits ? `, ${describeTraits(traits)}` : ''
  return `${name}: ${thousands(count)} ${version}, ${ids}, ${plugs} each${profile}${compressed}${awkward}`
}

function ramp({ load }: Plan): string {
  const { ratePerSecond, inFlight } = load.connect
  const atOnce = `at most ${thousands(inFlight)} under way`
  if (ratePerSecond === undefined) return `opened as fast as they are accepted, ${atOnce}`
  return `${showRate(ratePerSecond)} during the ramp, ${atOnce}`
}

function describeWindows({ load }: Plan): string {
  const { warmupMs, steadyMs, gracefulStopMs, drainMs } = load
  const before = executorOf(load.executor).schedule?.before
  if (steadyMs === undefined) return 'until the scripts are done; figures cover the whole run'
  const parts = [
    ...(warmupMs > 0 ? [`warm-up ${showTime(warmupMs)}`] : []),
    ...(before === undefined ? [] : [before]),
    `steady ${showTime(steadyMs)}`,
    ...(gracefulStopMs > 0 ? [`scripts may take ${showTime(gracefulStopMs)} more`] : []),
    `drain up to ${showTime(drainMs)}`,
  ]
  return parts.join(', ')
}

/** As one worker takes. */
function memory(plan: Plan): string {
  const stations = peakStations(plan)
  const standing = stations * bytesPerStation + encryptedStations(plan.fleets) * tlsBytesPerStation
  const young = youngBytes(stations, mostPerSecond(plan))
  const mebibytes = (bytesPerProcess + standing + young) / 1024 / 1024
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`
}
