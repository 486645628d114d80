import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge, refusable } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const start = defineStep({
  name: 'start',
  summary: 'Start charging: energy flows and the transaction begins, if it has not yet.',
  args: physical({ refused: refusable, ...answering }, { wants: 'the arguments of "start"' }),
  beside: [...besideAnswering, 'refused'],
  example: '- start: {save: {tx: $.transactionId}}',
  async run({ at, ...wanted }, context) {
    judge(await context.actor.start(at, context.cancel), wanted, context)
  },
})
