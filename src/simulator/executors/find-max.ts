import { required, withDefault } from '../../document/fields/field.ts'
import { duration, percent, rate } from '../../document/fields/quantities.ts'
import { backlogProperty } from './backlog.ts'
import { CallRate } from './call-rate.ts'
import { defineExecutor } from './executor.ts'
import { checkMix, mixField, mixText } from './mix.ts'
import { RateCurve } from './rate-curve.ts'
import { showRate, showTime } from './stages.ts'

export const findMax = defineExecutor({
  name: 'find-max',
  summary:
    'Searches the highest rate of CALLs by `mix` that the target sustains within the thresholds.',
  answers: 'How much does the target sustain, and what breaks first?',
  model: 'open',
  fields: {
    mix: required(mixField, 'Weights by action.'),
    startRate: withDefault(rate(), 'The first rate that is tried.', 100, '100/s'),
    maxRate: withDefault(rate(), 'The highest rate that is tried.', 100_000, '100000/s'),
    precision: withDefault(
      percent(),
      'How near the highest rate that held must come to the lowest that broke.',
      0.05,
      '5%',
    ),
    settle: withDefault(
      duration(),
      'How long a rate runs before it is measured. Real time.',
      3000,
      '3s',
    ),
    measure: withDefault(
      duration({ min: 1000 }),
      'How long a rate is measured. Real time.',
      10_000,
      '10s',
    ),
    confirm: withDefault(
      duration({ min: 1000 }),
      'How long the rate that was found must hold in the end: the steady window of the report. Real time.',
      60_000,
      '60s',
    ),
    backlog: backlogProperty,
  },
  example: 'load: { executor: find-max, mix: { MeterValues: 50, Heartbeat: 50 } }',
  gracefulStopMs: 0,
  schedule: {
    length: '`confirm`',
    before: 'the search, as long as it takes',
    lengthMs: ({ confirm }) => confirm,
    stretched: (options, factor) => ({ ...options, confirm: options.confirm * factor }),
  },
  suffices: () => true,
  check(options, check) {
    checkMix(options.mix, check)
    const { startRate = 0, maxRate = Infinity, precision = 1 } = options
    if (maxRate < startRate) {
      check.reader.report(check.at('maxRate'), '"maxRate" must not be below "startRate".')
    }
    if (precision < 0.005) {
      check.reader.report(check.at('precision'), '"precision" must be at least 0.5%.')
    }
  },
  describe: ({ mix, startRate, maxRate, measure, confirm }) =>
    `searches the highest sustained rate from ${showRate(startRate)} up, at most ${showRate(maxRate)}; ` +
    `${showTime(measure)} a probe, ${showTime(confirm)} to confirm; open model of ${mixText(mix)}`,
  // The coordinator says which rate, and when.
  run: ({ mix, backlog }, context) =>
    new CallRate({ mix, backlog, curve: RateCurve.constant(0) }, context),
})
