import { object } from '../../document/fields/collections.ts'
import { optional } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { sleep } from '../../shared/waiting.ts'
import { sample, upperEnd } from '../scenario/distributions.ts'
import { distribution } from '../scenario/fields/distribution.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const powerLoss = defineStep({
  name: 'powerLoss',
  summary: 'The power fails: no closing handshake, energy stops, what is not persistent is lost.',
  args: object(
    {
      for: optional(
        distribution(duration({ min: 1 })),
        'Simulated time; then the power is back and the step waits until the station has booted.',
        'until "powerUp"',
      ),
    },
    { wants: 'a duration like 2min', shorthand: 'for' },
  ),
  undoneBy: 'powerUp',
  example: '- powerLoss: 2min',
  async run({ for: forMs }, context) {
    const { actor, cancel } = context
    actor.powerLoss()
    if (!forMs) return
    await sleep(actor.clocks.simulated, sample(forMs, actor.random), cancel)
    judge(await actor.powerUp(cancel), { answer: undefined, save: undefined }, context)
  },
  lasts: ({ for: forMs }) => (forMs ? upperEnd(forMs) : 0),
})
