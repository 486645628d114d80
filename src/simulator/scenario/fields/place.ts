import { object, type Shape, type ValueOf } from '../../../document/fields/collections.ts'
import { type Field, mapped, optional } from '../../../document/fields/field.ts'
import { integer } from '../../../document/fields/scalars.ts'
import type { Reader } from '../../../document/reader.ts'
import { entryOf, type SourceNode } from '../../../document/source-node.ts'
import type { ConnectorRef } from '../../steps/actor.ts'
import { counted } from '../counted.ts'
import { fleetOf } from '../fleet-scope.ts'
import type { EvsePlan } from '../plan.ts'

const places = {
  evse: optional(integer({ min: 1, wants: 'an EVSE number' }), 'Which EVSE.', '1'),
  connector: optional(
    integer({ min: 1, wants: 'a connector number' }),
    'Which connector: of the EVSE if one is named, else counted over the whole station.',
    '1',
  ),
}

/** Arguments of a step that happens at a connector. */
export type AtConnector<Args> = Args & { readonly at: ConnectorRef }

/** An object with `evse` and `connector`, checked against the fleet's station and joined in `at`. */
export function physical<const S extends Shape>(
  shape: S,
  rules: { readonly wants: string; readonly shorthand?: keyof S & string },
): Field<AtConnector<ValueOf<S>>> {
  const field = object({ ...shape, ...places }, rules)
  return mapped(field, (args, node, reader) => {
    const { evse, connector } = args as {
      readonly evse?: number
      readonly connector?: number
    }
    const at = placeOf(evse, connector, node, reader)
    return at && ({ ...args, at } as AtConnector<ValueOf<S>>)
  })
}

function placeOf(
  evse: number | undefined,
  connector: number | undefined,
  node: SourceNode,
  reader: Reader,
): ConnectorRef | undefined {
  const evses = fleetOf(reader)?.evses
  if (!evses) return { evse: evse ?? 1, connector: connector ?? 1 }
  const spanOf = (key: string) =>
    (node.kind === 'map' ? entryOf(node, key)?.value.span : undefined) ?? node.span
  if (evse !== undefined) {
    const plan = evses[evse - 1]
    if (!plan) return reader.report(spanOf('evse'), `There is no EVSE ${evse}; ${census(evses)}.`)
    const inside = connector ?? 1
    if (inside <= plan.connectors.length) return { evse, connector: inside }
    const message = `EVSE ${evse} has no connector ${inside}, only ${plan.connectors.length}.`
    return reader.report(spanOf('connector'), message)
  }
  const found = allConnectors(evses)[(connector ?? 1) - 1]
  if (found) return found
  const message = `There is no connector ${connector}; ${census(evses)}.`
  return reader.report(spanOf('connector'), message)
}

/** In the order that 1.6 numbers them. */
function allConnectors(evses: readonly EvsePlan[]): readonly ConnectorRef[] {
  return evses.flatMap((evse, i) =>
    evse.connectors.map((_type, j) => ({ evse: i + 1, connector: j + 1 })),
  )
}

function census(evses: readonly EvsePlan[]): string {
  const count = allConnectors(evses).length
  return `the station has ${counted(evses.length, 'EVSE')} with ${counted(count, 'connector')}`
}
