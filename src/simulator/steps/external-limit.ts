import { object } from '../../document/fields/collections.ts'
import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { mapped, optional, required, withDefault } from '../../document/fields/field.ts'
import { power } from '../../document/fields/quantities.ts'
import { boolean, integer, text } from '../../document/fields/scalars.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

/** ChargingLimitSourceEnumType: 2.0.1 has no more, 2.1 takes any name. */
const source = withDefault(
  text({ wants: 'a source like EMS, SO or Other', longest: 20 }),
  'Who limits: EMS, SO, Other, or what 2.1 calls otherwise.',
  'EMS',
)
const evse = optional(
  integer({ min: 1, wants: 'an EVSE number' }),
  'Which EVSE.',
  'the whole station',
)

export const externalLimit = defineStep({
  name: 'externalLimit',
  summary:
    '2.x: somebody else than the CSMS, like the energy management of a site, limits charging.',
  args: object(
    {
      limit: required(power(), 'What may be drawn.'),
      source,
      evse,
      gridCritical: withDefault(boolean(), 'The grid is in danger otherwise.', false),
      generation: withDefault(
        boolean(),
        '2.1: it is local generation, which adds to what others allow.',
        false,
      ),
      ...answering,
    },
    { wants: 'a limit like {limit: 8kW, source: EMS}', shorthand: 'limit' },
  ),
  beside: besideAnswering,
  undoneBy: 'clearExternalLimit',
  example: '- externalLimit: {limit: 8kW, source: EMS}',
  async run({ limit: watts, evse: at = 0, source, gridCritical, generation, ...wanted }, context) {
    const act = { kind: 'limited', evse: at, source, watts, gridCritical, generation } as const
    judge(await context.actor.act(somewhere(at), act), wanted, context)
  },
})

export const clearExternalLimit = defineStep({
  name: 'clearExternalLimit',
  summary: '2.x: a limit of somebody else than the CSMS is over.',
  args: mapped(
    object({ source, evse, ...answering }, { wants: 'a source like EMS', shorthand: 'source' }),
    ({ evse: at = 0, ...given }) => ({ ...given, at }),
  ),
  beside: besideAnswering,
  example: '- clearExternalLimit: EMS',
  async run({ at, source, ...wanted }, context) {
    const act = { kind: 'limitCleared', evse: at, source } as const
    judge(await context.actor.act(somewhere(at), act), wanted, context)
  },
})

function somewhere(evse: number) {
  return { evse: Math.max(1, evse), connector: 1 }
}
