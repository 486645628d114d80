import { required, withDefault } from '../../document/fields/field.ts'
import { arrivalBacklogProperty } from './backlog.ts'
import { defineExecutor } from './executor.ts'
import { RateCurve } from './rate-curve.ts'
import {
  checkSessions,
  maxStationsProperty,
  SessionArrivals,
  sessionsText,
} from './session-arrivals.ts'
import {
  anyRate,
  rateStages,
  showRate,
  stagesCurve,
  stagesLengthMs,
  stagesText,
  stretchedStages,
} from './stages.ts'

export const rampingArrivalRate = defineExecutor({
  name: 'ramping-arrival-rate',
  summary:
    'Sessions begin at a rate that `stages` lead, whatever the ones before do, on free standing stations.',
  answers: 'How does the target take the rush at six o’clock, and what comes after it?',
  model: 'mixed',
  fields: {
    startRate: withDefault(
      anyRate,
      'Sessions over all fleets when it begins; warm-up holds it.',
      0,
      '0/s',
    ),
    stages: required(rateStages, 'Where the rate goes; steady is as long as all of them.'),
    maxStations: maxStationsProperty,
    backlog: arrivalBacklogProperty,
  },
  example:
    'load: { executor: ramping-arrival-rate, stages: [{ duration: 2min, target: 20/s }, { duration: 3min, target: 20/s }] }',
  gracefulStopMs: 30_000,
  schedule: {
    length: 'its stages',
    lengthMs: ({ stages }) => stagesLengthMs(stages),
    stretched: (options, factor) => ({
      ...options,
      stages: stretchedStages(options.stages, factor),
    }),
  },
  check: ({ maxStations }, check) => checkSessions(maxStations, check),
  describe: ({ startRate, stages, maxStations }) =>
    `open model of sessions, ${stagesText(startRate, stages, showRate)}: ${sessionsText(maxStations)}`,
  curve: ({ startRate, stages }) => stagesCurve('sessions/s', startRate, stages),
  run({ startRate, stages, maxStations, backlog }, context) {
    const warmup = { duration: context.windows.warmupMs, target: startRate }
    const curve = RateCurve.ofStages(startRate, [warmup, ...stages])
    return new SessionArrivals({ curve, maxStations, backlog }, context)
  },
})
