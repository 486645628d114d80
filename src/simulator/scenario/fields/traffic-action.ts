import { action } from '../../../document/fields/actions.ts'
import type { Field } from '../../../document/fields/field.ts'

/** 1.6 names that traffic of 2.x stations may use: sent as TransactionEvent. */
const neutralNames: readonly string[] = ['StartTransaction', 'StopTransaction']

export function isNeutralAction(name: string): boolean {
  return neutralNames.includes(name)
}

/** As `action('station')`, and the version-neutral names of traffic. */
export function trafficAction(): Field<string> {
  const base = action('station')
  return {
    ...base,
    parse: (node, reader) =>
      node.kind === 'scalar' && isNeutralAction(node.text) ? node.text : base.parse(node, reader),
  }
}
