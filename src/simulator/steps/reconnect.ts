import { object } from '../scenario/fields/collections.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const reconnect = defineStep({
  name: 'reconnect',
  summary: 'The network is back; wait until the station is connected again.',
  args: object({}, { wants: 'no arguments' }),
  example: '- reconnect',
  async run(_args, context) {
    const result = await context.actor.reconnect(context.cancel)
    judge(result, { answer: undefined, save: undefined }, context)
  },
})
