import { object } from '../../document/fields/collections.ts'
import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { optional, withDefault } from '../../document/fields/field.ts'
import { duration, energy } from '../../document/fields/quantities.ts'
import { boolean, integer, oneOf } from '../../document/fields/scalars.ts'
import { physical } from '../scenario/fields/place.ts'
import type { EvNeeds } from '../scenario/plan.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

const keys = {
  energy: optional(energy(), 'What it wants in this session.', 'until its battery is full'),
  departure: optional(duration(), 'When it leaves, in simulated time from now.'),
  tuples: optional(
    integer({ min: 1, max: 1024, wants: 'a number of periods' }),
    'How many periods its schedules may have.',
  ),
  control: optional(
    oneOf(['scheduled', 'dynamic']),
    '2.1: ISO 15118-20 with this control mode; without it ISO 15118-2.',
  ),
  byPhase: withDefault(
    boolean(),
    'With control, on AC: it tells its phases apart and takes a limit for each.',
    false,
  ),
}

/** What an EV with ISO 15118 needs, as `plugIn` and `evNeeds` take it. */
export const needs = object(keys, {
  wants: 'what an EV needs, like {energy: 20kWh, departure: 4h}',
})

interface GivenNeeds {
  readonly energy: number | undefined
  readonly departure: number | undefined
  readonly tuples: number | undefined
  readonly control: 'scheduled' | 'dynamic' | undefined
  readonly byPhase: boolean
}

export function needsOf({ energy, departure, tuples, control, byPhase }: GivenNeeds): EvNeeds {
  return {
    energyWh: energy,
    departureMs: departure,
    maxScheduleTuples: tuples,
    control,
    ...(byPhase && { byPhase }),
  }
}

export const evNeeds = defineStep({
  name: 'evNeeds',
  summary: '2.x: an EV with ISO 15118 that is charging needs something else than it said.',
  args: physical({ ...keys, ...answering }, { wants: 'needs like {energy: 10kWh, departure: 1h}' }),
  beside: besideAnswering,
  example: '- evNeeds: {energy: 10kWh, departure: 1h}',
  async run({ at, energy, departure, tuples, control, byPhase, ...wanted }, context) {
    const given = { energy, departure, tuples, control, byPhase }
    const act = { kind: 'needs', needs: needsOf(given) } as const
    judge(await context.actor.act(at, act), wanted, context)
  },
})
