import { counted, thousands } from './counted.ts'
import { estimateSimulatedMs } from './estimate.ts'
import type { FleetPlan, Plan } from './plan.ts'
import { expandStation } from './station-identity.ts'
import { formatQuantity } from './units.ts'

/** Goal for the generator's memory per connected station, and a worker before its first one. */
const bytesPerStation = 30 * 1024
const bytesBefore = 100 * 1024 * 1024

/** What `--dry-run` prints: what the plan comes to, without running it. */
export function describePlan(plan: Plan): string {
  const stations = stationsOf(plan)
  const rows: (readonly [string, string])[] = [
    ['Scenario', `${plan.name}, seed ${plan.seed}, speed ${plan.speed}`],
    ...(plan.description === '' ? [] : [['', plan.description.trim()] as const]),
    ['Stations', `${counted(stations, 'station')} in ${counted(plan.fleets.length, 'fleet')}`],
    ...plan.fleets.map((fleet) => ['', describeFleet(fleet)] as const),
    ['Connections', `${thousands(stations)} at the peak, ${ramp(plan)}`],
    ['Load', describeLoad(plan)],
    ['Windows', describeWindows(plan)],
    ['Simulated', `about ${span(estimateSimulatedMs(plan))} at most, an estimate`],
    ['Memory', `about ${memory(stations)} for the stations, an estimate`],
    ['Tokens', `${counted(stations, 'own token')}, ${thousands(plan.tokens.length)} more`],
    ...plan.thresholds.map(
      ({ selector, expression }, i) =>
        [i === 0 ? 'Thresholds' : '', `${selector}: ${expression}`] as const,
    ),
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, text]) => `${label.padEnd(width)}  ${text}\n`).join('')
}

function stationsOf({ fleets }: Plan): number {
  return fleets.reduce((sum, { count }) => sum + count, 0)
}

function describeFleet(fleet: FleetPlan): string {
  const { name, count, version, station } = fleet
  const [first, last] = [expandStation(fleet, 0).id, expandStation(fleet, count - 1).id]
  const ids = count === 1 ? first : `${first} to ${last}`
  const connectors = station.evses.reduce((sum, evse) => sum + evse.connectors.length, 0)
  const watts = Math.max(...station.evses.map(({ maxPowerW }) => maxPowerW))
  const power = formatQuantity({ dimension: 'power', value: watts })
  const plugs = `${counted(connectors, 'connector')} of up to ${power}`
  return `${name}: ${thousands(count)} ${version}, ${ids}, ${plugs} each`
}

function ramp({ load }: Plan): string {
  const { ratePerSecond } = load.connect
  if (ratePerSecond === undefined) return 'opened as fast as they are accepted'
  return `${formatQuantity({ dimension: 'rate', value: ratePerSecond })} during the ramp`
}

function describeLoad(plan: Plan): string {
  const offered = offeredPerSecond(plan)
  const open =
    offered === 0
      ? ''
      : `open model, ${thousands(offered)} exchanges/s (${thousands(offered * 2)} messages/s) offered`
  if (plan.load.executor === 'constant-stations') {
    const work = plan.load.mix ? mixText(plan.load.mix) : 'the script again and again'
    return [`closed model, each station does ${work}`, open].filter(Boolean).join('; ')
  }
  return ['each station plays its script once', open].filter(Boolean).join('; ')
}

function mixText(mix: Readonly<Record<string, number>>): string {
  const total = Object.values(mix).reduce((sum, weight) => sum + weight, 0)
  const parts = Object.entries(mix).map(
    ([action, weight]) => `${Number(((100 * weight) / total).toPrecision(3))} % ${action}`,
  )
  return parts.join(', ')
}

/** What the traffic of all fleets adds up to, CALLs per second. */
export function offeredPerSecond({ fleets }: Plan): number {
  let sum = 0
  for (const { count, traffic } of fleets) {
    for (const { everyMs, ratePerSecond } of traffic) {
      sum += everyMs === undefined ? (ratePerSecond ?? 0) : (count * 1000) / everyMs
    }
  }
  return sum
}

function describeWindows({ load }: Plan): string {
  const { warmupMs, steadyMs, drainMs } = load
  if (steadyMs === undefined) return 'until the scripts are done; figures cover the whole run'
  const parts = [
    ...(warmupMs > 0 ? [`warm-up ${span(warmupMs)}`] : []),
    `steady ${span(steadyMs)}`,
    `drain up to ${span(drainMs)}`,
  ]
  return parts.join(', ')
}

function span(ms: number): string {
  return formatQuantity({ dimension: 'duration', value: ms })
}

function memory(stations: number): string {
  const mebibytes = (bytesBefore + stations * bytesPerStation) / 1024 / 1024
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`
}
