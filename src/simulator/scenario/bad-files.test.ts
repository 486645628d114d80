import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatProblems } from '../../document/problem.ts'
import { loadScenario } from './load-scenario.ts'

const folder = join(import.meta.dirname, '../../../fixtures/bad')

function reportOf(name: string): string {
  const text = readFileSync(join(folder, `${name}.yaml`), 'utf8')
  const loaded = loadScenario({ file: `${name}.yaml`, text, folder })
  return 'problems' in loaded
    ? `\n${formatProblems(`${name}.yaml`, text, loaded.problems)}\n`
    : 'sound'
}

/** Every bad file with everything it is told, so that a change of wording is seen and meant. */
describe('bad scenario files', () => {
  test('duplicate-key: "count" stands there twice.', () => {
    expect(reportOf('duplicate-key')).toMatchInlineSnapshot(`
      "
      duplicate-key.yaml:6:5: Map keys must be unique.
        6 |     count: 3
          |     ^

      1 problem in duplicate-key.yaml.
      "
    `)
  })

  test('endless-traffic: Traffic does not end by itself: there is no steady window.', () => {
    expect(reportOf('endless-traffic')).toMatchInlineSnapshot(`
      "
      endless-traffic.yaml:5:5: Traffic does not end by itself: say "steady: 60s" in the file, or --duration.
        5 |     traffic:
          |     ^^^^^^^

      1 problem in endless-traffic.yaml.
      "
    `)
  })

  test('environment: The password comes from a variable that is not set.', () => {
    expect(reportOf('environment')).toMatchInlineSnapshot(`
      "
      environment.yaml:5:15: The environment has no variable "CSMS_TEST_NO_SUCH_VARIABLE".
        5 |     password: \${CSMS_TEST_NO_SUCH_VARIABLE}
          |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

      1 problem in environment.yaml.
      "
    `)
  })

  test('executor: There is no such executor; its nearest name is one.', () => {
    expect(reportOf('executor')).toMatchInlineSnapshot(`
      "
      executor.yaml:4:19: executor cannot be "constant-arival-rate". Did you mean "constant-arrival-rate"?
        4 | load: { executor: constant-arival-rate, rate: 10/s, steady: 1min }
          |                   ^^^^^^^^^^^^^^^^^^^^

      1 problem in executor.yaml.
      "
    `)
  })

  test('executor-keys: A rate is missing, and a pool belongs to another executor.', () => {
    expect(reportOf('executor-keys')).toMatchInlineSnapshot(`
      "
      executor-keys.yaml:5:3: "rate" is missing: constant-call-rate needs a rate like 200/s.
        5 |   executor: constant-call-rate
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^

      executor-keys.yaml:7:3: "maxStations" goes with constant-arrival-rate or ramping-arrival-rate, not with constant-call-rate.
        7 |   maxStations: 10
          |   ^^^^^^^^^^^

      2 problems in executor-keys.yaml.
      "
    `)
  })

  test('executor-mix: Nothing has a weight, and an action that no CSMS sends.', () => {
    expect(reportOf('executor-mix')).toMatchInlineSnapshot(`
      "
      executor-mix.yaml:7:3: At least one weight must be above 0.
        7 |   mix: { Reset: { weight: 0, payload: { type: Soft, note: "{stationn}" } }, Heartbeat: 0 }
          |   ^^^

      executor-mix.yaml:7:59: No station knows "{stationn}". Did you mean "station"?
        7 |   mix: { Reset: { weight: 0, payload: { type: Soft, note: "{stationn}" } }, Heartbeat: 0 }
          |                                                           ^^^^^^^^^^^^

      executor-mix.yaml:7:77: In ocpp1.6 a CSMS never sends Heartbeat.
        7 |   mix: { Reset: { weight: 0, payload: { type: Soft, note: "{stationn}" } }, Heartbeat: 0 }
          |                                                                             ^^^^^^^^^

      3 problems in executor-mix.yaml.
      "
    `)
  })

  test('executor-reach: More stations than the fleet has.', () => {
    expect(reportOf('executor-reach')).toMatchInlineSnapshot(`
      "
      executor-reach.yaml:6:3: 6 are more than the 5 of all fleets.
        6 |   startStations: 6
          |   ^^^^^^^^^^^^^

      executor-reach.yaml:7:3: They reach 50 stations; all fleets together have 5.
        7 |   stages: [{ duration: 10s, target: 50 }, { duration: 5s, target: 0 }]
          |   ^^^^^^

      2 problems in executor-reach.yaml.
      "
    `)
  })

  test('executor-stages: No stages, and beside them a steady of its own.', () => {
    expect(reportOf('executor-stages')).toMatchInlineSnapshot(`
      "
      executor-stages.yaml:7:11: No stages; it wants stages like [{duration: 30s, target: 2000/s}].
        7 |   stages: []
          |           ^^

      executor-stages.yaml:8:3: ramping-call-rate says by itself how long steady is.
        8 |   steady: 1min
          |   ^^^^^^

      2 problems in executor-stages.yaml.
      "
    `)
  })

  test('identities: Two fleets of the same identities, three stations of one, and an idTag too long for 1.6.', () => {
    expect(reportOf('identities')).toMatchInlineSnapshot(`
      "
      identities.yaml:5:30: Fleet "a" has a station "CP-1" too; identities are unique over the run.
        5 |   - { name: b, count: 3, id: "CP-{index}", script: [boot] }
          |                              ^^^^^^^^^^^^

      identities.yaml:6:30: All 3 stations would be "SAME"; put {index} in it.
        6 |   - { name: c, count: 3, id: "SAME", script: [boot] }
          |                              ^^^^^^

      identities.yaml:7:20: Unknown placeholder "{indx}". Did you mean "index"?
        7 |   - { name: d, id: "D-{indx}", script: [boot] }
          |                    ^^^^^^^^^^

      identities.yaml:8:23: The idToken "A-VERY-LONG-TOKEN-00012" has 23 characters; ocpp1.6 takes 20.
        8 |   - { name: e, token: "A-VERY-LONG-TOKEN-{station:05}", script: [boot] }
          |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

      4 problems in identities.yaml.
      "
    `)
  })

  test('load: The executor does not go with what is beside it, and "steady" is said twice.', () => {
    expect(reportOf('load')).toMatchInlineSnapshot(`
      "
      load.yaml:7:3: "rate" goes with constant-arrival-rate, constant-call-rate or constant-command-rate, not with once.
        7 |   rate: 100/s
          |   ^^^^

      load.yaml:8:3: "mix" goes with constant-stations, constant-call-rate, ramping-call-rate, find-max or constant-command-rate, not with once.
        8 |   mix: { MeterValues: 0, Hartbeat: 0 }
          |   ^^^

      load.yaml:9:3: "steady" is said twice: at the top of the file and in "load".
        9 |   steady: 20s
          |   ^^^^^^

      3 problems in load.yaml.
      "
    `)
  })

  test('missing: No name, and a fleet that does nothing.', () => {
    expect(reportOf('missing')).toMatchInlineSnapshot(`
      "
      missing.yaml:2:1: "name" is missing: a scenario {name, fleets} needs a name like evening-peak.
        2 | fleets:
          | ^^^^^^^

      missing.yaml:3:5: Fleet "street" does nothing: it needs "script" or "traffic".
        3 |   - name: street
          |     ^^^^

      2 problems in missing.yaml.
      "
    `)
  })

  test('mix: A weight that is no number hides nothing of what else is wrong around it.', () => {
    expect(reportOf('mix')).toMatchInlineSnapshot(`
      "
      mix.yaml:8:21: "fifty" is not a number from 0 to 1000000.
         8 |   mix: { Heartbeat: fifty, Nonsense: 5 }
           |                     ^^^^^

      mix.yaml:8:28: ocpp1.6 has no action "Nonsense". Known are Authorize, BootNotification, DataTransfer, Heartbeat, MeterValues, StartTransaction, StatusNotification, StopTransaction, DiagnosticsStatusNotification, FirmwareStatusNotification, LogStatusNotification, SecurityEventNotification, SignCertificate, SignedFirmwareStatusNotification.
         8 |   mix: { Heartbeat: fifty, Nonsense: 5 }
           |                            ^^^^^^^^

      mix.yaml:8:28: ocpp2.0.1 has no action "Nonsense". Known are SecurityEventNotification, SignCertificate, BootNotification, NotifyReport, Authorize, TransactionEvent, Heartbeat, StatusNotification, ReservationStatusUpdate, MeterValues, ClearedChargingLimit, NotifyChargingLimit, NotifyEVChargingNeeds, NotifyEVChargingSchedule, ReportChargingProfiles, FirmwareStatusNotification, PublishFirmwareStatusNotification, Get15118EVCertificate, GetCertificateStatus, LogStatusNotification, NotifyCustomerInformation, NotifyEvent, NotifyMonitoringReport, NotifyDisplayMessages, DataTransfer.
         8 |   mix: { Heartbeat: fifty, Nonsense: 5 }
           |                            ^^^^^^^^

      mix.yaml:10:3: "maxRate" must not be below "startRate".
        10 |   maxRate: 100/s
           |   ^^^^^^^

      mix.yaml:11:3: find-max says by itself how long steady is.
        11 |   steady: 60s
           |   ^^^^^^

      mix.yaml:13:25: "p95<50" is not of the form aggregate, operator, number, like p(95)<200.
        13 |   ocpp_response_time: ["p95<50"]
           |                         ^^^^^^

      6 problems in mix.yaml.
      "
    `)
  })

  test('nested-aliases: A few lines that would expand to a million steps.', () => {
    expect(reportOf('nested-aliases')).toMatchInlineSnapshot(`
      "
      nested-aliases.yaml:3:52: More than 100000 values or 60 levels; are aliases nested?
        3 | x-a: &a [boot, boot, boot, boot, boot, boot, boot, boot, boot, boot]
          |                                                    ^^^^

      1 problem in nested-aliases.yaml.
      "
    `)
  })

  test('out-of-range: Speed, count, connector and close code are out of range.', () => {
    expect(reportOf('out-of-range')).toMatchInlineSnapshot(`
      "
      out-of-range.yaml:3:8: -1 is out of range; speed wants a number from 0.1 to 100000.
         3 | speed: -1
           |        ^^

      out-of-range.yaml:6:12: 0 is out of range; count wants a whole number from 1 to 1000000.
         6 |     count: 0
           |            ^

      out-of-range.yaml:9:30: There is no connector 3; the station has 2 EVSEs with 2 connectors.
         9 |       - plugIn: { connector: 3 }
           |                              ^

      out-of-range.yaml:10:16: 99 is out of range; code wants a close code from 1000 to 4999.
        10 |       - close: 99
           |                ^^

      4 problems in out-of-range.yaml.
      "
    `)
  })

  test('syntax: The list of fleets is never closed: this is not YAML.', () => {
    expect(reportOf('syntax')).toMatchInlineSnapshot(`
      "
      syntax.yaml:4:1: Flow map in block collection must be sufficiently indented and end with a }.
        4 | speed: 10
          | ^

      syntax.yaml:4:1: Flow sequence in block collection must be sufficiently indented and end with a ].
        4 | speed: 10
          | ^

      2 problems in syntax.yaml.
      "
    `)
  })

  test('templates: A value nobody saves, a path that is none, a matcher that is none.', () => {
    expect(reportOf('templates')).toMatchInlineSnapshot(`
      "
      templates.yaml:7:80: Nothing saves "{txx}". Did you mean "tx"?
         7 | s, payload: { connectorId: 1, transactionId: "{txx}", meterValue: [] } }
           |                                              ^^^^^^^

      templates.yaml:8:49: "currentTime" is not a path like $.idTagInfo.status.
         8 |       - call: { action: Heartbeat, save: { now: currentTime } }
           |                                                 ^^^^^^^^^^^

      templates.yaml:9:61: Unknown matcher "$regx". Did you mean "$regex"?
         9 |       - call: { action: Heartbeat, answer: { currentTime: { $regx: "^20" } } }
           |                                                             ^^^^^

      templates.yaml:10:61: "$regex" wants a regular expression.
        10 |       - call: { action: Heartbeat, answer: { currentTime: { $regex: "(" } } }
           |                                                             ^^^^^^

      4 problems in templates.yaml.
      "
    `)
  })

  test("thresholds: Thresholds in a grammar that is not k6's, and metrics that do not exist.", () => {
    expect(reportOf('thresholds')).toMatchInlineSnapshot(`
      "
      thresholds.yaml:5:25: "p95<50" is not of the form aggregate, operator, number, like p(95)<200.
        5 |   ocpp_response_time: ["p95<50", "p(99)<fast"]
          |                         ^^^^^^

      thresholds.yaml:5:41: "fast" is not a number of milliseconds.
        5 |   ocpp_response_time: ["p95<50", "p(99)<fast"]
          |                                         ^^^^

      thresholds.yaml:6:3: Unknown metric "ocpp_respnse_time". Did you mean "ocpp_response_time"?
        6 |   ocpp_respnse_time: ["avg<10"]
          |   ^^^^^^^^^^^^^^^^^

      thresholds.yaml:7:15: ocpp_errors has no tag "actoin"; it has action, version, fleet, phase. Did you mean "action"?
        7 |   ocpp_errors{actoin:Heartbeat}: ["rate<0.001"]
          |               ^^^^^^

      4 problems in thresholds.yaml.
      "
    `)
  })

  test('traits: Actions that are misspelt, of another version, or said to end in two ways.', () => {
    expect(reportOf('traits')).toMatchInlineSnapshot(`
      "
      traits.yaml:6:17: ocpp1.6 has no action "Resett". Did you mean "Reset"?
         6 |       rejects: [Resett, GetConfiguration]
           |                 ^^^^^^

      traits.yaml:8:21: ocpp1.6 has no RequestStartTransaction; there it is RemoteStartTransaction.
         8 |       callErrors: { RequestStartTransaction: InternalError, Reset: InternalEror }
           |                     ^^^^^^^^^^^^^^^^^^^^^^^

      traits.yaml:8:68: OCPP has no error code "InternalEror". Did you mean "InternalError"?
         8 |       callErrors: { RequestStartTransaction: InternalError, Reset: InternalEror }
           |                                                                    ^^^^^^^^^^^^

      traits.yaml:9:15: In ocpp1.6 a CSMS never sends Heartbeat.
         9 |       slow: { Heartbeat: 2s, ClearCache: 2 }
           |               ^^^^^^^^^

      traits.yaml:9:42: "2" has no unit; slow wants a duration like 30s.
         9 |       slow: { Heartbeat: 2s, ClearCache: 2 }
           |                                          ^

      traits.yaml:10:14: 120% is out of range; share wants a share from 0% to 100%.
        10 |       share: 120%
           |              ^^^^

      traits.yaml:14:24: The answer to GetConfiguration has no status to reject with; "callErrors" can refuse it.
        14 |       rejects: [Reset, GetConfiguration]
           |                        ^^^^^^^^^^^^^^^^

      traits.yaml:15:17: "rejects" names Reset already: a CALL ends in one way.
        15 |       ignores: [Reset, ClearCache]
           |                 ^^^^^

      traits.yaml:16:15: "ignores" names ClearCache: what is never answered is not slow.
        16 |       slow: { ClearCache: 2s }
           |               ^^^^^^^^^^

      traits.yaml:21:17: The answer to GetVariables has no status to reject with; "callErrors" can refuse it.
        21 |       rejects: [GetVariables, Reset]
           |                 ^^^^^^^^^^^^

      traits.yaml:22:16: "rejects" names Reset already: a CALL ends in one way.
        22 |       garbage: Reset
           |                ^^^^^

      11 problems in traits.yaml.
      "
    `)
  })

  test('unknown-action: Misspelt, of another version, in the wrong direction.', () => {
    expect(reportOf('unknown-action')).toMatchInlineSnapshot(`
      "
      unknown-action.yaml:7:7: ocpp1.6 has no action "Resett". Did you mean "Reset"?
         7 |       Resett: [boot]
           |       ^^^^^^

      unknown-action.yaml:9:15: ocpp1.6 has no action "Heartbeet". Did you mean "Heartbeat"?
         9 |       - call: Heartbeet
           |               ^^^^^^^^^

      unknown-action.yaml:10:15: In ocpp1.6 a station never sends RemoteStartTransaction.
        10 |       - call: RemoteStartTransaction
           |               ^^^^^^^^^^^^^^^^^^^^^^

      unknown-action.yaml:11:27: ocpp1.6 has no RequestStartTransaction; there it is RemoteStartTransaction.
        11 |       - expect: { action: RequestStartTransaction }
           |                           ^^^^^^^^^^^^^^^^^^^^^^^

      unknown-action.yaml:12:27: In ocpp1.6 a CSMS never sends StatusNotification.
        12 |       - expect: { action: StatusNotification }
           |                           ^^^^^^^^^^^^^^^^^^

      unknown-action.yaml:17:17: ocpp2.0.1 has no action "MeterValue". Did you mean "MeterValues"?
        17 |       - { call: MeterValue, every: 10s }
           |                 ^^^^^^^^^^

      6 problems in unknown-action.yaml.
      "
    `)
  })

  test('unknown-key: Keys that do not exist: "sped" and "protocl".', () => {
    expect(reportOf('unknown-key')).toMatchInlineSnapshot(`
      "
      unknown-key.yaml:3:1: Unknown key "sped". Did you mean "seed"?
        3 | sped: 10
          | ^^^^

      unknown-key.yaml:6:5: Unknown key "protocl". Did you mean "protocol"?
        6 |     protocl: ocpp2.0.1
          |     ^^^^^^^

      2 problems in unknown-key.yaml.
      "
    `)
  })

  test('unknown-step: There is no "autorize", a step takes arguments of its own, and two steps share a list item.', () => {
    expect(reportOf('unknown-step')).toMatchInlineSnapshot(`
      "
      unknown-step.yaml:7:9: Unknown step "plugin". Did you mean "plugIn"?
         7 |       - plugin
           |         ^^^^^^

      unknown-step.yaml:8:9: Unknown step "autorize". Did you mean "authorize"?
         8 |       - autorize
           |         ^^^^^^^^

      unknown-step.yaml:9:17: "charge" needs "until" or "for".
         9 |       - charge: { untill: 80% }
           |                 ^^^^^^^^^^^^^^^

      unknown-step.yaml:9:19: Unknown key "untill". Did you mean "until"?
         9 |       - charge: { untill: 80% }
           |                   ^^^^^^

      unknown-step.yaml:11:9: One step per list item: put "- " before "unplug".
        11 |         unplug: {}
           |         ^^^^^^

      5 problems in unknown-step.yaml.
      "
    `)
  })

  test('wrong-unit: Energies are not powers, "m" is no unit, and a bare number has none.', () => {
    expect(reportOf('wrong-unit')).toMatchInlineSnapshot(`
      "
      wrong-unit.yaml:5:26: "22 kWh" is an energy; maxPower wants a power like 22kW.
        5 |     station: { maxPower: 22 kWh, callTimeout: 30 }
          |                          ^^^^^^

      wrong-unit.yaml:5:47: "30" has no unit; callTimeout wants a duration like 30s.
        5 |     station: { maxPower: 22 kWh, callTimeout: 30 }
          |                                               ^^

      wrong-unit.yaml:7:27: Unknown unit "m". Did you mean "1min"?
        7 |       - wait: { between: [1m, 10min] }
          |                           ^^

      wrong-unit.yaml:8:28: "60kW" is a power; battery wants an energy like 60kWh.
        8 |       - plugIn: { battery: 60kW, soc: 120% }
          |                            ^^^^

      wrong-unit.yaml:8:39: 120% is out of range; soc wants a share from 0% to 100%.
        8 |       - plugIn: { battery: 60kW, soc: 120% }
          |                                       ^^^^

      wrong-unit.yaml:9:26: "30min" is a duration; until wants an energy like 60kWh.
        9 |       - charge: { until: 30min }
          |                          ^^^^^

      6 problems in wrong-unit.yaml.
      "
    `)
  })

  test('arrivals: Curves that go back in time or have no point, and an executor of their own.', () => {
    expect(reportOf('arrivals')).toMatchInlineSnapshot(`
      "
      arrivals.yaml:6:5: "arrivals" goes with the executor once, not with constant-stations.
         6 |     arrivals: [{ at: 18:00, rate: 20/h }, { at: 12:00, rate: 5/h }]
           |     ^^^^^^^^

      arrivals.yaml:6:49: 12:00 is not after 18:00, in a day that begins with "startsAt".
         6 |     arrivals: [{ at: 18:00, rate: 20/h }, { at: 12:00, rate: 5/h }]
           |                                                 ^^^^^

      arrivals.yaml:8:30: A curve has at least one point.
         8 |   - { name: empty, arrivals: [], script: [boot] }
           |                              ^^

      arrivals.yaml:9:52: "20" has no unit; rate wants a rate like 200/s.
         9 |   - { name: endless, arrivals: [{ at: 06:00, rate: 20 }], script: [boot] }
           |                                                    ^^

      arrivals.yaml:10:49: "20kW" is a power; rate wants a rate like 200/s.
        10 |   - { name: idle, arrivals: [{ at: 10min, rate: 20kW }] }
           |                                                 ^^^^

      arrivals.yaml:11:75: backlog cannot be "stay". It is one of queue, skip, coalesce.
        11 |  curve: [{ at: 06:00, rate: 1/h }], backlog: stay }, script: [boot] }
           |                                              ^^^^

      6 problems in arrivals.yaml.
      "
    `)
  })

  test('arrivals-alone: A day that does not end, an executor that goes with no curve, and drivers without a script.', () => {
    expect(reportOf('arrivals-alone')).toMatchInlineSnapshot(`
      "
      arrivals-alone.yaml:5:21: Fleet "street" has no "script" that drivers could play.
        5 |   - { name: street, arrivals: [{ at: 00:00, rate: 20/h }], traffic: [{ call: Heartbeat, ev
          |                     ^^^^^^^^

      arrivals-alone.yaml:5:21: "arrivals" goes with the executor once, not with constant-stations.
        5 |   - { name: street, arrivals: [{ at: 00:00, rate: 20/h }], traffic: [{ call: Heartbeat, ev
          |                     ^^^^^^^^

      arrivals-alone.yaml:5:21: The day does not end: say a later point of the curve, or "steady: 60s".
        5 |   - { name: street, arrivals: [{ at: 00:00, rate: 20/h }], traffic: [{ call: Heartbeat, ev
          |                     ^^^^^^^^

      arrivals-alone.yaml:5:60: Traffic does not end by itself: say "steady: 60s" in the file, or --duration.
        5 | reet, arrivals: [{ at: 00:00, rate: 20/h }], traffic: [{ call: Heartbeat, every: 1s }] }
          |                                              ^^^^^^^

      4 problems in arrivals-alone.yaml.
      "
    `)
  })

  test('signals: Signals without a name, and ways to await that there are not.', () => {
    expect(reportOf('signals')).toMatchInlineSnapshot(`
      "
      signals.yaml:6:9: "name" is missing: the name of a signal needs text, {name} fills in a value.
         6 |       - signal
           |         ^^^^^^

      signals.yaml:7:17: "name" is missing: the name of a signal needs text, {name} fills in a value.
         7 |       - signal: { nam: ready }
           |                 ^^^^^^^^^^^^^^

      signals.yaml:7:19: Unknown key "nam". Did you mean "name"?
         7 |       - signal: { nam: ready }
           |                   ^^^

      signals.yaml:8:40: 0 is out of range; count wants a whole number from 1 to 1000000.
         8 |       - await: { signal: ready, count: 0 }
           |                                        ^

      signals.yaml:10:9: Unknown key "wihtin" beside "await". Did you mean "within"?
        10 |         wihtin: 5min
           |         ^^^^^^

      signals.yaml:11:26: Nothing saves "{nobody}". There are id, fleet, station, token, now, files, ftp, firmwareVersion, transactionId, reservationId, display, totalCost, currency, tariffId, priceMessage, receiptUrl, paymentUrl, request.
        11 |       - await: { signal: "{nobody}", within: 5 }
           |                          ^^^^^^^^^^

      signals.yaml:11:46: "5" has no unit; within wants a duration like 30s.
        11 |       - await: { signal: "{nobody}", within: 5 }
           |                                              ^

      signals.yaml:12:22: Unknown key "backOf". Did you mean "backOff"?
        12 |       - reconnect: { backOf: true }
           |                      ^^^^^^

      8 problems in signals.yaml.
      "
    `)
  })

  test('stations: A file that is not there, "count" beside it, and files with mistakes of their own; no password is shown.', () => {
    expect(reportOf('stations')).toMatchInlineSnapshot(`
      "
      stations.yaml:4:34: Cannot read stations/none.csv: there is no such file.
        4 |   - { name: a, stations: { file: stations/none.csv }, script: [boot] }
          |                                  ^^^^^^^^^^^^^^^^^

      stations.yaml:5:16: The file of "stations" says how many stations there are; leave "count" out.
        5 |   - { name: b, count: 3, stations: stations/duplicates.csv, script: [boot] }
          |                ^^^^^

      stations/columns.csv:1:4: Unknown column "pasword". Did you mean "password"?
        1 | id,pasword,colour
          |    ^^^^^^^

      stations/columns.csv:1:12: Unknown column "colour". Known are id, fleet, protocol, password, token, tokenType, serial; yours begin with "x-".
        1 | id,pasword,colour
          |            ^^^^^^

      stations/duplicates.csv:4:1: There is a station "CP1" above already.
        4 | CP1,************,T3
          | ^^^

      stations/duplicates.csv:5:1: A station without an id.
        5 | ,***********,T4
          | ^

      stations/duplicates.csv:6:17: 24 characters; token has at most 20 in ocpp1.6.
        6 | CP5,***********,A-TOKEN-THAT-IS-TOO-LONG
          |                 ^^^^^^^^^^^^^^^^^^^^^^^^

      stations/quotes.json:3:29: The text that begins here does not end, or holds what JSON does not.
        3 |   {"id": "CP2", "password": "**********}
          |                             ^

      stations/ragged.csv:3:1: 2 values here, and 3 columns in the head.
        3 | CP2,**********
          | ^^^^^^^^^^^^^^

      9 problems in stations.yaml and stations/columns.csv and stations/duplicates.csv and stations/quotes.json and stations/ragged.csv.
      "
    `)
  })

  test('timeline: Events at no time, for nobody, with steps that cannot be, taken back that cannot be taken back.', () => {
    expect(reportOf('timeline')).toMatchInlineSnapshot(`
      "
      timeline.yaml:3:11: "24:00" is not a time of day like 06:00.
         3 | startsAt: 24:00
           |           ^^^^^

      timeline.yaml:6:11: "noon" is not a time of day like 18:00, or a duration like 10min.
         6 |   - { at: noon, do: powerLoss }
           |           ^^^^

      timeline.yaml:7:23: There is no fleet "stret". Did you mean "street"?
         7 |   - { at: 10s, fleet: stret, do: powerLoss }
           |                       ^^^^^

      timeline.yaml:8:23: 50, and there are 10 stations.
         8 |   - { at: 10s, count: 50, do: powerLoss, for: 5s }
           |                       ^^

      timeline.yaml:9:35: "share" and "count" say the same; leave one of them out.
         9 |   - { at: 10s, share: 20%, count: 2, do: powrLoss }
           |                                   ^

      timeline.yaml:9:42: Unknown step "powrLoss". Did you mean "powerLoss"?
         9 |   - { at: 10s, share: 20%, count: 2, do: powrLoss }
           |                                          ^^^^^^^^

      timeline.yaml:10:31: "for" goes with a single externalLimit, disconnect, powerLoss, fault.
        10 |   - { at: 10s, do: stop, for: 5s }
           |                               ^^

      timeline.yaml:11:42: There is no connector 3; the station has 1 EVSE with 1 connector.
        11 |   - { at: 10s, do: { fault: { connector: 3 } } }
           |                                          ^

      timeline.yaml:12:50: "comeBack" goes with disconnect and "for".
        12 |   - { at: 10s, do: { disconnect: 5s }, comeBack: atOnce, spread: 2s }
           |                                                  ^^^^^^

      timeline.yaml:12:66: "spread" goes with "for".
        12 |   - { at: 10s, do: { disconnect: 5s }, comeBack: atOnce, spread: 2s }
           |                                                                  ^^

      timeline.yaml:13:11: It is over 1min10s after the begin of the day, and the run ends after 1min.
        13 |   - { at: 50s, do: powerLoss, for: 20s }
           |           ^^^

      timeline.yaml:14:5: "do" is missing: an event like {at: 18:00, share: 30%, do: powerLoss, for: 2min} needs a step, or a list of steps.
        14 |   - { at: 10s, share: 20% }
           |     ^^^^^^^^^^^^^^^^^^^^^^^

      12 problems in timeline.yaml.
      "
    `)
  })

  test('vars: A name that is taken, one that is not a word, a list, one without a value, and names that nobody said.', () => {
    expect(reportOf('vars')).toMatchInlineSnapshot(`
      "
      vars.yaml:4:3: "{id}" is a name that stations have of their own.
         4 |   id: 1
           |   ^^

      vars.yaml:5:3: "2nd" is not a name like "rate" or "peak_rate".
         5 |   2nd: 5
           |   ^^^

      vars.yaml:6:8: A var is one value: text, a number, a quantity, true or false.
         6 |   low: [1, 2]
           |        ^^^^^^

      vars.yaml:7:3: The var "peak" has no value here: say it with --set peak=...
         7 |   peak:
           |   ^^^^

      vars.yaml:11:12: The environment has no variable "cuont", and "vars" has none either.
        11 |     count: \${cuont}
           |            ^^^^^^^^

      vars.yaml:13:26: "rate" is a var of the file; save it under another name.
        13 |       - start: { save: { rate: $.transactionId } }
           |                          ^^^^

      vars.yaml:14:15: "200/s" is a rate; script wants a duration like 30s.
        14 |       - wait: "\${rate}"
           |               ^^^^^^^^^

      7 problems in vars.yaml.
      "
    `)
  })

  test('stations: nothing of a password is in what is shown', () => {
    expect(reportOf('stations')).not.toMatch(/secret|-one|-two/)
  })

  test('each file in fixtures/bad is one of these', () => {
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replace(/\.yaml$/, ''))
    expect(files.sort()).toEqual([
      'arrivals',
      'arrivals-alone',
      'call-rates',
      'duplicate-key',
      'endless-traffic',
      'environment',
      'executor',
      'executor-keys',
      'executor-mix',
      'executor-reach',
      'executor-stages',
      'identities',
      'load',
      'missing',
      'mix',
      'nested-aliases',
      'out-of-range',
      'signals',
      'stations',
      'syntax',
      'templates',
      'threshold-spans',
      'threshold-windows',
      'thresholds',
      'timeline',
      'traffic-payload',
      'traits',
      'unknown-action',
      'unknown-key',
      'unknown-step',
      'vars',
      'wrong-unit',
    ])
  })

  test('call-rates: A mix whose payloads nobody can make, a range that is upside down, and a steady window twice.', () => {
    expect(reportOf('call-rates')).toMatchInlineSnapshot(`
      "
      call-rates.yaml:6:24: A mix cannot make the payload of FirmwareStatusNotification; it draws Heartbeat, MeterValues, StartTransaction, StopTransaction, TransactionEvent, Authorize, StatusNotification, BootNotification, DataTransfer.
         6 |   mix: { Heartbeat: 1, FirmwareStatusNotification: 1, TransactionEvent: 1 }
           |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^

      call-rates.yaml:6:55: ocpp1.6 has no action "TransactionEvent". Known are Authorize, BootNotification, DataTransfer, Heartbeat, MeterValues, StartTransaction, StatusNotification, StopTransaction, DiagnosticsStatusNotification, FirmwareStatusNotification, LogStatusNotification, SecurityEventNotification, SignCertificate, SignedFirmwareStatusNotification.
         6 |   mix: { Heartbeat: 1, FirmwareStatusNotification: 1, TransactionEvent: 1 }
           |                                                       ^^^^^^^^^^^^^^^^

      call-rates.yaml:8:3: "maxRate" must not be below "startRate".
         8 |   maxRate: 100/s
           |   ^^^^^^^

      call-rates.yaml:9:3: "precision" must be at least 0.5%.
         9 |   precision: 0.1%
           |   ^^^^^^^^^

      call-rates.yaml:10:3: "rate" goes with constant-arrival-rate, constant-call-rate or constant-command-rate, not with find-max.
        10 |   rate: 5/s
           |   ^^^^

      call-rates.yaml:11:3: find-max says by itself how long steady is.
        11 |   steady: 60s
           |   ^^^^^^

      6 problems in call-rates.yaml.
      "
    `)
  })

  test('traffic-payload: An action whose payload no physical state makes.', () => {
    expect(reportOf('traffic-payload')).toMatchInlineSnapshot(`
      "
      traffic-payload.yaml:3:31: FirmwareStatusNotification needs "payload": stations make those of Heartbeat, MeterValues, StartTransaction, StopTransaction, TransactionEvent, Authorize, StatusNotification, BootNotification, DataTransfer.
        3 | fleets: [{ name: a, traffic: [{ call: FirmwareStatusNotification, every: 1s }] }]
          |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

      1 problem in traffic-payload.yaml.
      "
    `)
  })

  test('threshold-spans: A part of steady that lies beyond it.', () => {
    expect(reportOf('threshold-spans')).toMatchInlineSnapshot(`
      "
      threshold-spans.yaml:6:3: "during" ends at 40 s; steady lasts 30 s.
        6 |   ocpp_response_time: { threshold: "p(95)<50", during: { from: 20s, to: 40s } }
          |   ^^^^^^^^^^^^^^^^^^

      1 problem in threshold-spans.yaml.
      "
    `)
  })

  test('threshold-windows: Parts of steady that end before they begin, never end, or contradict a tag.', () => {
    expect(reportOf('threshold-windows')).toMatchInlineSnapshot(`
      "
      threshold-windows.yaml:7:40: "to" must come after "from".
         7 |     - { threshold: "p(95)<50", during: { from: 20s, to: 10s } }
           |                                        ^^^^^^^^^^^^^^^^^^^^^^

      threshold-windows.yaml:8:40: "to" is missing: a part of steady like {from: 30s, to: 60s} needs a duration like 30s.
         8 |     - { threshold: "p(95)<50", during: { from: 20s } }
           |                                        ^^^^^^^^^^^^^

      threshold-windows.yaml:10:41: The tag phase:drain says another window.
        10 |     - { threshold: "rate<0.1", during: { from: 20s, to: 30s } }
           |                                         ^

      3 problems in threshold-windows.yaml.
      "
    `)
  })
})
