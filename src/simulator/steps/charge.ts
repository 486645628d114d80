import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { type Field, mapped, optional } from '../../document/fields/field.ts'
import { duration, energy, percent } from '../../document/fields/quantities.ts'
import type { SourceNode } from '../../document/source-node.ts'
import { type Distribution, sample, upperEnd } from '../scenario/distributions.ts'
import { distribution } from '../scenario/fields/distribution.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

interface Goal {
  readonly of: 'soc' | 'energy'
  readonly until: Distribution
}

const bySoc = distribution(percent())
const byEnergy = distribution(energy({ min: 1 }))

/** A share is a state of charge, an energy is what this session brings. */
const goal: Field<Goal> = {
  wants: 'a state of charge like 80% or an energy like 20kWh',
  ...(bySoc.keys ? { keys: bySoc.keys } : {}),
  parse(node, reader) {
    const ofSoc = /%\s*$/.test(firstText(node))
    const until = (ofSoc ? bySoc : byEnergy).parse(node, reader)
    return until && { of: ofSoc ? 'soc' : 'energy', until }
  },
  schema: () => ({ anyOf: [bySoc.schema(), byEnergy.schema()] }),
}

function firstText(node: SourceNode): string {
  if (node.kind === 'scalar') return node.text
  const inner = node.kind === 'list' ? node.items[0] : node.entries[0]?.value
  return inner ? firstText(inner) : ''
}

const args = physical(
  {
    until: optional(goal, 'Ends at this state of charge, or after this energy.'),
    for: optional(distribution(duration({ min: 1 })), 'Ends after this simulated time.'),
    meterEvery: optional(
      duration({ min: 1 }),
      'Meter samples in simulated time.',
      "the station's own interval",
    ),
    ...answering,
  },
  { wants: 'what to charge, like 80%, {until: 20kWh} or {for: 30min}', shorthand: 'until' },
)

/** How long a charge without `for` is taken to last when a run's length is estimated. */
const typicalMs = 3 * 3_600_000

export const charge = defineStep({
  name: 'charge',
  summary: 'Let energy flow until a goal is reached, or the transaction ends otherwise.',
  args: mapped(args, (given, node, reader) => {
    const without = given.until === undefined && given.for === undefined
    return without ? reader.report(node.span, '"charge" needs "until" or "for".') : given
  }),
  beside: besideAnswering,
  example: '- charge: {until: 80%, meterEvery: 60s}',
  async run({ at, until, for: forMs, meterEvery, ...wanted }, context) {
    const { actor, cancel } = context
    const target = until && sample(until.until, actor.random)
    const result = await actor.charge(
      at,
      {
        ...(until?.of === 'soc' && target !== undefined ? { untilSoc: target } : {}),
        ...(until?.of === 'energy' && target !== undefined ? { untilEnergyWh: target } : {}),
        ...(forMs ? { forMs: sample(forMs, actor.random) } : {}),
        ...(meterEvery === undefined ? {} : { meterEveryMs: meterEvery }),
      },
      cancel,
    )
    judge(result, wanted, context)
  },
  lasts: ({ for: forMs }) => (forMs ? upperEnd(forMs) : typicalMs),
})
