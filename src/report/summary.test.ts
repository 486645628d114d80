import { describe, expect, test } from 'vitest'
import { load, quickstart } from '../../test/helpers/sample-run.ts'
import { buildReport } from './build-report.ts'
import type { RunFacts } from './run-facts.ts'
import type { Style } from './style.ts'
import { summary } from './summary.ts'

const folder = 'reports/2026-11-21T07-08-28-quickstart'

/** A target that breaks its schema now and then, answers some CALLs with errors, some never. */
function faulty(): RunFacts {
  const frame = '[3,"k3v9xq-city-1-7",{"currentTime":"yesterday"}]'
  const detail = 'Heartbeat: /currentTime must match format "date-time"'
  const facts = load({
    perSecond: 100,
    lagMicros: 400,
    outcome: (n) => {
      if (n % 50 === 7) return 'invalid'
      if (n % 400 === 13) return 'timeout'
      return n % 300 === 5 ? 'error' : 'result'
    },
    violate: (recorder, n, at) => {
      const rule = 'RPC_RESPONSE_SCHEMA'
      if (n % 50 === 7) recorder.violated({ rule, level: 'MUST', detail, frame }, 'city-00007', at)
      if (n !== 99) return
      const early = { detail: 'Reset came early', frame: '[2,"9","Reset",{}]' }
      recorder.violated({ rule: 'RPC_TWO_CALLS', level: 'SHOULD', ...early }, 'city-00099', at)
      const reset = recorder.commands('city', 'ocpp1.6', 'Reset')
      recorder.commandServed(reset, 'result')
      recorder.commandAnswered(reset, at, at + 12_345)
    },
  })
  return { ...facts, transactions: { started: 12, stopped: 11, energyWh: 840, undelivered: 0 } }
}

