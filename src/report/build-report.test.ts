import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { load, plan, quickstart } from '../../test/helpers/sample-run.ts'
import { Recorder } from '../metrics/recorder.ts'
import { uncheckedBooks } from './books.ts'
import { buildReport } from './build-report.ts'
import { reportJson } from './json.ts'
import { junitXml } from './junit.ts'
import { type JsonSchema, reportSchema } from './report-schema.ts'
import type { RunFacts } from './run-facts.ts'

const gentle = { perSecond: 20, lagMicros: 400 }
const limited = { perSecond: 20, lagMicros: 40_000 }

const fails: RunFacts['thresholds'] = [plan('ocpp_response_time', 'p(95)<0.001')]

describe('buildReport', () => {
  test('a run in which all is well passes', () => {
    expect(buildReport(quickstart())).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
      exitCodes: [0],
      reasons: [],
      warnings: [],
    })
  })

  test('rates and percentiles cover steady, counts the whole run', () => {
    const report = buildReport(load(gentle))
    expect(report.window.headline).toBe('steady')
    expect(report.exchanges).toMatchObject({ started: 2_520, completed: 2_520 })
    expect(report.exchanges.perSecond).toBeCloseTo(40, 0)
    expect(report.messages.perSecond).toBeCloseTo(80, 0)
    expect(report.responseTimeMs.count).toBe(2_400)
    expect(report.sustained).toMatchObject({ sustained: true, offeredPerSecond: 40 })
  })

  test('everything covers the whole run where there is no steady', () => {
    const report = buildReport(quickstart())
    expect(report.window.headline).toBe('run')
    expect(report.responseTimeMs.count).toBe(report.exchanges.completed)
    expect(report.exchanges.perSecond).toBeCloseTo(report.exchanges.completed / 18.2, 1)
  })

  test('conserves, per action and version', () => {
    const outcomes = ['result', 'error', 'timeout', 'lost', 'invalid', 'unsent'] as const
    const report = buildReport(load({ ...gentle, outcome: (n) => outcomes[n % 6] ?? 'result' }))
    const { actions, exchanges } = report
    const parts = Object.values(actions).flatMap((action) => [
      action.exchanges,
      ...Object.values(action.byVersion).map((version) => version.exchanges),
    ])
    for (const one of [exchanges, ...parts]) {
      const { completed, callErrors, timeouts, lost, unfinished } = one
      expect(one.started).toBe(completed + callErrors + timeouts + lost + unfinished)
      expect(one.started).toBeGreaterThan(0)
    }
    expect(exchanges.dropped).toBe(420)
    const started = Object.values(actions).map((action) => action.exchanges.started)
    expect(started.reduce((sum, count) => sum + count)).toBe(exchanges.started)
  })

  test('a generator that was late makes the run invalid and its thresholds not judged', () => {
    const facts = load(limited)
    const held = [plan('ocpp_errors', 'rate<0.001'), ...fails]
    const report = buildReport({ ...facts, thresholds: held })
    expect(report).toMatchObject({ verdict: 'invalid', exitCode: 5, exitCodes: [5, 99] })
    expect(report.thresholds.map(({ pass }) => pass)).toEqual([null, false])
    expect(report.generator.limitedBy).toBe('generator')
    expect(report.sustained.sustained).toBe(false)
  })

  test('CPU counts within steady only', () => {
    const facts = load(gentle)
    const busy = (from: number, to: number): RunFacts => ({
      ...facts,
      workers: facts.workers.map((worker) => ({
        ...worker,
        health: worker.health.map((one) =>
          one.second >= from && one.second < to ? { ...one, cpuShare: 1 } : one,
        ),
      })),
    })
    expect(buildReport(busy(0, 5)).verdict).toBe('pass')
    expect(buildReport(busy(20, 30)).verdict).toBe('invalid')
  })

  test('a closed-model run at its limit passes with a warning', () => {
    const facts = quickstart()
    const report = buildReport({ ...facts, localSocketErrors: { EADDRNOTAVAIL: 1 } })
    expect(report.verdict).toBe('pass')
    expect(report.generator.limitedBy).toBe('generator')
    expect(report.warnings[0]).toMatch(/^generator saturated/)
  })

  test('a threshold that fails is 99, one without samples too', () => {
    expect(buildReport({ ...quickstart(), thresholds: fails })).toMatchObject({
      verdict: 'fail',
      exitCode: 99,
    })
    const thresholds = [plan('ocpp_response_time{fleet:nobody}', 'p(95)<1')]
    expect(buildReport({ ...quickstart(), thresholds }).reasons).toEqual([
      'threshold ocpp_response_time{fleet:nobody} p(95)<1 failed: no samples',
    ])
  })

  test('stations that were never accepted take their load along: such a run of load is no pass', () => {
    const facts = load(gentle)
    const [first] = facts.metrics.stations
    if (!first) throw new Error('the sample has stations')
    const refused = (tried: number): RunFacts => ({
      ...facts,
      metrics: { ...facts.metrics, stations: [{ ...first, tried }] },
    })
    expect(buildReport(refused(400)).verdict).toBe('pass')
    const report = buildReport(refused(440))
    expect(report).toMatchObject({ verdict: 'fail', exitCode: 3, stations: { neverAccepted: 40 } })
    expect(report.reasons).toEqual([
      '40 of 440 stations were never accepted: the load they were to bring is missing',
    ])
    expect(report.sustained.sustained).toBe(false)
    // Whoever expects a refusal says so in a script, and that is the judge.
    const { metrics } = quickstart()
    const stations = metrics.stations.map((one) => ({ ...one, tried: one.accepted + 1 }))
    const functional = buildReport({ ...quickstart(), metrics: { ...metrics, stations } })
    expect(functional).toMatchObject({ verdict: 'pass', stations: { neverAccepted: 2 } })
  })

  test('a ramp that fell behind its rate is told, one that was late by a tick is not', () => {
    const behind = (behindSeconds: number) =>
      buildReport({ ...load(gentle), ramp: { ratePerSecond: 1000, inFlight: 500, behindSeconds } })
    const report = behind(42.06)
    expect(report.verdict).toBe('pass')
    expect(report.stations.rampBehindSeconds).toBe(42.06)
    expect(report.warnings).toContain(
      'the connect ramp was up to 42.1 s behind its 1,000/s: with 500 connects under way the next one waits (load.connect.inFlight)',
    )
    expect(behind(0.2).stations).not.toHaveProperty('rampBehindSeconds')
    expect(behind(0.2).warnings.join()).not.toContain('ramp')
  })

  test('a failed script is 3, with the commonest reasons', () => {
    const facts = quickstart()
    const scripts = { street: { completed: 3, failed: 2, reasons: { 'no answer': 2 } } }
    const report = buildReport({ ...facts, metrics: { ...facts.metrics, scripts } })
    expect(report).toMatchObject({ verdict: 'fail', exitCode: 3 })
    expect(report.reasons).toEqual(['2 of 5 scripts failed: no answer (2 times)'])
  })

  test('books that differ are 3', () => {
    const facts = quickstart()
    const report = buildReport({ ...facts, books: { ...facts.books, lost: 2, mismatched: 1 } })
    expect(report.exitCode).toBe(3)
    expect(report.transactions).toMatchObject({ lost: 2, mismatched: 1 })
    expect(report.reasons).toEqual(['the books differ: 2 lost and 1 wrong of 30 transactions'])
  })

  test('books that were asked for and could not be read are 3', () => {
    const books = { ...uncheckedBooks, unreadable: 'the books at x could not be read: HTTP 500' }
    const report = buildReport({ ...quickstart(), books })
    expect(report).toMatchObject({ exitCode: 3, reasons: [books.unreadable] })
    expect(report.books).toMatchObject({ checked: false, unreadable: books.unreadable })
    expect(junitXml(report)).toContain(`<failure message="${books.unreadable}"`)
  })

  test('transactions that the target was never told of are 3, books or no books', () => {
    const facts = quickstart()
    const books = { ...facts.books, checked: false, source: null }
    const transactions = { ...facts.transactions, undelivered: 2 }
    const report = buildReport({ ...facts, books, transactions })
    expect(report).toMatchObject({ exitCode: 3, transactions: { undelivered: 2, lost: null } })
    expect(report.reasons).toEqual([
      '2 messages that begin or end a transaction never reached the target',
    ])
  })

  test('books that nobody looked into are never said to balance', () => {
    const books = { ...quickstart().books, checked: false, source: null }
    const report = buildReport({ ...quickstart(), books })
    expect(report.transactions).toMatchObject({ lost: null, mismatched: null })
    expect(report.verdict).toBe('pass')
    expect(report.warnings[0]).toMatch(/^books: unchecked/)
  })

  test('a MUST that the target broke is 3, unless tolerated; a SHOULD is a warning', () => {
    const facts = quickstart()
    const violated = (rule: string, must: number, should: number): RunFacts => ({
      ...facts,
      metrics: { ...facts.metrics, violations: { [rule]: { must, should, samples: [] } } },
    })
    const broken = violated('RPC_UNSOLICITED_ANSWER', 2, 0)
    expect(buildReport(broken)).toMatchObject({ exitCode: 3, exchanges: { unsolicited: 2 } })
    const tolerated = buildReport({ ...broken, tolerate: ['RPC_UNSOLICITED_ANSWER'] })
    expect(tolerated).toMatchObject({ exitCode: 0, violations: { total: 2 } })
    expect(tolerated.warnings).toHaveLength(1)
    const odd = buildReport(violated('RPC_TWO_CALLS', 0, 4))
    expect(odd).toMatchObject({ exitCode: 0, violations: { total: 4 } })
    expect(odd.violations.byRule['RPC_TWO_CALLS']?.level).toBe('SHOULD')
    expect(odd.warnings).toHaveLength(1)
  })

  test('green means that something ran', () => {
    const nothing = new Recorder(0).snapshot()
    const report = buildReport({ ...quickstart(), metrics: nothing, thresholds: [] })
    expect(report).toMatchObject({ verdict: 'fail', exitCode: 3 })
  })

  test('a dead worker is 1; its stations and what it left open are lost, so that the numbers add up', () => {
    const facts = quickstart()
    const recorder = new Recorder(0)
    recorder.absorb(facts.metrics)
    recorder.exchangeStarted(recorder.exchanges('street', 'ocpp1.6', 'Heartbeat'))
    const [worker] = facts.workers
    if (!worker) throw new Error('the sample has a worker')
    const report = buildReport({
      ...facts,
      metrics: recorder.snapshot(),
      workers: [{ ...worker, died: 'killed by SIGKILL', lostStations: 5 }],
    })
    expect(report).toMatchObject({ verdict: 'fail', exitCode: 1 })
    expect(report.reasons).toEqual(['worker 1 died: killed by SIGKILL; 5 stations lost with it'])
    expect(report.stations.lost).toBe(5)
    const { started, completed, callErrors, timeouts, lost, unfinished } = report.exchanges
    expect(lost).toBe(1)
    expect(completed + callErrors + timeouts + lost + unfinished).toBe(started)
  })

  test('numbers that do not add up are 1', () => {
    const facts = quickstart()
    const recorder = new Recorder(0)
    recorder.absorb(facts.metrics)
    recorder.exchangeStarted(recorder.exchanges('street', 'ocpp1.6', 'Heartbeat'))
    const report = buildReport({ ...facts, metrics: recorder.snapshot() })
    expect(report.exitCode).toBe(1)
    expect(report.reasons[0]).toMatch(/numbers of Heartbeat \(street, ocpp1.6\) do not add up/)
  })

  test('what cut a run short has its code, the foremost wins and all are listed', () => {
    const facts = { ...quickstart(), thresholds: fails }
    const interrupted = buildReport({ ...facts, end: { kind: 'interrupted', signal: 'SIGINT' } })
    expect(interrupted).toMatchObject({ verdict: 'aborted', exitCode: 105, exitCodes: [105, 99] })
    const end = { kind: 'aborted', threshold: 'ocpp_errors rate<0.1' } as const
    expect(buildReport({ ...facts, end })).toMatchObject({ verdict: 'aborted', exitCode: 108 })
    const gone = { kind: 'unreachable', reason: 'connection refused' } as const
    const target = { ...facts.target, embedded: false }
    const unreachable = buildReport({ ...facts, target, end: gone, internalFaults: ['a bug'] })
    expect(unreachable).toMatchObject({ verdict: 'fail', exitCode: 1, exitCodes: [1, 4, 99] })
    expect(unreachable.reasons[0]).toBe('a bug')
  })

  test('a target that went away is told apart from one that accepted nobody', () => {
    const facts = quickstart()
    const target = { ...facts.target, embedded: false, url: 'ws://csms' }
    const end = { kind: 'unreachable', reason: 'connect ECONNREFUSED' } as const
    expect(buildReport({ ...facts, target, end })).toMatchObject({
      exitCode: 4,
      reasons: ['ws://csms went away and let nobody in again: connect ECONNREFUSED'],
    })
    const nobody = { ...facts.metrics, stations: [] }
    expect(buildReport({ ...facts, target, end, metrics: nobody }).reasons[0]).toBe(
      'no station was accepted by ws://csms: connect ECONNREFUSED',
    )
  })

  test('a steady that was over at once is no window: figures cover the run', () => {
    const facts = load(gentle)
    const windows = facts.windows.map((window) =>
      window.phase === 'steady' ? { ...window, seconds: 0.04 } : window,
    )
    expect(buildReport({ ...facts, windows }).window.headline).toBe('run')
  })

  test('an embedded CSMS that died is a fault, not stations that were refused', () => {
    const facts = quickstart()
    const report = buildReport({
      ...facts,
      target: { ...facts.target, embedded: true },
      end: { kind: 'unreachable', reason: 'it ended' },
      internalFaults: ['it ended'],
    })
    expect(report).toMatchObject({ exitCodes: [1], reasons: ['it ended'] })
  })

  test('the same facts give the same report', () => {
    expect(reportJson(buildReport(quickstart()))).toBe(reportJson(buildReport(quickstart())))
  })
})

