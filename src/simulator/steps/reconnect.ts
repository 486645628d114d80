import { object } from '../../document/fields/collections.ts'
import { withDefault } from '../../document/fields/field.ts'
import { boolean } from '../../document/fields/scalars.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const reconnect = defineStep({
  name: 'reconnect',
  summary: 'The network is back; wait until the station is connected again.',
  args: object(
    {
      backOff: withDefault(
        boolean(),
        'As a station that kept trying: at the next attempt of its back-off [2.0.1 Part 4 5.3], not at once.',
        false,
      ),
    },
    { wants: 'the arguments of "reconnect"' },
  ),
  example: '- reconnect',
  async run({ backOff }, context) {
    const result = await context.actor.reconnect(context.cancel, backOff)
    judge(result, { answer: undefined, save: undefined }, context)
  },
})
