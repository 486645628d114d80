import { object } from '../../../document/fields/collections.ts'
import {
  type Field,
  mapped,
  optional,
  required,
  withDefault,
} from '../../../document/fields/field.ts'
import { duration, percent } from '../../../document/fields/quantities.ts'
import { integer, oneOf, text } from '../../../document/fields/scalars.ts'
import type { SourceNode } from '../../../document/source-node.ts'
import { dayInstant } from '../fields/time-of-day.ts'

/** Steps are read later, for each fleet that they come over. */
const acts: Field<SourceNode> = {
  wants: 'a step, or a list of steps',
  parse: (node) => node,
  schema: () => ({
    anyOf: [{ $ref: '#/definitions/step' }, { $ref: '#/definitions/steps' }],
  }),
}

const eventShape = object(
  {
    at: required(
      dayInstant(),
      'When: a time of day, or simulated time after the day began. A time before "startsAt" is the next day\'s.',
    ),
    do: required(acts, 'What comes over the stations: a step with its arguments, or a list.'),
    fleet: optional(text({ longest: 40 }), 'Whose stations.', 'all fleets'),
    share: optional(percent(), 'Of the stations, chosen by the seed.', '100%'),
    count: optional(integer({ min: 1 }), 'So many of them, in place of "share".'),
    for: optional(
      duration({ min: 1 }),
      'Simulated time; then it is taken back: after powerLoss comes powerUp, after disconnect reconnect, after fault clearFault.',
      'to the end of the run, or until another event takes it back',
    ),
    spread: withDefault(
      duration(),
      'With "for": each station comes back up to this much later, simulated time, by a draw of its own.',
      0,
      '0s',
    ),
    comeBack: optional(
      oneOf(['backOff', 'atOnce']),
      'After disconnect. backOff: at the next attempt that the station would have made, in real time, by RetryBackOffWaitMinimum and so on [2.0.1 Part 4 5.3]. atOnce: all in the same instant.',
      'backOff',
    ),
  },
  { wants: 'an event like {at: 18:00, share: 30%, do: powerLoss, for: 2min}' },
)

type EventGiven = NonNullable<ReturnType<typeof eventShape.parse>>

/** An event as the file says it, with its place. */
export type EventDraft = EventGiven & { readonly node: SourceNode }

export const event: Field<EventDraft> = mapped(eventShape, (given, node) => ({ ...given, node }))
