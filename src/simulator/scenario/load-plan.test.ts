import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { executorDefinitions } from '../executors/registry.ts'
import type { ScenarioOverrides } from './build-plan.ts'
import { describePlan } from './describe-plan.ts'
import { executorHelp, executorReference } from './executor-reference.ts'
import { loadScenario } from './load-scenario.ts'
import type { LoadPlan, Plan } from './plan.ts'
import { scenarioSchema } from './scenario-schema.ts'

const file = (load: string, fleet = 'script: [boot, plugIn, unplug]') =>
  `name: t\nfleets: [{name: street, count: 1000, ${fleet}}]\n${load}\n`

function read(load: string, overrides: ScenarioOverrides = {}, fleet?: string) {
  return loadScenario({ file: 't.yaml', text: file(load, fleet) }, overrides)
}

function planOf(load: string, overrides?: ScenarioOverrides): Plan {
  const loaded = read(load, overrides)
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan
}

const loadOf = (load: string, overrides?: ScenarioOverrides): LoadPlan =>
  planOf(load, overrides).load

const problemsOf = (load: string, fleet?: string): readonly string[] => {
  const loaded = read(load, {}, fleet)
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : []
}

const isScenario = new Ajv({ strict: false }).compile(scenarioSchema())

describe.each(executorDefinitions)('$name', (definition) => {
  const { name, example } = definition

  test('its example is a sound load section, for the parser and for editors', () => {
    expect(loadOf(example).executor.name).toBe(name)
    expect(isScenario(parse(file(example)))).toBe(true)
  })

  test('--duration says how long steady is, a dry run what it comes to', () => {
    const plan = planOf(example, { durationMs: 20_000 })
    expect(plan.load.steadyMs).toBe(20_000)
    expect(describePlan(plan)).toContain('steady 20s')
    expect(describePlan(plan)).not.toMatch(/NaN|undefined|Infinity/)
  })

  test('reference and terminal name all its keys', () => {
    const section = executorReference().split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? ''
    for (const key of Object.keys(definition.fields)) {
      expect(section).toMatch(new RegExp(`^\\| \\**${key}\\** \\|`, 'm'))
      expect(executorHelp(definition)).toContain(`\n  ${key} `)
    }
  })
})

describe('load', () => {
  test('stages say how long steady is, and --duration stretches them', () => {
    const stages =
      'load: {executor: ramping-stations, warmup: 1s, stages: [{duration: 10s, target: 5}, {duration: 30s, target: 0}]}'
    expect(loadOf(stages).steadyMs).toBe(40_000)
    expect(loadOf(stages, { durationMs: 5000 })).toMatchObject({
      warmupMs: 1000,
      steadyMs: 4000,
      executor: {
        options: {
          stages: [
            { duration: 1000, target: 5 },
            { duration: 3000, target: 0 },
          ],
        },
      },
    })
    expect(problemsOf(`${stages}\nsteady: 5s`)).toEqual([
      'ramping-stations says by itself how long steady is.',
    ])
  })

  test('scripts that are played again and again may finish, others are called off', () => {
    expect(loadOf('load: {executor: constant-stations, steady: 1s}').gracefulStopMs).toBe(30_000)
    expect(loadOf('steady: 1s').gracefulStopMs).toBe(0)
    expect(loadOf('load: {steady: 1s, gracefulStop: 5s}').gracefulStopMs).toBe(5000)
  })

  test('the sessions of arrivals are scripts', () => {
    const load = 'load: {executor: constant-arrival-rate, rate: 1/s, steady: 1s}'
    expect(problemsOf(load, 'traffic: [{call: Heartbeat, every: 1s}]')).toEqual([
      'Fleet "street" has no "script": sessions are its script.',
    ])
  })

  test('a dry run draws the curve, and counts only the stations that it connects', () => {
    const text = describePlan(
      planOf(
        'load: {executor: ramping-stations, startStations: 100, stages: [{duration: 10s, target: 800}, {duration: 10s, target: 0}]}',
      ),
    )
    expect(text).toContain('Connections  800 at the peak')
    expect(text).toContain(
      'Curve        ▂▂▃▃▃▃▄▄▄▄▅▅▅▅▆▆▆▆▇▇▇▇████▇▇▇▆▆▆▆▅▅▅▄▄▄▃▃▃▃▂▂▂▁▁ 20s\n' +
        '             from 100 to 0 stations, 800 at the peak\n',
    )
    expect(
      describePlan(planOf('load: {executor: constant-arrival-rate, rate: 30/min, steady: 5min}')),
    ).toContain('Curve        0.5 sessions/s throughout, 150 sessions in all')
  })

  test('a dry run reads stages like a way, and rates with their thousands', () => {
    const mix = 'mix: {Heartbeat: 1}'
    const stages =
      'stages: [{duration: 3s, target: 2000/s}, {duration: 1min, target: 2000/s}, {duration: 0s, target: 30/min}]'
    const ramp = describePlan(planOf(`load: {executor: ramping-call-rate, ${mix}, ${stages}}`))
    expect(ramp).toContain('from 0/s to 2,000/s in 3s, held for 1min, to 0.5/s at once, of 100 %')
    expect(ramp).toContain('; up to 2,000 exchanges/s (4,000 messages/s) offered')
    const held = describePlan(
      planOf(`load: {executor: constant-call-rate, rate: 20/s, ${mix}, steady: 5s}`),
    )
    expect(held).toContain('; 20 exchanges/s (40 messages/s) offered')
  })

  test('a dry run of a search does not claim to know how long it takes', () => {
    const text = describePlan(
      planOf('load: {executor: find-max, mix: {Heartbeat: 1}, startRate: 5000/s, warmup: 5s}'),
    )
    expect(text).toContain(
      'searches the highest sustained rate from 5,000/s up, at most 100,000/s; 10s a probe, 1min to confirm',
    )
    expect(text).toContain(
      'Windows      warm-up 5s, the search, as long as it takes, steady 1min, drain up to',
    )
    expect(text).not.toContain('Simulated')
  })
})
