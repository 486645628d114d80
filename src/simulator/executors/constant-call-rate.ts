import { required } from '../scenario/fields/field.ts'
import { rate } from '../scenario/fields/quantities.ts'
import type { FleetPlan, TrafficPlan } from '../scenario/plan.ts'
import { defineExecutor } from './executor.ts'
import { checkMix, type Mix, mixField, mixText } from './mix.ts'
import { Traffic } from './traffic.ts'

export const constantCallRate = defineExecutor({
  name: 'constant-call-rate',
  summary: '`rate` CALLs by `mix` over the whole fleet, whatever the answers do.',
  answers: 'Does the target hold this rate, and how long do answers take then?',
  model: 'open',
  fields: {
    rate: required(rate(), 'Exchanges over all fleets.'),
    mix: required(mixField, 'Weights by action.'),
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
  run({ rate: perSecond, mix }, context) {
    const fleets = context.fleets.map((fleet) => ({
      ...fleet,
      traffic: shareOf(fleet, context.stations, perSecond, mix),
    }))
    return new Traffic({ ...context, fleets })
  },
})

/** The mix as traffic of this fleet, by its share of the stations. */
function shareOf(fleet: FleetPlan, stations: number, perSecond: number, mix: Mix): TrafficPlan[] {
  const weights = Object.values(mix).reduce((sum, weight) => sum + weight, 0)
  return Object.entries(mix).flatMap(([call, weight]) => {
    if (weight === 0) return []
    const ratePerSecond = (perSecond * weight * fleet.count) / (weights * stations)
    return { call, payload: undefined, everyMs: undefined, ratePerSecond, backlog: 'queue' }
  })
}
