import { object } from '../../document/fields/collections.ts'
import { mapped, optional, required } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { boolean, integer } from '../../document/fields/scalars.ts'
import { steps } from '../../document/fields/steps.ts'
import { sleep } from '../../shared/waiting.ts'
import { defineStep } from './step-definition.ts'

const args = object(
  {
    times: optional(integer({ min: 1, max: 1_000_000_000 }), 'How often.'),
    for: optional(duration({ min: 1 }), 'No new round begins after this simulated time.'),
    forever: optional(boolean(), 'Until the run ends.'),
    steps: required(steps(), 'What to do in each round.'),
  },
  { wants: '"repeat"', shorthand: 'times' },
)

/** A round that takes no time costs this much real time: a loop must not starve the others. */
const shortestRoundMs = 1

/** What an endless loop counts for when a run's length is estimated. */
const foreverMs = 7 * 86_400_000

export const repeat = defineStep({
  name: 'repeat',
  summary: 'Run steps again and again: so many times, for so long, or until the run ends.',
  args: mapped(args, (given, node, reader) => {
    const { times, for: forMs, forever } = given
    const said = [times, forMs, forever === true ? forever : undefined]
    if (said.filter((one) => one !== undefined).length === 1) return given
    return reader.report(node.span, '"repeat" needs one of "times", "for" or "forever: true".')
  }),
  beside: ['steps'],
  example: '- repeat: {times: 3}\n  steps:\n    - wait: 1min\n    - call: Heartbeat',
  async run({ times = Infinity, for: forMs = Infinity, steps: body }, context) {
    const { actor, cancel } = context
    const { real, simulated } = actor.clocks
    const begun = simulated.monotonicMicros()
    for (let round = 0; round < times; round += 1) {
      if ((simulated.monotonicMicros() - begun) / 1000 >= forMs) return
      const roundBegun = real.monotonicMicros()
      await context.runRound(body)
      const tookMs = (real.monotonicMicros() - roundBegun) / 1000
      if (tookMs < shortestRoundMs) await sleep(real, shortestRoundMs, cancel)
    }
  },
  lasts({ times, for: forMs, steps: body }, estimate) {
    if (times !== undefined) return times * estimate(body)
    return forMs === undefined ? foreverMs : forMs + estimate(body)
  },
})
