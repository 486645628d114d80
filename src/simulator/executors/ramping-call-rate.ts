import { required, withDefault } from '../../document/fields/field.ts'
import { backlogProperty } from './backlog.ts'
import { CallRate } from './call-rate.ts'
import { defineExecutor } from './executor.ts'
import { checkMix, mixField, mixText } from './mix.ts'
import { RateCurve } from './rate-curve.ts'
import {
  anyRate,
  rateStages,
  showRate,
  stagesCurve,
  stagesLengthMs,
  stagesText,
  stretchedStages,
} from './stages.ts'

export const rampingCallRate = defineExecutor({
  name: 'ramping-call-rate',
  summary:
    'CALLs by `mix` over all stations at a rate that `stages` lead, whatever the answers do.',
  answers: 'From which rate on do answers slow down, and does the target recover?',
  model: 'open',
  fields: {
    startRate: withDefault(
      anyRate,
      'Exchanges over all fleets when it begins; warm-up holds it.',
      0,
      '0/s',
    ),
    stages: required(rateStages, 'Where the rate goes; steady is as long as all of them.'),
    mix: required(mixField, 'Weights by action.'),
    backlog: backlogProperty,
  },
  example:
    'load: { executor: ramping-call-rate, mix: { Heartbeat: 100 }, stages: [{ duration: 30s, target: 2000/s }] }',
  gracefulStopMs: 0,
  schedule: {
    length: 'its stages',
    lengthMs: ({ stages }) => stagesLengthMs(stages),
    stretched: (options, factor) => ({
      ...options,
      stages: stretchedStages(options.stages, factor),
    }),
  },
  suffices: () => true,
  check: ({ mix }, check) => checkMix(mix, check),
  describe: ({ startRate, stages, mix }) =>
    `each station plays its script once; open model, ${stagesText(startRate, stages, showRate)}, of ${mixText(mix)}`,
  curve: ({ startRate, stages }) => stagesCurve('exchanges/s', startRate, stages),
  run({ startRate, stages, mix, backlog }, context) {
    const warmup = { duration: context.windows.warmupMs, target: startRate }
    const curve = RateCurve.ofStages(startRate, [warmup, ...stages])
    return new CallRate({ mix, backlog, curve }, context)
  },
})
