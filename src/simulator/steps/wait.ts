import { duration } from '../../document/fields/quantities.ts'
import { sleep } from '../../shared/waiting.ts'
import { sample, upperEnd } from '../scenario/distributions.ts'
import { distribution } from '../scenario/fields/distribution.ts'
import { defineStep } from './step-definition.ts'

export const wait = defineStep({
  name: 'wait',
  summary: 'Let simulated time pass.',
  args: distribution(duration()),
  example: '- wait: {between: [1min, 10min]}',
  run: (ms, { actor, cancel }) => sleep(actor.clocks.simulated, sample(ms, actor.random), cancel),
  lasts: (ms) => upperEnd(ms),
})
