import { object } from '../../document/fields/collections.ts'
import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const powerUp = defineStep({
  name: 'powerUp',
  summary: 'The power is back: the station connects, boots and deals with open transactions.',
  args: object(answering, { wants: 'the arguments of "powerUp"' }),
  beside: besideAnswering,
  example: '- powerUp',
  async run(args, context) {
    judge(await context.actor.powerUp(context.cancel), args, context)
  },
})
