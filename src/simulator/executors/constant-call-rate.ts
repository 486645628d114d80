import { required } from '../../document/fields/field.ts'
import { rate } from '../../document/fields/quantities.ts'
import { backlogProperty } from './backlog.ts'
import { CallRate } from './call-rate.ts'
import { defineExecutor } from './executor.ts'
import { checkMix, mixField, mixText } from './mix.ts'
import { RateCurve } from './rate-curve.ts'

export const constantCallRate = defineExecutor({
  name: 'constant-call-rate',
  summary: '`rate` CALLs by `mix` over all stations, exactly, whatever the answers do.',
  answers: 'Does the target hold this rate, and how long do answers take then?',
  model: 'open',
  fields: {
    rate: required(rate(), 'Exchanges over all fleets.'),
    mix: required(mixField, 'Weights by action.'),
    backlog: backlogProperty,
  },
  example:
    'load: { executor: constant-call-rate, rate: 1000/s, mix: { MeterValues: 50, Heartbeat: 50 }, steady: 60s }',
  gracefulStopMs: 0,
  suffices: () => true,
  check: ({ mix }, check) => checkMix(mix, check),
  describe: ({ mix }) => `each station plays its script once; open model of ${mixText(mix)}`,
  curve: ({ rate: value }, _fleets, steadyMs) => ({
    unit: 'exchanges/s',
    points: [
      { atMs: 0, value },
      { atMs: steadyMs, value },
    ],
  }),
  run({ rate: perSecond, mix, backlog }, context) {
    const { warmupMs, steadyMs = Number.POSITIVE_INFINITY } = context.windows
    const seconds = (warmupMs + steadyMs) / 1000
    // Ends with steady by itself: the timer that begins the drain may be late.
    const curve = new RateCurve([{ seconds, from: perSecond, to: perSecond }])
    return new CallRate({ mix, backlog, curve }, context)
  },
})
