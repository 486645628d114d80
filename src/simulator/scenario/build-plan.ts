import { checkSettings } from '../../document/fields/vars.ts'
import type { Reader } from '../../document/reader.ts'
import type { SourceNode } from '../../document/source-node.ts'
import { describeVar, type Var, type VarSettings } from '../../document/vars.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { arrivalsPlan, checkArrivals, withDay } from './arrivals-plan.ts'
import { checkFleets } from './check-fleets.ts'
import { checkThresholds } from './check-thresholds.ts'
import { checkLoad, loadPlan } from './load-plan.ts'
import type { ArrivalsPlan, FleetPlan, LoadPlan, Plan } from './plan.ts'
import type { FleetDraft } from './sections/fleet.ts'
import { scenario } from './sections/scenario.ts'
import { timelinePlan } from './timeline-plan.ts'

/** What the command line says instead of the file. */
export interface ScenarioOverrides {
  readonly protocol?: OcppVersion
  /** Stations of all fleets together; their shares stay, each keeps at least one. */
  readonly stations?: number
  /** Real time after the ramp, drain excluded. */
  readonly durationMs?: number
  readonly speed?: number
  readonly seed?: number
  /** Values of `vars`, by name, as text. */
  readonly vars?: VarSettings
}

/** Reads the tree of a file into a plan; undefined when there were problems (the reader has them). */
export function buildPlan(
  root: SourceNode,
  reader: Reader,
  overrides: ScenarioOverrides,
  source: { readonly file: string; readonly vars: readonly Var[] },
): Omit<Plan, 'hash'> | undefined {
  const field = scenario(overrides.protocol)
  const parts = field.parts(root, reader)
  if (root.kind !== 'map') return undefined
  checkSettings(root, overrides.vars ?? {}, reader)
  const drafts = parts.fleets ?? []
  const speed = overrides.speed ?? parts.speed ?? 1
  const arrivals = drafts.map(
    (draft) => draft.arrivals && arrivalsPlan(draft.arrivals, parts.startsAt ?? 0, reader),
  )
  const sections = { ...noLoad, ...parts, fleets: drafts }
  const planned = loadPlan(sections, overrides.durationMs)
  const load = withDay(planned, arrivals, speed, parts.load?.gracefulStop)
  const fleets = fleetPlans(drafts, arrivals, overrides.stations)
  checkLoad(sections, load, root, reader)
  checkArrivals(drafts, load, reader)
  checkFleets(drafts, fleets, reader)
  checkThresholds(parts.thresholds ?? [], fleets, load, root, reader)
  const timeline = timelinePlan(
    parts.timeline ?? [],
    { startsAtMs: parts.startsAt ?? 0, drafts, fleets, dayMs: dayMs(load, speed) },
    reader,
  )
  const given = field.whole(parts)
  if (!given) return undefined
  if (drafts.length === 0 && reader.problems.length === 0) {
    return reader.report(root.span, 'A scenario needs a fleet.')
  }
  return {
    name: given.name,
    description: given.description,
    file: source.file,
    vars: source.vars.map(describeVar),
    seed: overrides.seed ?? given.seed,
    speed,
    fleets,
    load,
    startsAtMs: given.startsAt,
    timeline,
    thresholds: given.thresholds,
    tokens: given.tokens,
    csms: given.csms,
    tolerate: given.tolerate,
  }
}

/** Simulated time from the begin of the day to the end of steady. */
function dayMs({ warmupMs, steadyMs }: LoadPlan, speed: number): number | undefined {
  return steadyMs === undefined ? undefined : (warmupMs + steadyMs) * speed
}

/** A file that says nothing of how load arrives. */
const noLoad = { load: undefined, warmup: undefined, steady: undefined, drain: undefined }

function fleetPlans(
  drafts: readonly FleetDraft[],
  arrivals: readonly (ArrivalsPlan | undefined)[],
  total: number | undefined,
): FleetPlan[] {
  const counts = total === undefined ? drafts.map(({ count }) => count) : shares(drafts, total)
  let firstIndex = 0
  return drafts.map(({ node: _node, hasScript: _hasScript, ...draft }, i) => {
    const count = counts[i] ?? draft.count
    const at = firstIndex
    firstIndex += count
    const stations = draft.stations?.slice(0, count)
    return { ...draft, count, firstIndex: at, stations, arrivals: arrivals[i] }
  })
}

/** `total` stations in the proportion of the fleets' counts, at least one each. */
function shares(drafts: readonly FleetDraft[], total: number): readonly number[] {
  let left = total
  let leftOver = drafts.reduce((sum, { count }) => sum + count, 0)
  return drafts.map(({ count }, i) => {
    const others = drafts.length - i - 1
    const share = Math.round((left * count) / leftOver)
    const mine = Math.max(1, Math.min(share, left - others))
    left -= mine
    leftOver -= count
    return mine
  })
}
