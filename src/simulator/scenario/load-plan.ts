import { checkAction, isNeutralAction } from './fields/actions.ts'
import type { ValueOf } from './fields/collections.ts'
import type { FleetPlan, LoadPlan, TrafficPlan } from './plan.ts'
import type { Reader } from './reader.ts'
import type { FleetDraft } from './sections/fleet.ts'
import type { load } from './sections/load.ts'
import { entryOf, type MapNode, type SourceNode } from './source-node.ts'

/** How long outstanding answers may take where the file does not say. */
const standardDrainMs = 10_000

/** Of `--duration`, at most this share is warm-up. */
const largestWarmupShare = 0.2

const windowNames = ['warmup', 'steady', 'drain'] as const
type Windows = Readonly<Record<(typeof windowNames)[number], number | undefined>>
type LoadGiven = ValueOf<(typeof load)['shape']> | undefined

/** What of the file says how load arrives. */
export interface LoadSections extends Windows {
  readonly load: LoadGiven
  readonly fleets: readonly FleetDraft[]
}

/** @param durationMs of the command line: steady plus warm-up, in place of the file's */
export function loadPlan(given: LoadSections, durationMs: number | undefined): LoadPlan {
  const warmup = given.warmup ?? given.load?.warmup ?? 0
  const steady = given.steady ?? given.load?.steady
  const cut = durationMs === undefined ? warmup : Math.min(warmup, durationMs * largestWarmupShare)
  return {
    executor: given.load?.executor === 'constant-stations' ? 'constant-stations' : 'once',
    mix: given.load?.executor === 'constant-stations' ? given.load.mix : undefined,
    connect: {
      ratePerSecond: given.load?.connect.rate,
      jitterMs: given.load?.connect.jitter ?? 0,
    },
    warmupMs: cut,
    steadyMs: durationMs === undefined ? steady : durationMs - cut,
    drainMs: given.drain ?? given.load?.drain ?? standardDrainMs,
  }
}

/** The CALLs of `constant-call-rate` as traffic of this fleet, by its share of the stations. */
export function callRateTraffic(
  given: LoadGiven,
  fleet: FleetPlan,
  fleets: readonly FleetPlan[],
): readonly TrafficPlan[] {
  const { executor, mix, rate } = given ?? {}
  if (executor !== 'constant-call-rate' || mix === undefined || rate === undefined) return []
  const stations = fleets.reduce((sum, { count }) => sum + count, 0)
  const weights = Object.values(mix).reduce((sum, weight) => sum + weight, 0)
  return Object.entries(mix).flatMap(([call, weight]) => {
    if (weight === 0) return []
    const ratePerSecond = (rate * weight * fleet.count) / (weights * stations)
    return {
      call,
      payload: undefined,
      everyMs: undefined,
      ratePerSecond,
      backlog: 'queue' as const,
    }
  })
}

/** What no single key can tell: whether load, windows and fleets go together. */
export function checkLoad(
  given: LoadSections,
  plan: LoadPlan,
  root: MapNode,
  reader: Reader,
): void {
  const section = entryOf(root, 'load')?.value
  for (const name of windowNames) {
    const [here, there] = [entryOf(root, name), section?.kind === 'map' && entryOf(section, name)]
    if (here && there) {
      reader.report(there.keySpan, `"${name}" is said twice: at the top of the file and in "load".`)
    }
  }
  if (given.load && section?.kind === 'map') checkExecutor(given.load, section, reader)
  if (given.load?.mix && section?.kind === 'map') checkMix(section, given.fleets, reader)
  checkWork(given, plan, reader)
}

function checkExecutor(given: NonNullable<LoadGiven>, section: MapNode, reader: Reader): void {
  const { executor, rate, mix } = given
  const at = (key: string) => entryOf(section, key)?.keySpan ?? section.span
  if (executor === 'constant-call-rate') {
    if (rate === undefined) reader.report(section.span, 'constant-call-rate needs "rate".')
    if (mix === undefined) reader.report(section.span, 'constant-call-rate needs "mix".')
  } else if (rate !== undefined) {
    reader.report(at('rate'), `"rate" goes with constant-call-rate, not with ${executor}.`)
  }
  if (executor === 'once' && mix !== undefined) {
    const message = '"mix" goes with constant-stations or constant-call-rate, not with once.'
    reader.report(at('mix'), message)
  } else if (mix !== undefined && !Object.values(mix).some((weight) => weight > 0)) {
    reader.report(at('mix'), 'At least one weight must be above 0.')
  }
}

/** Every fleet draws from the mix: its actions must be those of every version. */
function checkMix(section: MapNode, fleets: readonly FleetDraft[], reader: Reader): void {
  const mix = entryOf(section, 'mix')?.value
  if (mix?.kind !== 'map') return
  for (const { version, station } of fleets) {
    const scope = { version, evses: station.evses, saved: new Set<string>(), used: [] }
    reader.within(scope, () => {
      for (const { key, keySpan } of mix.entries) {
        if (!isNeutralAction(key)) checkAction(key, keySpan, 'station', reader)
      }
    })
  }
}

function checkWork(given: LoadSections, plan: LoadPlan, reader: Reader): void {
  const executor = given.load?.executor ?? 'once'
  const hasMix = executor !== 'once' && given.load?.mix !== undefined
  for (const { node, name, hasScript, traffic } of given.fleets) {
    if (hasScript || traffic.length > 0 || hasMix) continue
    reader.report(firstKey(node), `Fleet "${name}" does nothing: it needs "script" or "traffic".`)
  }
  if (plan.steadyMs !== undefined) return
  const open = given.fleets.find(({ traffic }) => traffic.length > 0)
  const why = open ? 'Traffic' : executor === 'once' ? undefined : executor
  if (why === undefined) return
  const place = open ? (entryOf(open.node, 'traffic')?.keySpan ?? open.node.span) : undefined
  const message = `${why} does not end by itself: say "steady: 60s" in the file, or --duration.`
  reader.report(place ?? given.fleets[0]?.node.span ?? { start: 0, end: 1 }, message)
}

function firstKey(node: MapNode): SourceNode['span'] {
  return node.entries[0]?.keySpan ?? node.span
}
