import { plainValue } from '../source-node.ts'
import type { Field } from './field.ts'
import { noteTemplates, template } from './values.ts'

const asText = template(1_000_000)

/** Text as it goes out, or a list that is written as JSON. */
export const rawFrame: Field<string> = {
  wants: 'text, or a frame like [2, "id", Heartbeat, {}]',
  parse(node, reader) {
    if (node.kind === 'scalar') return asText.parse(node, reader)
    if (node.kind !== 'list') return reader.refuse(node, rawFrame.wants)
    noteTemplates(node, reader)
    return JSON.stringify(plainValue(node))
  },
  schema: () => ({ type: ['string', 'array'] }),
}
