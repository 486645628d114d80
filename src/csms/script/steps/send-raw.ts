import { rawFrame } from '../../../document/fields/raw-frame.ts'
import { defineServeStep, StepFailure } from '../step-context.ts'

export const sendRaw = defineServeStep({
  name: 'sendRaw',
  summary: 'Send any text over the socket. Wrong on purpose.',
  args: rawFrame,
  example: '- sendRaw: [2, "id-1", Nonsense, {}]',
  run(text, { station, variables }) {
    if (!station.sendRaw(variables.text(text))) throw new StepFailure('not connected')
  },
})
