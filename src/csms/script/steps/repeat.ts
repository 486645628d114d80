import { object } from '../../../document/fields/collections.ts'
import { mapped, optional, required } from '../../../document/fields/field.ts'
import { duration } from '../../../document/fields/quantities.ts'
import { integer } from '../../../document/fields/scalars.ts'
import { steps } from '../../../document/fields/steps.ts'
import { sleep } from '../../../shared/waiting.ts'
import { defineServeStep } from '../step-context.ts'

const args = object(
  {
    times: optional(integer({ min: 1, max: 1_000_000 }), 'How often.'),
    for: optional(duration({ min: 1 }), 'No new round begins after this real time.'),
    steps: required(steps(), 'What to do in each round.'),
  },
  { wants: '"repeat"', shorthand: 'times' },
)

/** A round that takes no time costs this much: a loop must not starve the others. */
const shortestRoundMs = 1

export const repeat = defineServeStep({
  name: 'repeat',
  summary: 'Run steps again and again: so many times, or for so long.',
  args: mapped(args, (given, node, reader) =>
    (given.times === undefined) === (given.for === undefined)
      ? reader.report(node.span, '"repeat" needs either "times" or "for".')
      : given,
  ),
  beside: ['steps'],
  example: '- repeat: {times: 3}\n  steps:\n    - call: ClearCache\n    - wait: 1s',
  async run({ times = Infinity, for: forMs = Infinity, steps: body }, context) {
    const { clock, cancel } = context
    const begun = clock.monotonicMicros()
    for (let round = 0; round < times; round += 1) {
      const roundBegun = clock.monotonicMicros()
      if ((roundBegun - begun) / 1000 >= forMs) return
      await context.runSteps(body)
      const tookMs = (clock.monotonicMicros() - roundBegun) / 1000
      if (tookMs < shortestRoundMs) await sleep(clock, shortestRoundMs, cancel)
    }
  },
})
