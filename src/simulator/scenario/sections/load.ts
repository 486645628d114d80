import { mapOf, object } from '../fields/collections.ts'
import { optional, withDefault } from '../fields/field.ts'
import { duration, rate } from '../fields/quantities.ts'
import { number, oneOf } from '../fields/scalars.ts'

/** The windows, which may stand at the top of the file or in `load`. */
export const windows = {
  warmup: optional(duration(), 'After the ramp, not part of the headlines. Real time.', '0s'),
  steady: optional(duration({ min: 1 }), 'What headlines cover. Real time.', 'until scripts end'),
  drain: optional(duration(), 'How long outstanding answers may take. Real time.', '10s'),
}

const connect = object(
  {
    rate: optional(rate(), 'New connections over all fleets.', 'as fast as they are accepted'),
    jitter: withDefault(duration(), 'Each connects up to this much later.', 0, '0s'),
  },
  { wants: 'a connect ramp like {rate: 1000/s}', shorthand: 'rate' },
)

/** How load arrives. The mix is checked against the fleets when all of them are known. */
export const load = object(
  {
    executor: withDefault(
      oneOf(['once', 'constant-stations', 'constant-call-rate']),
      'once: each script once. constant-stations: closed model, each station does the next draw of ' +
        'the mix (or its script again) when the last is done. constant-call-rate: open model, ' +
        '`rate` CALLs by `mix` whatever the answers do.',
      'once',
    ),
    rate: optional(rate(), 'Of constant-call-rate: exchanges over all fleets.'),
    mix: optional(
      mapOf(number({ min: 0, max: 1_000_000 }), {
        wants: 'weights by action like {MeterValues: 50, Heartbeat: 50}',
      }),
      'Weights by action.',
      'the script, again and again',
    ),
    connect: withDefault(connect, 'The ramp.', { rate: undefined, jitter: 0 }, 'all at once'),
    ...windows,
  },
  { wants: 'a load like {executor: constant-stations, steady: 60s}' },
)
