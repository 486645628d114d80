import { expect, test } from 'vitest'
import { loadModel, offeredPerSecond } from './describe-load.ts'
import { describePlan } from './describe-plan.ts'
import { estimateSimulatedMs } from './estimate.ts'
import { loadScenario } from './load-scenario.ts'
import type { Plan } from './plan.ts'

function load(text: string): Plan {
  const loaded = loadScenario({ file: 'test.yaml', text })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan
}

const city = `name: city
description: A city in the evening.
fleets:
  - name: posts
    count: 5000
    id: "P-{index:04}"
    station: {connectors: 2}
    traffic:
      - {call: Heartbeat, every: 500ms}
      - {call: MeterValues, rate: 200/s}
  - {name: hub, protocol: ocpp2.0.1, station: {maxPower: 150kW}, security: 3, script: [boot]}
load: {connect: {rate: 1000/s}, warmup: 10s, steady: 1min, drain: 5s}
tokens: [VISITOR]
thresholds: {ocpp_errors: ["rate<0.001"], ocpp_dropped: ["count==0"]}
`

test('a dry run says what the plan comes to', () => {
  expect(offeredPerSecond(load(city))).toBe(10_200)
  expect(describePlan(load(city))).toMatchInlineSnapshot(`
    "Scenario     city, seed 1, speed 1
                 A city in the evening.
    Stations     5,001 stations in 2 fleets
                 posts: 5,000 ocpp1.6, P-0001 to P-5000, 2 connectors of up to 22kW each
                 hub: 1 ocpp2.0.1, hub-00001, 1 connector of up to 150kW each, security profile 3
    Connections  5,001 at the peak, 1,000/s during the ramp, at most 500 under way
    Load         each station plays its script once; open model, traffic of 10,200 exchanges/s (20,400 messages/s) offered
    Windows      warm-up 10s, steady 1min, drain up to 5s
    Simulated    about 1min15s at most, an estimate
    Memory       up to 631 MiB for the stations, an estimate
    Tokens       5,001 own tokens, 1 more
    Thresholds   ocpp_errors: rate<0.001
                 ocpp_dropped: count==0
    "
  `)
})

test('a closed model names its mix', () => {
  const text = `name: t
fleets: [{name: a, count: 10, script: [boot]}]
load: {executor: constant-stations, mix: {MeterValues: 5, Heartbeat: 1}, steady: 10s}`
  expect(describePlan(load(text))).toContain(
    'closed model, each station does 83.3 % MeterValues, 16.7 % Heartbeat',
  )
})

test('the simulated length is the upper end of the longest script', () => {
  const estimate = (steps: string, rest = '') =>
    estimateSimulatedMs(load(`name: t\nspeed: 2\n${rest}\nfleets: [{name: a, script: [${steps}]}]`))
  expect(estimate('{wait: 5s}, {wait: {between: [1s, 10s]}}')).toBe(15_000)
  expect(estimate('{repeat: {times: 3}, steps: [{wait: 5s}]}')).toBe(15_000)
  expect(estimate('{parallel: [[{wait: 5s}], [{wait: 7s}]]}')).toBe(7000)
  expect(estimate('{choose: [{steps: [{wait: 5s}]}, [{wait: 6s}]]}')).toBe(6000)
  expect(estimate('{charge: {for: 1h}}, {suspendEv: 5min}, {powerLoss: 1min}')).toBe(3_960_000)
  expect(estimate('{repeat: {forever: true}, steps: [boot]}')).toBe(7 * 86_400_000)
  expect(estimate('{wait: 1h}', 'steady: 10s')).toBe(40_000)
  expect(estimate('{repeat: {times: 1000000}, steps: [{wait: 1d}]}')).toBe(366 * 86_400_000)
})

test('what comes at instants of its own is not a closed model, whatever brings it', () => {
  const fleet = (more: string) => `name: t
fleets: [{ name: a, script: [boot, { wait: 1min }]${more} }]
load: { executor: once, steady: 1min }
`
  const beat = ', traffic: [{ call: Heartbeat, every: 10s }]'
  const drivers = ', arrivals: [{ at: 06:00, rate: 6/h }, { at: 18:00, rate: 12/h }]'
  expect(loadModel(load(fleet('')))).toBe('closed')
  expect(loadModel(load(fleet(beat)))).toBe('open')
  expect(loadModel(load(fleet(drivers)))).toBe('mixed')
  expect(loadModel(load(fleet(drivers + beat)))).toBe('mixed')
})
