import { describe, expect, test } from 'vitest'
import type { ScenarioOverrides } from './build-plan.ts'
import { loadScenario } from './load-scenario.ts'
import type { Plan } from './plan.ts'

function load(text: string, overrides: ScenarioOverrides = {}): Plan {
  const loaded = loadScenario({ file: 'test.yaml', text }, overrides)
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan
}

function problems(text: string, overrides: ScenarioOverrides = {}): readonly string[] {
  const loaded = loadScenario({ file: 'test.yaml', text }, overrides)
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : []
}

const fleet = (rest: string) => `name: t\nfleets: [{name: street, ${rest}}]`
const script = (steps: string, rest = '') => fleet(`${rest} script: [${steps}]`)

describe('loadScenario', () => {
  test('the smallest scenario has every default', () => {
    const plan = load(script('boot'))
    expect(plan).toMatchObject({ name: 't', seed: 1, speed: 1, tolerate: [], tokens: [] })
    expect(plan.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(plan.csms).toEqual({ boot: { status: 'Accepted', times: 1 }, heartbeatSeconds: 300 })
    expect(plan.load).toEqual({
      executor: { name: 'once', options: {} },
      connect: { ratePerSecond: undefined, jitterMs: 0, inFlight: 500 },
      warmupMs: 0,
      steadyMs: undefined,
      gracefulStopMs: 0,
      drainMs: 10_000,
    })
    expect(plan.fleets).toEqual([
      {
        name: 'street',
        count: 1,
        firstIndex: 0,
        id: '{fleet}-{index:05}',
        version: 'ocpp1.6',
        password: undefined,
        token: 'T{station:05}',
        tokenType: 'Central',
        station: {
          vendor: 'csms',
          model: 'Virtual',
          serial: undefined,
          firmware: undefined,
          evses: [{ connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' }],
          voltage: 230,
          meterStartWh: 0,
          txStartPoint: ['PowerPathClosed'],
          txStopPoint: ['EVConnected', 'Authorized'],
          configuration: {},
          callTimeoutMs: 30_000,
        },
        script: [
          { step: 'boot', args: { answer: undefined, save: undefined }, line: 2, column: 35 },
        ],
        on: {},
        traffic: [],
      },
    ])
  })

  test('a plan is plain data: it survives the way to a worker process', () => {
    const plan = load(
      script('boot, {wait: 5s}, {charge: 80%}, {repeat: {times: 2, steps: [boot]}}'),
    )
    expect(structuredClone(plan)).toEqual(plan)
  })

  test('steps have short and long forms', () => {
    const args = (steps: string) => load(script(steps)).fleets[0]?.script[0]?.args
    const first = { evse: 1, connector: 1 }
    expect(args('{charge: 80%}')).toMatchObject({
      at: first,
      until: { of: 'soc', until: { kind: 'fixed', value: 0.8 } },
    })
    expect(args('{charge: {until: 20kWh}}')).toMatchObject({
      until: { of: 'energy', until: { kind: 'fixed', value: 20_000 } },
    })
    expect(args('{charge: {between: [60%, 80%]}}')).toMatchObject({
      until: { of: 'soc', until: { kind: 'between', low: 0.6, high: 0.8 } },
    })
    expect(args('{wait: 1h30min}')).toEqual({ kind: 'fixed', value: 5_400_000 })
    expect(args('{call: Heartbeat, answer: {currentTime: $any}}')).toMatchObject({
      action: 'Heartbeat',
      answer: { matches: { currentTime: '$any' } },
    })
    expect(args('{repeat: {times: 2}, steps: [boot]}')).toMatchObject({ times: 2 })
    expect(args('{repeat: 2, steps: [boot]}')).toMatchObject({ times: 2 })
    expect(args('{start: , save: {tx: $.transactionId}}')).toMatchObject({
      save: { tx: '$.transactionId' },
    })
  })

  test('connectors are counted over the station, or within the EVSE that is named', () => {
    const evses = 'station: {evses: [{connectors: [cCCS2, cCHAdeMO]}, {connectors: cType2}]},'
    const at = (where: string) => {
      const plan = load(script(`{unplug: {${where}}}`, evses))
      return (plan.fleets[0]?.script[0]?.args as { readonly at: unknown } | undefined)?.at
    }
    expect(at('')).toEqual({ evse: 1, connector: 1 })
    expect(at('connector: 2')).toEqual({ evse: 1, connector: 2 })
    expect(at('connector: 3')).toEqual({ evse: 2, connector: 1 })
    expect(at('evse: 2')).toEqual({ evse: 2, connector: 1 })
    expect(at('evse: 1, connector: 2')).toEqual({ evse: 1, connector: 2 })
    expect(problems(script('{unplug: {evse: 2, connector: 2}}', evses))).toEqual([
      'EVSE 2 has no connector 2, only 1.',
    ])
  })

  test('current is DC by connector type or power, unless it is said', () => {
    const currents = (station: string) =>
      load(script('boot', `station: ${station},`)).fleets[0]?.station.evses.map(
        (one) => one.current,
      )
    expect(currents('{evses: [[cCCS2], [cType2]]}')).toEqual(['DC', 'AC'])
    expect(currents('{maxPower: 150kW}')).toEqual(['DC'])
    expect(currents('{maxPower: 150kW, current: AC}')).toEqual(['AC'])
  })

  test('an EV takes what the EVSE gives where the file does not say', () => {
    const plan = load(script('plugIn', 'station: {maxPower: 7kW, phases: 1},'))
    expect(plan.fleets[0]?.script[0]?.args).toMatchObject({
      maxPower: { kind: 'fixed', value: 7000 },
      phases: 1,
    })
  })

  test('the command line overrides version, stations, speed, seed and duration', () => {
    const text = `name: t\nwarmup: 10s\nsteady: 60s\nfleets:
  - {name: a, count: 30, script: [boot]}
  - {name: b, count: 10, protocol: ocpp2.1, script: [boot]}`
    const plan = load(text, {
      protocol: 'ocpp2.0.1',
      stations: 8,
      speed: 5,
      seed: 9,
      durationMs: 5000,
    })
    expect(
      plan.fleets.map(({ version, count, firstIndex }) => [version, count, firstIndex]),
    ).toEqual([
      ['ocpp2.0.1', 6, 0],
      ['ocpp2.0.1', 2, 6],
    ])
    expect(plan).toMatchObject({ speed: 5, seed: 9, load: { warmupMs: 1000, steadyMs: 4000 } })
    expect(load(text, { stations: 2 }).fleets.map(({ count }) => count)).toEqual([1, 1])
  })

  test('actions are checked against the version of the command line', () => {
    const text = script('{expect: RemoteStartTransaction}')
    expect(problems(text)).toEqual([])
    expect(problems(text, { protocol: 'ocpp2.0.1' })).toEqual([
      'ocpp2.0.1 has no RemoteStartTransaction; there it is RequestStartTransaction.',
    ])
  })

  test('traffic may use the names of 1.6 in every version', () => {
    const text = `steady: 1s\n${fleet('protocol: ocpp2.0.1, traffic: [{call: StartTransaction, rate: 5/s}]')}`
    expect(load(text).fleets[0]).toMatchObject({
      traffic: [{ call: 'StartTransaction', ratePerSecond: 5, everyMs: undefined }],
      script: [{ step: 'boot' }],
    })
  })

  test('an executor keeps its own keys, checked, beside what all of them have', () => {
    const plan = load(`name: t
fleets: [{name: a, script: [boot]}]
load: {executor: constant-call-rate, rate: 6000/min, mix: {Heartbeat: 1}, steady: 1s, connect: 5/s}`)
    expect(plan.load).toMatchObject({
      executor: { name: 'constant-call-rate', options: { rate: 100, mix: { Heartbeat: 1 } } },
      connect: { ratePerSecond: 5, jitterMs: 0, inFlight: 500 },
      steadyMs: 1000,
    })
  })

  test('tags of thresholds name what the run has', () => {
    const thresholds = (tag: string) =>
      `${script('boot')}\nthresholds: {"ocpp_errors{${tag}}": rate<1}`
    expect(problems(thresholds('fleet:street'))).toEqual([])
    expect(problems(thresholds('action:BootNotification'))).toEqual([])
    expect(problems(thresholds('fleet:steret'))).toEqual([
      'No station has the fleet "steret". Did you mean "street"?',
    ])
    expect(problems(thresholds('version:ocpp2.1'))).toEqual([
      'No station has the version "ocpp2.1". Did you mean "ocpp1.6"?',
    ])
    expect(problems(thresholds('action:Heartbeet'))).toEqual([
      'No version has an action "Heartbeet". Did you mean "Heartbeat"?',
    ])
  })

  test('problems of the form and of the whole come together', () => {
    const text = `sped: 1\n${fleet('count: 2, id: X, script: [boot]')}`
    expect(problems(text)).toEqual([
      'Unknown key "sped". Did you mean "seed"?',
      'All 2 stations would be "X"; put {index} in it.',
    ])
  })

  test('templates may name what the fleet saves anywhere, and what stations know', () => {
    expect(
      problems(script('{log: "{tx} {id} {now}"}, {start: {save: {tx: $.transactionId}}}')),
    ).toEqual([])
    expect(problems(script('{log: "{tx}"}'))).toHaveLength(1)
  })

  test('a fleet whose file says nothing of its stations still has unique tokens', () => {
    expect(problems(fleet('count: 20, script: [boot]'))).toEqual([])
  })

  test('a byte order mark and Windows line ends do no harm', () => {
    expect(problems(`\uFEFF${script('boot').replaceAll('\n', '\r\n')}`)).toEqual([])
  })
})
