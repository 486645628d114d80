import type { Reader } from '../../document/reader.ts'
import { entryOf, type MapNode, type Span } from '../../document/source-node.ts'
import type { ThresholdPlan, TimeSpan } from '../../metrics/thresholds.ts'
import { actionInfo, actionsOf } from '../../ocpp/action.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import type { FleetPlan, LoadPlan } from './plan.ts'

/** Tags must name what the run has: a threshold over nothing could never hold. */
export function checkThresholds(
  thresholds: readonly ThresholdPlan[],
  fleets: readonly FleetPlan[],
  load: LoadPlan,
  root: MapNode,
  reader: Reader,
): void {
  const section = entryOf(root, 'thresholds')?.value
  if (section?.kind !== 'map') return
  for (const { selector, selection, during } of thresholds) {
    const entry = section.entries.find(({ key }) => key.trim() === selector)
    if (!entry) continue
    if (typeof during === 'object') checkTimeSpan(during, load, entry.keySpan, reader)
    const { action, fleet, version } = selection
    const names = fleets.map(({ name }) => name)
    const versions = fleets.map((one) => one.version)
    checkTag('fleet', fleet, names, entry.keySpan, reader)
    checkTag('version', version, versions, entry.keySpan, reader)
    if (action !== undefined && !isAction(action)) {
      const known = ocppVersions.flatMap((one) => Object.keys(actionsOf[one]))
      reader.reportUnknown(entry.keySpan, `No version has an action "${action}"`, action, known)
    }
  }
}

/** A part of steady must lie in it. */
function checkTimeSpan(
  { toMs }: TimeSpan,
  { steadyMs, executor }: LoadPlan,
  span: Span,
  reader: Reader,
): void {
  if (executor.name === 'find-max') {
    reader.report(span, 'find-max knows its steady window only when it is over: it has no parts.')
  } else if (steadyMs === undefined) {
    reader.report(span, '"during" names a part of steady, and this run has no steady window.')
  } else if (toMs > steadyMs) {
    reader.report(span, `"during" ends at ${toMs / 1000} s; steady lasts ${steadyMs / 1000} s.`)
  }
}

function checkTag(
  tag: string,
  value: string | undefined,
  names: readonly string[],
  span: Span,
  reader: Reader,
): void {
  if (value === undefined || names.includes(value)) return
  const message = `No station has the ${tag} "${value}"`
  reader.reportUnknown(span, message, value, new Set(names), 'There are')
}

function isAction(name: string): boolean {
  return ocppVersions.some((version) => actionInfo(version, name) !== undefined)
}
