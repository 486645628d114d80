import type { Field } from '../scenario/fields/field.ts'
import { template } from '../scenario/fields/values.ts'
import { plainValue } from '../scenario/source-node.ts'
import { defineStep } from './step-definition.ts'

const asText = template(1_000_000)

/** Text as it goes out, or a list that is written as JSON. */
const frame: Field<string> = {
  wants: 'text, or a frame like [2, "id", Heartbeat, {}]',
  parse(node, reader) {
    if (node.kind === 'scalar') return asText.parse(node, reader)
    if (node.kind === 'list') return JSON.stringify(plainValue(node))
    return reader.refuse(node, frame.wants)
  },
  schema: () => ({ type: ['string', 'array'] }),
}

export const sendRaw = defineStep({
  name: 'sendRaw',
  summary: 'Send any text over the socket. Wrong on purpose: not held against the station.',
  args: frame,
  example: '- sendRaw: [2, "id-1", Nonsense, {}]',
  run(text, { actor, variables }) {
    actor.sendRaw(variables.text(text))
  },
})
