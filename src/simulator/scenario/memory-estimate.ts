import { onlyBoots } from '../executors/fleets.ts'
import { executorOf } from '../executors/registry.ts'
import { offeredPerSecond } from './describe-load.ts'
import type { FleetPlan, Plan } from './plan.ts'

const kibi = 1024
const mebi = 1024 * kibi

/*
 * Rounded up from the RSS of some sixty runs (Linux, Node 20), most of them of the shipped scenarios:
 *
 *   standing stations, city-50k              15 to 25 KiB each in a worker, 9 to 18 KiB in the CSMS
 *   the same over TLS, tls-1.3 with 10,000   1,106 MiB in a worker, 736 MiB in the CSMS
 *   a process before its first station       70 to 90 MiB
 *   20 stations, 15,000/s                    80 MiB: what is over at once costs nothing
 *   soak, 190/s for 10 min                   196 MiB in a worker
 *   connect-storm, 10,000 stations, 715/s    646 MiB in a worker
 *   load-10k, 5,000 stations, 10,000/s       240 MiB after 30 s, 340 to 505 after 80 s
 *   find-max, 1,000 stations, 11 minutes     516 MiB in a worker, 500 in the CSMS
 *
 * Beyond the stations it is V8's young generation, three halves of 128 MiB at most
 * (`platform/child-process`). It grows with what lives through a collection: CALLs under way, at most
 * one a station, and the more of them the higher the rate.
 */
export const bytesPerStation = 30 * kibi
export const bytesPerSession = 20 * kibi
export const tlsBytesPerStation = 60 * kibi
export const tlsBytesPerSession = 35 * kibi
export const bytesPerProcess = 100 * mebi
const mostYoungBytes = 3 * 128 * mebi
const youngBytesPerStation = 0.4 * mebi
const youngBytesPerRate = 0.4 * mebi

/** What traffic adds to a process with so many stations and exchanges per second. */
export function youngBytes(stations: number, exchangesPerSecond: number): number {
  return Math.min(
    mostYoungBytes,
    youngBytesPerStation * stations,
    youngBytesPerRate * exchangesPerSecond,
  )
}

/**
 * Exchanges per second that a run may come to. Where they follow the answers, scripts count one a
 * second and station; whoever goes as fast as the CSMS answers, or searches how fast that is, has no
 * bound.
 */
export function mostPerSecond(plan: Plan): number {
  const { executor, steadyMs = 0 } = plan.load
  const { model, schedule, curve } = executorOf(executor)
  if (schedule?.before !== undefined) return Infinity
  if (executor.name === 'constant-stations' && executor.options.mix !== undefined) return Infinity
  const playing = plan.fleets.filter((fleet) => !onlyBoots(fleet))
  const scripted = model === 'open' ? 0 : playing.reduce((sum, { count }) => sum + count, 0)
  const { unit, points = [] } = curve?.(executor.options, plan.fleets, steadyMs) ?? {}
  const commands = unit === 'commands/s' ? Math.max(...points.map(({ value }) => value)) : 0
  return offeredPerSecond(plan) + scripted + commands
}

/** Stations that use TLS: those of security profiles 2 and 3. */
export function encryptedStations(
  fleets: readonly Pick<FleetPlan, 'count' | 'security'>[],
): number {
  const encrypted = fleets.filter(({ security }) => (security?.profile ?? 0) >= 2)
  return encrypted.reduce((sum, { count }) => sum + count, 0)
}
