import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const unplug = defineStep({
  name: 'unplug',
  summary: 'The EV leaves.',
  args: physical(answering, { wants: 'the arguments of "unplug"' }),
  beside: besideAnswering,
  example: '- unplug',
  async run({ at, ...wanted }, context) {
    judge(await context.actor.unplug(at, context.cancel), wanted, context)
  },
})
