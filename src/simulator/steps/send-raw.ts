import { rawFrame } from '../../document/fields/raw-frame.ts'
import { defineStep } from './step-definition.ts'

export const sendRaw = defineStep({
  name: 'sendRaw',
  summary: 'Send any text over the socket. Wrong on purpose: not held against the station.',
  args: rawFrame,
  example: '- sendRaw: [2, "id-1", Nonsense, {}]',
  run(text, { actor, variables }) {
    actor.sendRaw(variables.text(text))
  },
})