const contractedKeys = [
  'schemaVersion',
  'verdict',
  'exitCode',
  'scenario',
  'target',
  'window',
  'stations',
  'messages',
  'exchanges',
  'responseTimeMs',
  'serviceTimeMs',
  'actions',
  'commands',
  'scripts',
  'transactions',
  'violations',
  'thresholds',
  'generator',
  'series',
  'environment',
]

describe('report.schema.json', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true })
  formats.default(ajv)
  const isReport = ajv.compile(reportSchema)

  const reports = [
    buildReport(quickstart()),
    buildReport(
      load({
        ...gentle,
        outcome: (n) => (n % 7 === 0 ? 'timeout' : 'result'),
        violate: (recorder, n, at) => {
          const violation = { rule: 'R', level: 'MUST', detail: 'wrong', frame: '[]' } as const
          if (n < 3) recorder.violated(violation, 'CP1', at)
          recorder.commandServed(recorder.commands('city', 'ocpp1.6', 'Reset'), 'result')
        },
      }),
    ),
  ]

  test('every report is valid against it', () => {
    for (const report of reports) {
      expect(isReport(JSON.parse(reportJson(report))), ajv.errorsText(isReport.errors)).toBe(true)
    }
  })

  test('requires every contracted key', () => {
    expect(reportSchema['required']).toEqual(expect.arrayContaining(contractedKeys))
    for (const key of contractedKeys) {
      const { [key]: _, ...without } = JSON.parse(reportJson(buildReport(quickstart())))
      expect(isReport(without), key).toBe(false)
    }
  })

  test('describes every key that a report has', () => {
    const closed = new Ajv({ strict: true, allowUnionTypes: true })
    formats.default(closed)
    const isExactly = closed.compile(closeObjects(reportSchema))
    for (const report of reports) {
      const valid = isExactly(JSON.parse(reportJson(report)))
      expect(valid, closed.errorsText(isExactly.errors)).toBe(true)
    }
  })
})

/** The same schema without room for properties it does not name. */
function closeObjects(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    const isClosable = value !== null && typeof value === 'object' && 'properties' in value
    return isClosable ? { additionalProperties: false, ...value } : value
  }) as JsonSchema
}
