import { checkAction } from '../../document/fields/actions.ts'
import { mapOf, object } from '../../document/fields/collections.ts'
import { required, withDefault } from '../../document/fields/field.ts'
import { number } from '../../document/fields/scalars.ts'
import { payload } from '../../document/fields/values.ts'
import { entryOf } from '../../document/source-node.ts'
import { actionInfo } from '../../ocpp/action.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { FleetScope } from '../scenario/fleet-scope.ts'
import { builtinNames } from '../steps/variables.ts'
import type { ExecutorCheck } from './executor.ts'

interface WeightedCommand {
  readonly weight: number
  readonly payload: object
}

/** Commands of the CSMS by action. */
export type CommandMix = Readonly<Record<string, WeightedCommand>>

const weighted = object(
  {
    weight: required(number({ min: 0, max: 1_000_000 }), 'How often, against the others.'),
    payload: withDefault(
      payload(),
      'Its payload; {name} fills in a value of the station.',
      {},
      '{}',
    ),
  },
  { wants: 'a weight, or {weight: 10, payload: {type: Soft}}', shorthand: 'weight' },
)

export const commandMixField = mapOf(weighted, {
  wants: 'commands like {ClearCache: 1, Reset: {weight: 10, payload: {type: Soft}}}',
})

/** The part of a mix that stations of this version understand. */
export function mixFor(mix: CommandMix, version: OcppVersion): CommandMix {
  return Object.fromEntries(
    Object.entries(mix).filter(([action, { weight }]) => weight > 0 && isCommand(action, version)),
  )
}

function isCommand(action: string, version: OcppVersion): boolean {
  const from = actionInfo(version, action)?.from
  return from === 'csms' || from === 'both'
}

/** Every action is a command of some version in the run, and placeholders name what stations know. */
export function checkCommandMix(mix: CommandMix | undefined, check: ExecutorCheck): void {
  const { section, fleets, reader, at } = check
  if (mix && !Object.values(mix).some(({ weight }) => weight > 0)) {
    reader.report(at('mix'), 'At least one weight must be above 0.')
  }
  const node = entryOf(section, 'mix')?.value
  const [first] = fleets
  if (node?.kind !== 'map' || !first) return
  const { version, station } = first
  const scope = new FleetScope(version, station.evses)
  const names = Object.keys(builtinNames).filter((name) => name !== 'request')
  reader.within(scope, () => {
    for (const { key, keySpan, value } of node.entries) {
      if (!fleets.some((fleet) => isCommand(key, fleet.version))) {
        checkAction(key, keySpan, 'csms', reader)
      }
      const written = value.kind === 'map' ? entryOf(value, 'payload')?.value : undefined
      if (written) payload().parse(written, reader)
    }
  })
  for (const { name, span } of scope.used) {
    if (names.includes(name)) continue
    reader.reportUnknown(span, `No station knows "{${name}}"`, name, names, 'There are')
  }
}
