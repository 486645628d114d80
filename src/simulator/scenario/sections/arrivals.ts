import { list, object } from '../../../document/fields/collections.ts'
import { type Field, mapped, required, withDefault } from '../../../document/fields/field.ts'
import { simulatedRate } from '../../../document/fields/quantities.ts'
import { oneOf } from '../../../document/fields/scalars.ts'
import type { SourceNode } from '../../../document/source-node.ts'
import { type DayInstant, dayInstant } from '../fields/time-of-day.ts'

const point = object(
  {
    at: required(dayInstant(), 'A time of day, or simulated time after the day began.'),
    rate: required(simulatedRate(), 'Drivers over the whole fleet, in simulated time.'),
  },
  { wants: 'a point like {at: 18:00, rate: 200/h}' },
)

const arrivalsShape = object(
  {
    curve: required(
      list(point, 'a list of points like {at: 18:00, rate: 200/h}'),
      'How many come, straight lines between the points; level before the first and after the last. Without "steady" the day ends with the last point.',
    ),
    backlog: withDefault(
      oneOf(['queue', 'skip', 'coalesce']),
      'What a driver does who finds no station free: waits, leaves (skip), or shares the wait of one before (coalesce).',
      'queue',
    ),
  },
  {
    wants: 'arrivals like {curve: [{at: 06:00, rate: 10/h}, {at: 18:00, rate: 200/h}]}',
    shorthand: 'curve',
  },
)

/** The arrivals of a fleet as the file says them; when the day begins is not known yet. */
export interface ArrivalsDraft {
  readonly points: readonly { readonly at: DayInstant; readonly perSecond: number }[]
  readonly backlog: 'queue' | 'skip' | 'coalesce'
  readonly node: SourceNode
}

export const arrivals: Field<ArrivalsDraft> = mapped(
  arrivalsShape,
  ({ curve, backlog }, node, reader) => {
    if (curve.length === 0) return reader.report(node.span, 'A curve has at least one point.')
    const points = curve.map(({ at, rate }) => ({ at, perSecond: rate }))
    return { points, backlog, node }
  },
)
