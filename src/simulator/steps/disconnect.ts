import { object } from '../../document/fields/collections.ts'
import { optional, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { boolean, integer } from '../../document/fields/scalars.ts'
import { sleep } from '../../shared/waiting.ts'
import { sample, upperEnd } from '../scenario/distributions.ts'
import { distribution } from '../scenario/fields/distribution.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const disconnect = defineStep({
  name: 'disconnect',
  summary: 'The network fails; the station works on offline and queues transaction messages.',
  args: object(
    {
      for: optional(
        distribution(duration({ min: 1 })),
        'Simulated time; then the network is back and the step waits for the connection.',
        'until "reconnect"',
      ),
      code: optional(
        integer({ min: 1000, max: 4999, wants: 'a close code' }),
        'Closes with this WebSocket code instead of just dropping the line.',
      ),
      halfOpen: withDefault(
        boolean(),
        'The line dies without a word: the CSMS has to find out by itself.',
        false,
      ),
    },
    { wants: 'a duration like 2min', shorthand: 'for' },
  ),
  undoneBy: 'reconnect',
  example: '- disconnect: {for: 2min, halfOpen: true}',
  async run({ for: forMs, code, halfOpen }, context) {
    const { actor, cancel } = context
    actor.disconnect({ halfOpen, ...(code === undefined ? {} : { code }) })
    if (!forMs) return
    await sleep(actor.clocks.simulated, sample(forMs, actor.random), cancel)
    judge(await actor.reconnect(cancel), { answer: undefined, save: undefined }, context)
  },
  lasts: ({ for: forMs }) => (forMs ? upperEnd(forMs) : 0),
})
