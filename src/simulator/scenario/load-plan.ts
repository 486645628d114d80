import type { Reader } from '../../document/reader.ts'
import { entryOf, type MapNode, type SourceNode } from '../../document/source-node.ts'
import type { ExecutorCheck } from '../executors/executor.ts'
import { type ExecutorPlan, executorOf } from '../executors/registry.ts'
import type { LoadPlan } from './plan.ts'
import type { FleetDraft } from './sections/fleet.ts'
import { type LoadGiven, standardInFlight } from './sections/load.ts'

/** How long outstanding answers may take where the file does not say. */
const standardDrainMs = 10_000

/** Of `--duration`, at most this share is warm-up. */
const largestWarmupShare = 0.2

const standardExecutor: ExecutorPlan = { name: 'once', options: {} }

const windowNames = ['warmup', 'steady', 'drain'] as const
type Windows = Readonly<Record<(typeof windowNames)[number], number | undefined>>

/** What of the file says how load arrives. */
export interface LoadSections extends Windows {
  readonly load: LoadGiven | undefined
  readonly fleets: readonly FleetDraft[]
}

/** @param durationMs of the command line: steady plus warm-up, in place of the file's */
export function loadPlan(given: LoadSections, durationMs: number | undefined): LoadPlan {
  const { load } = given
  const executor = load?.executor ?? standardExecutor
  const { schedule, gracefulStopMs } = executorOf(executor)
  const warmup = given.warmup ?? load?.warmup ?? 0
  const cut = durationMs === undefined ? warmup : Math.min(warmup, durationMs * largestWarmupShare)
  const own = schedule?.lengthMs(executor.options)
  const steadyMs =
    durationMs === undefined ? (own ?? given.steady ?? load?.steady) : durationMs - cut
  return {
    executor:
      schedule && own !== undefined && steadyMs !== undefined && steadyMs !== own
        ? asPlan(executor, schedule.stretched(executor.options, steadyMs / own))
        : executor,
    connect: {
      ratePerSecond: load?.connect.rate,
      jitterMs: load?.connect.jitter ?? 0,
      inFlight: load?.connect.inFlight ?? standardInFlight,
    },
    warmupMs: cut,
    steadyMs,
    gracefulStopMs: load?.gracefulStop ?? gracefulStopMs,
    drainMs: given.drain ?? load?.drain ?? standardDrainMs,
  }
}

function asPlan({ name }: ExecutorPlan, options: unknown): ExecutorPlan {
  return { name, options } as ExecutorPlan
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
  checkSteady(plan, root, section, reader)
  if (given.load && section?.kind === 'map') {
    const check: ExecutorCheck = {
      section,
      fleets: given.fleets,
      reader,
      at: (key) => entryOf(section, key)?.keySpan ?? section.span,
    }
    executorOf(plan.executor).check?.(given.load.executor.options, check)
  }
  // What a broken section would have said is not known.
  if (given.load || !section) checkWork(given, plan, reader)
}

/** A schedule of its own says how long steady is. */
function checkSteady(
  { executor }: LoadPlan,
  root: MapNode,
  section: SourceNode | undefined,
  reader: Reader,
): void {
  if (!executorOf(executor).schedule) return
  const said = entryOf(root, 'steady') ?? (section?.kind === 'map' && entryOf(section, 'steady'))
  if (!said) return
  reader.report(said.keySpan, `${executor.name} says by itself how long steady is.`)
}

function checkWork(given: LoadSections, plan: LoadPlan, reader: Reader): void {
  const { executor } = plan
  const { suffices, endsByItself } = executorOf(executor)
  for (const { node, name, hasScript, traffic } of given.fleets) {
    if (hasScript || traffic.length > 0 || suffices?.(executor.options)) continue
    reader.report(firstKey(node), `Fleet "${name}" does nothing: it needs "script" or "traffic".`)
  }
  if (plan.steadyMs !== undefined) return
  const open = given.fleets.find(({ traffic }) => traffic.length > 0)
  if (!open && endsByItself) return
  const why = open ? 'Traffic' : executor.name
  const place = open ? (entryOf(open.node, 'traffic')?.keySpan ?? open.node.span) : undefined
  const message = `${why} does not end by itself: say "steady: 60s" in the file, or --duration.`
  reader.report(place ?? given.fleets[0]?.node.span ?? { start: 0, end: 1 }, message)
}

function firstKey(node: MapNode): SourceNode['span'] {
  return node.entries[0]?.keySpan ?? node.span
}
