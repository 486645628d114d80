import type { Reader } from '../../document/reader.ts'
import {
  entryOf,
  type MapNode,
  type SourceEntry,
  type SourceNode,
} from '../../document/source-node.ts'
import type { ExecutorCheck } from '../executors/executor.ts'
import { type ExecutorPlan, executorOf } from '../executors/registry.ts'
import type { LoadPlan } from './plan.ts'
import type { FleetDraft } from './sections/fleet.ts'
import { type ExecutorDraft, type LoadGiven, standardInFlight } from './sections/load.ts'

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
  // Of a section without a known executor nothing more is known.
  if (section && !given.load) return
  const draft = given.load?.draft ?? { definition: executorOf(standardExecutor), options: {} }
  checkSteady(draft, root, section, reader)
  if (section?.kind === 'map') {
    const check: ExecutorCheck = {
      section,
      fleets: given.fleets,
      reader,
      at: (key) => entryOf(section, key)?.keySpan ?? section.span,
    }
    draft.definition.check?.(draft.options, check)
  }
  checkWork(given, draft, reader)
  checkEnd(given, draft, plan, root, reader)
}

/** A schedule of its own says how long steady is. */
function checkSteady(
  { definition }: ExecutorDraft,
  root: MapNode,
  section: SourceNode | undefined,
  reader: Reader,
): void {
  if (!definition.schedule) return
  const said = steadyIn(root) ?? steadyIn(section)
  if (said) reader.report(said.keySpan, `${definition.name} says by itself how long steady is.`)
}

function steadyIn(node: SourceNode | undefined): SourceEntry | undefined {
  return node?.kind === 'map' ? entryOf(node, 'steady') : undefined
}

function checkWork({ fleets }: LoadSections, draft: ExecutorDraft, reader: Reader): void {
  const { definition, options } = draft
  // Whether keys that are unsound would have been enough is not known.
  if (definition.suffices && (!isSound(draft) || definition.suffices(options))) return
  for (const { node, name, hasScript, traffic } of fleets) {
    if (hasScript || traffic.length > 0) continue
    reader.report(firstKey(node), `Fleet "${name}" does nothing: it needs "script" or "traffic".`)
  }
}

function isSound({ definition, options }: ExecutorDraft): boolean {
  return Object.keys(definition.fields).every((key) => key in options)
}

function checkEnd(
  { fleets }: LoadSections,
  draft: ExecutorDraft,
  plan: LoadPlan,
  root: MapNode,
  reader: Reader,
): void {
  const { definition } = draft
  const section = entryOf(root, 'load')?.value
  const isSaid = steadyIn(root) ?? steadyIn(section) ?? (definition.schedule && !isSound(draft))
  if (plan.steadyMs !== undefined || isSaid) return
  const open = fleets.find(({ traffic }) => traffic.length > 0)
  if (!open && definition.endsByItself) return
  const why = open ? 'Traffic' : definition.name
  const place = open ? (entryOf(open.node, 'traffic')?.keySpan ?? open.node.span) : undefined
  const message = `${why} does not end by itself: say "steady: 60s" in the file, or --duration.`
  reader.report(place ?? fleets[0]?.node.span ?? { start: 0, end: 1 }, message)
}

function firstKey(node: MapNode): SourceNode['span'] {
  return node.entries[0]?.keySpan ?? node.span
}
