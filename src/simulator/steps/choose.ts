import { list, object } from '../../document/fields/collections.ts'
import { mapped, required, withDefault } from '../../document/fields/field.ts'
import { number } from '../../document/fields/scalars.ts'
import { steps } from '../../document/fields/steps.ts'
import { defineStep } from './step-definition.ts'

const option = object(
  {
    weight: withDefault(number({ min: 0, max: 1_000_000 }), 'How likely, against the others.', 1),
    steps: required(steps(), 'What to do then.'),
  },
  { wants: 'an option {weight, steps}', shorthand: 'steps' },
)

const args = object(
  { of: required(list(option), 'The options.') },
  { wants: '"choose"', shorthand: 'of' },
)

export const choose = defineStep({
  name: 'choose',
  summary: 'Draw one of several lists of steps by weight and run it.',
  args: mapped(args, ({ of }, node, reader) =>
    of.some(({ weight }) => weight > 0)
      ? { of }
      : reader.report(node.span, '"choose" wants at least one option with a weight above 0.'),
  ),
  example:
    '- choose:\n    - {weight: 3, steps: [stop, unplug]}\n    - {weight: 1, steps: [{powerLoss: 2min}]}',
  async run({ of }, context) {
    const drawn = of[context.actor.random.weighted(of.map(({ weight }) => weight))]
    if (drawn) await context.runSteps(drawn.steps)
  },
  lasts: ({ of }, estimate) => Math.max(...of.map(({ steps: body }) => estimate(body))),
})
