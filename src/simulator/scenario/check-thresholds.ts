import type { ThresholdPlan } from '../../metrics/thresholds.ts'
import { actionInfo, actionsOf } from '../../ocpp/action.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import type { FleetPlan } from './plan.ts'
import type { Reader } from './reader.ts'
import { entryOf, type MapNode, type Span } from './source-node.ts'

/** Tags must name what the run has: a threshold over nothing could never hold. */
export function checkThresholds(
  thresholds: readonly ThresholdPlan[],
  fleets: readonly FleetPlan[],
  root: MapNode,
  reader: Reader,
): void {
  const section = entryOf(root, 'thresholds')?.value
  if (section?.kind !== 'map') return
  for (const { selector, selection } of thresholds) {
    const entry = section.entries.find(({ key }) => key.trim() === selector)
    if (!entry) continue
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
