import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const clearFault = defineStep({
  name: 'clearFault',
  summary: 'What broke at a connector works again.',
  args: physical(answering, { wants: 'the arguments of "clearFault"' }),
  beside: besideAnswering,
  example: '- clearFault: {connector: 2}',
  async run({ at, ...wanted }, context) {
    judge(await context.actor.clearFault(at), wanted, context)
  },
})