describe('summary', () => {
  test('of a quickstart that passes', () => {
    expect(summary(buildReport(quickstart()), { folder })).toMatchInlineSnapshot(`
      "
      ✓ PASS  quickstart
        - 700 exchanges completed, 10 scripts done, 3 thresholds held, the books
          balance, no rule broken
        scenarios/quickstart.yaml against the embedded CSMS, seed 42, speed 60

        stations ....... 10 of 10 accepted within 6.1 s (5 ocpp1.6, 5 ocpp2.0.1)
        window ......... 18.2 s, no steady window: figures cover the whole run
        load ........... closed model: each CALL waits for the one before it
        scripts ........ 10 completed, 0 failed
        transactions ... 30 started, 30 stopped, 411.0 kWh, books balance
        exchanges ...... 38.5/s, 700 of 700 answered
        messages ....... 76.9/s, 700 sent, 700 received

        times in ms         exchanges  per s  errors  mean   p50   p95  p99   max
        response time             700   38.5       0  1.17  0.92  2.80    –  5.25
          TransactionEvent        330   18.1       0  1.15  0.91  2.67    –  5.25
          MeterValues             300   16.5       0  1.17  0.92  2.80    –  5.24
          Authorize                30    1.6       0  1.07  0.91     –    –  3.82
          StartTransaction         15    0.8       0  1.56     –     –    –  4.72
          StopTransaction          15    0.8       0  1.08     –     –    –  3.70
          BootNotification         10    0.6       0  1.79     –     –    –  3.81

        ✓ ocpp_response_time p(95)<50 ........................ 2.80 ms
        ✓ ocpp_response_time{action:MeterValues} p(99)<100 ... 4.26 ms
        ✓ ocpp_errors rate<0.001 ............................. 0

        embedded CSMS .. CPU 25 % of a core, 67 MiB
        generator ...... CPU 12 % of a core, 1 worker, 84 MiB, co-located
        report ......... reports/2026-11-21T07-08-28-quickstart
      "
    `)
  })

  test('of an invalid run', () => {
    const report = buildReport(load({ perSecond: 100, lagMicros: 40_000 }))
    expect(summary(report, { folder })).toMatchInlineSnapshot(`
      "
      ! INVALID  city-load  exit 5
        - generator lag p99 39.7 ms is above 10.0 ms: CALLs left late because of this
          machine
        - threshold ocpp_response_time p(99)<20 failed: 42.8 ms
        scenarios/city-load.yaml against wss://csms.example.org/ocpp, seed 42

        stations ....... 400 of 400 accepted within 2.0 s (400 ocpp1.6)
        window ......... ramp 2.0 s + warm-up 3.0 s + steady 1 min + drain 1.0 s;
                         rates and times cover steady
        load ........... open model: response time from the instant a CALL was due
        exchanges ...... 200/s, 12,600 of 12,600 answered
        messages ....... 400/s, 12,600 sent, 12,600 received

        times in ms    exchanges  per s  errors  mean   p50   p95   p99   max
        response time     12,600    200       0  22.4  22.4  40.2  42.8  50.3
        service time                             2.40  1.93  5.47  7.65  15.1
          Heartbeat        6,300    100       0  22.3  22.4  40.2  42.8  48.5
          MeterValues      6,300    100       0  22.4  22.4  40.2  43.3  50.3

        ✗ ocpp_response_time p(99)<20 ... 42.8 ms
        – ocpp_errors rate<0.001 ........ 0  not judged

        generator ...... lag p99 39.7 ms, CPU 50 % of a core, 2 workers, 120 MiB
        report ......... reports/2026-11-21T07-08-28-quickstart
      "
    `)
  })

  test('of a run with violations and a failed threshold', () => {
    expect(summary(buildReport(faulty()), { folder })).toMatchInlineSnapshot(`
      "
      ✗ FAIL  city-load  exit 3
        - the target broke RPC_RESPONSE_SCHEMA 252 times: the payload of a CALLRESULT
          is valid against the official schema [1.6J 4.2.2, 2.0.1 Part 4 4.2.2]
        - threshold ocpp_errors rate<0.001 failed: 0.026
        scenarios/city-load.yaml against wss://csms.example.org/ocpp, seed 42

        stations ....... 400 of 400 accepted within 2.0 s (400 ocpp1.6)
        window ......... ramp 2.0 s + warm-up 3.0 s + steady 1 min + drain 1.0 s;
                         rates and times cover steady
        load ........... open model: response time from the instant a CALL was due
        transactions ... 12 started, 11 stopped, 840 Wh, books: unchecked
        exchanges ...... 199/s, 12,526 of 12,600 answered, 252 of them invalid, 42
                         CALLERRORs, 32 timeouts
        messages ....... 400/s, 12,600 sent, 12,568 received

        times in ms        exchanges  per s  errors  mean   p50   p95   p99    max
        response time         12,600    199     326  2.65  2.19  5.60  8.03   15.4
          with unanswered                            10.1  2.19  5.66  8.51  3,000
        service time                                 2.40  1.91  5.34  7.78   15.1
          Heartbeat            6,300    100       0  2.64  2.16  5.60  7.97   15.4
          MeterValues          6,300   98.8     326  2.65  2.19  5.60  8.03   14.7

        commands, times in ms  received  no result  failed  mean  p95  max
        Reset                         2          0       0     –    –    –

        ✓ ocpp_response_time p(99)<20 ... 8.51 ms
        ✗ ocpp_errors rate<0.001 ........ 0.026

        ✗ RPC_RESPONSE_SCHEMA (MUST) 252 times
          city-00007: Heartbeat: /currentTime must match format "date-time"
          [3,"k3v9xq-city-1-7",{"currentTime":"yesterday"}]
        ! RPC_TWO_CALLS (SHOULD) 2 times
          city-00099: Reset came early
          [2,"9","Reset",{}]

        ! books: unchecked; nobody compared what the CSMS stored (--books URL does)

        generator ...... lag p99 0.40 ms, CPU 50 % of a core, 2 workers, 120 MiB
        report ......... reports/2026-11-21T07-08-28-quickstart
      "
    `)
  })

  test('calls a p99 what is one, and a search a search', () => {
    const report = buildReport(load({ perSecond: 100, lagMicros: 400 }))
    const lagMs = { ...report.generator.lagMs, p99: null, max: 66.7 }
    const text = summary({
      ...report,
      generator: { ...report.generator, lagMs },
      stations: { ...report.stations, connectFailures: { 'HTTP 403': 13 }, reconnects: 2 },
      findMax: { sustainedPerSecond: 100, limitedBy: null, brokeFirst: null, probes: [] },
    })
    expect(text).toContain('lag 66.7 ms at most, CPU')
    expect(text).toContain('ramp 2.0 s + search 3.0 s + steady')
    expect(text).toMatch(/\(400 ocpp1\.6\), 13 x HTTP\s+403, 2 reconnects/)
  })

  test('fits one screen of 80 x 40', () => {
    for (const facts of [quickstart(), faulty()]) {
      const lines = summary(buildReport(facts), { folder }).trimEnd().split('\n')
      expect(lines.length).toBeLessThanOrEqual(40)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
    }
  })

  test('uses the style it is given, and none by itself', () => {
    const mark = (text: string) => `<${text}>`
    const style: Style = { bold: mark, dim: mark, red: mark, green: mark, yellow: mark }
    const report = buildReport(faulty())
    expect(summary(report, { style })).toContain('<<✗ FAIL>>')
    expect(summary(report)).not.toContain('\u001b')
  })

  test('lets no frame command the terminal', () => {
    const facts = quickstart()
    const sample = {
      station: 'CP1',
      second: 0,
      detail: 'a\u001b[2Jb',
      frame: '[3,"\u001b]0;title\u0007"]\r\n',
    }
    const violations = { RPC_NOT_A_FRAME: { must: 1, should: 0, samples: [sample] } }
    const scripts = { street: { completed: 0, failed: 1, reasons: { 'odd \u009b31m': 1 } } }
    const report = buildReport({ ...facts, metrics: { ...facts.metrics, violations, scripts } })
    expect(summary(report)).not.toMatch(/[^\P{Cc}\n]/u)
  })

  test('says what differs between the books', () => {
    const facts = quickstart()
    const mismatches = Array.from({ length: 5 }, (_, at) => ({
      kind: 'missing in the CSMS' as const,
      stationId: 'CP1',
      subject: String(at),
      station: '2026-11-21T07:08:30Z',
      csms: null,
    }))
    const books = { ...facts.books, lost: 5, mismatches }
    const text = summary(buildReport({ ...facts, books }))
    expect(text).toContain('411.0 kWh, 5 lost, 0 wrong')
    expect(text).toContain('CP1 0: missing in the CSMS (station: 2026-11-21T07:08:30Z, CSMS: noth')
    expect(text).toContain('and 2 more differences between the books, in the report')
  })
})
