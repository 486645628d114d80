import { required } from '../../document/fields/field.ts'
import { rate } from '../../document/fields/quantities.ts'
import { arrivalBacklogProperty } from './backlog.ts'
import { defineExecutor } from './executor.ts'
import { RateCurve } from './rate-curve.ts'
import {
  checkSessions,
  maxStationsProperty,
  SessionArrivals,
  sessionsText,
} from './session-arrivals.ts'
import { showRate } from './stages.ts'

export const constantArrivalRate = defineExecutor({
  name: 'constant-arrival-rate',
  summary:
    'Sessions begin at `rate`, whatever the ones before do: each plays its script once on a free standing station.',
  answers: 'Does the target keep up with so many drivers an hour, and how long do they wait?',
  model: 'mixed',
  fields: {
    rate: required(rate(), 'Sessions over all fleets.'),
    maxStations: maxStationsProperty,
    backlog: arrivalBacklogProperty,
  },
  example:
    'load: { executor: constant-arrival-rate, rate: 600/min, maxStations: 500, steady: 5min }',
  gracefulStopMs: 30_000,
  check: ({ maxStations }, check) => checkSessions(maxStations, check),
  describe: ({ rate: perSecond, maxStations }) =>
    `open model of sessions, ${showRate(perSecond)}: ${sessionsText(maxStations)}`,
  curve: ({ rate: value }, _fleets, steadyMs) => ({
    unit: 'sessions/s',
    points: [
      { atMs: 0, value },
      { atMs: steadyMs, value },
    ],
  }),
  run: ({ rate: perSecond, maxStations, backlog }, context) =>
    new SessionArrivals({ curve: RateCurve.constant(perSecond), maxStations, backlog }, context),
})
