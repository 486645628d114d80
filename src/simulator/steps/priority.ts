import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { withDefault } from '../../document/fields/field.ts'
import { boolean } from '../../document/fields/scalars.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const priority = defineStep({
  name: 'priority',
  summary: '2.1: the driver asks at the station for priority charging, or no longer wants it.',
  args: physical(
    {
      on: withDefault(boolean(), 'He wants it.', true),
      ...answering,
    },
    { wants: 'true or false', shorthand: 'on' },
  ),
  beside: besideAnswering,
  example: '- priority: true',
  async run({ at, on, ...wanted }, context) {
    judge(await context.actor.act(at, { kind: 'priority', on }), wanted, context)
  },
})
