import { object } from '../../document/fields/collections.ts'
import { defineStep } from './step-definition.ts'

export const duplicate = defineStep({
  name: 'duplicate',
  summary: "Send the station's last CALL once more, byte for byte.",
  args: object({}, { wants: 'no arguments' }),
  example: '- duplicate',
  run(_args, { actor }) {
    actor.duplicateLast()
  },
})
