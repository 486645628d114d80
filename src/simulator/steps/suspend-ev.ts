import { answering } from '../../document/fields/ending.ts'
import { optional } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { sample, upperEnd } from '../scenario/distributions.ts'
import { distribution } from '../scenario/fields/distribution.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const suspendEv = defineStep({
  name: 'suspendEv',
  summary: 'The EV pauses charging; `for` is simulated time, without it the EV stays paused.',
  args: physical(
    { for: optional(distribution(duration({ min: 1 })), 'Then it resumes.'), ...answering },
    { wants: 'a duration like 5min', shorthand: 'for' },
  ),
  example: '- suspendEv: 5min',
  async run({ at, for: forMs, ...wanted }, context) {
    const { actor, cancel } = context
    const ms = forMs && sample(forMs, actor.random)
    judge(await actor.suspendEv(at, ms, cancel), wanted, context)
  },
  lasts: ({ for: forMs }) => (forMs ? upperEnd(forMs) : 0),
})
