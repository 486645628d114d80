import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const refuseTariff = defineStep({
  name: 'refuseTariff',
  summary: '2.1: the driver does not accept the price, and does not charge, or no longer.',
  args: physical(answering, { wants: 'the arguments of "refuseTariff"' }),
  beside: besideAnswering,
  example: '- refuseTariff',
  async run({ at, ...wanted }, context) {
    judge(await context.actor.act(at, { kind: 'tariffRefused' }), wanted, context)
  },
})
