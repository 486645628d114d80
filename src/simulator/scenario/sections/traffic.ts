import { object } from '../../../document/fields/collections.ts'
import {
  type Field,
  mapped,
  optional,
  required,
  withDefault,
} from '../../../document/fields/field.ts'
import { duration, rate } from '../../../document/fields/quantities.ts'
import { oneOf } from '../../../document/fields/scalars.ts'
import { payload } from '../../../document/fields/values.ts'
import { drawnActions } from '../../executors/mix.ts'
import { trafficAction } from '../fields/traffic-action.ts'
import type { TrafficPlan } from '../plan.ts'

const shape = object(
  {
    call: required(
      trafficAction(),
      'An action of the version; 2.x stations send StartTransaction and StopTransaction as TransactionEvent.',
    ),
    payload: optional(payload(), 'Sent as it stands.', "from the station's physical state"),
    every: optional(duration({ min: 1 }), "Each station's own period, real time."),
    rate: optional(rate(), 'CALLs over the whole fleet, real time.'),
    backlog: withDefault(
      oneOf(['queue', 'skip', 'coalesce']),
      'What happens to a CALL that is due while an earlier one still waits.',
      'queue',
    ),
  },
  { wants: 'traffic like {call: Heartbeat, every: 30s}' },
)

/** One kind of CALL that is due at instants of its own, whatever the answers do. */
export const traffic: Field<TrafficPlan> = mapped(shape, (given, node, reader) => {
  if ((given.every === undefined) === (given.rate === undefined)) {
    return reader.report(node.span, 'Traffic wants either "every" or "rate".')
  }
  if (given.payload === undefined && !drawnActions.includes(given.call)) {
    const message = `${given.call} needs "payload": stations make those of ${drawnActions.join(', ')}.`
    return reader.report(node.span, message)
  }
  return {
    call: given.call,
    payload: given.payload,
    everyMs: given.every,
    ratePerSecond: given.rate,
    backlog: given.backlog,
  }
})
