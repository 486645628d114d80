import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { mapped } from '../../document/fields/field.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'
import { limitKeys, limitOf } from './transaction-limit.ts'

export const limit = defineStep({
  name: 'limit',
  summary: '2.1: the driver sets where the transaction, or the next one, ends its energy.',
  args: mapped(
    physical({ ...limitKeys, ...answering }, { wants: 'a limit like {energy: 10kWh, time: 1h}' }),
    (given, node, reader) => {
      const wanted = limitOf(given)
      return wanted
        ? { ...given, limit: wanted }
        : reader.report(node.span, '"limit" needs energy, time, soc or cost.')
    },
  ),
  beside: besideAnswering,
  example: '- limit: {energy: 10kWh}',
  async run({ at, limit: wanted, ...ending }, context) {
    const act = { kind: 'transactionLimited', limit: wanted } as const
    judge(await context.actor.act(at, act), ending, context)
  },
})
