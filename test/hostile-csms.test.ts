import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { Cli, root } from './helpers/cli.ts'
import { expectConserved } from './helpers/conserved.ts'
import { type HeardCall, HostileCsms, type HostileOptions } from './helpers/hostile-csms.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-hostile-'))
})
afterAll(() => rm(folder, { recursive: true }))

/**
 * Runs the built `csms simulate` against a hostile target, to its own end: it reports, its numbers
 * add up, and no process of it is left.
 */
async function attack(options: HostileOptions, ...more: readonly string[]) {
  await using csms = await HostileCsms.start(options)
  const scenario = join(root, 'fixtures/hostile-csms.yaml')
  const output = ['--json', '--quiet', '--out', folder]
  await using cli = new Cli(['simulate', scenario, '--target', csms.url, ...output, ...more])
  const { code, stdout, stderr } = await cli.result()
  expect(stderr).toBe('')
  const report = JSON.parse(stdout) as Report
  expect(report.exitCode).toBe(code)
  expectConserved(report)
  expect(await cli.leavesNothingBehind()).toBe(true)
  return { report, heard: csms.heard, answers: csms.answers }
}

type Deed = (call: HeardCall) => void

/** At the first CALL of this action, in place of the answer. */
const at =
  (action: string, does: Deed) =>
  (call: HeardCall): boolean => {
    if (call.action !== action || call.earlier > 0) return false
    does(call)
    return true
  }

/** Says something wrong and then the right answer. */
const besides =
  (...frames: readonly (string | Buffer)[]): Deed =>
  ({ send, answer }) => {
    for (const frame of frames) send(frame)
    answer()
  }

const callFrame = (id: string, action: string) => JSON.stringify([2, id, action, {}])

/** Also on a busy machine it is long enough to be turned away. */
const soon = ['--connect-timeout', '4s']

describe.concurrent('a target that misbehaves', () => {
  test('every MUST that it breaks is a reason to fail, with the rule and the frame', async () => {
    const deeds: readonly Deed[] = [
      besides(''),
      besides('[3,42,{}]'),
      besides(Buffer.from([0, 159, 255])),
      besides('[3,"nobody asked",{}]'),
      besides(callFrame('x', 'MakeCoffee')),
      besides(callFrame('x', 'Reset')),
      besides(callFrame('x', 'Heartbeat')),
      ({ answer }) => {
        answer()
        answer()
      },
      ({ id, send }) => send(`[3,"${id}",{"idTagInfo":{}}]`),
    ]
    const hears = at('Authorize', (call) => deeds[call.station - 1]?.(call))
    const { report, answers } = await attack({ hears }, '--stations', String(deeds.length))
    expect(report).toMatchObject({ exitCode: 3, exitCodes: [3] })
    const rules = Object.entries(report.violations.byRule)
    const found = rules.map(([rule, { count, samples }]) => [rule, count, samples[0]?.frame])
    expect(found).toEqual([
      ['RPC_BINARY', 1, ''],
      ['RPC_DUPLICATE_ANSWER', 1, expect.stringContaining('"idTagInfo":{"status":"Accepted"}')],
      ['RPC_NOT_A_FRAME', 2, expect.any(String)],
      ['RPC_REQUEST_SCHEMA', 1, callFrame('x', 'Reset')],
      ['RPC_RESPONSE_SCHEMA', 1, expect.stringContaining('{"idTagInfo":{}}')],
      ['RPC_UNKNOWN_ACTION', 1, callFrame('x', 'MakeCoffee')],
      ['RPC_UNSOLICITED_ANSWER', 1, '[3,"nobody asked",{}]'],
      ['RPC_WRONG_DIRECTION', 1, callFrame('x', 'Heartbeat')],
    ])
    const samples = report.violations.byRule['RPC_NOT_A_FRAME']?.samples.map(({ frame }) => frame)
    expect(samples?.sort()).toEqual(['', '[3,42,{}]'])
    for (const [rule] of rules) expect(report.reasons.join()).toContain(`the target broke ${rule} `)
    // The one whose answer was not valid.
    expect(report.scripts).toMatchObject({ completed: deeds.length - 1, failed: 1 })
    expect(report.exchanges).toMatchObject({ invalid: 1, duplicates: 1, unsolicited: 1 })
    const codes = ['NotImplemented', 'NotSupported', 'OccurenceConstraintViolation']
    expect(new Set(answers.map(([, , code]) => code))).toEqual(new Set(codes))
  })

  test('garbage in place of an answer: the CALL times out, and the step that waited is named', async () => {
    const { report } = await attack({ hears: at('Authorize', ({ send }) => send('}garbage{')) })
    expect(report).toMatchObject({ exitCode: 3, exchanges: { timeouts: 1 } })
    expect(report.reasons).toEqual([
      expect.stringMatching(
        /^1 of 1 script failed: authorize \(line \d+\): .*not answered in time/,
      ),
      expect.stringContaining('RPC_NOT_A_FRAME 1 time'),
    ])
    expect(report.violations.byRule['RPC_NOT_A_FRAME']?.samples[0]?.frame).toBe('}garbage{')
  })

  test('however it ends the connection, the station comes back and delivers under the same id', async () => {
    const deeds: readonly Deed[] = [
      ({ ws }) => ws.close(1000),
      ({ ws }) => ws.close(1011, 'oops'),
      ({ ws }) => ws.terminate(),
      // Twice what a station takes, and a byte that UTF-8 does not know: the station hangs up.
      ({ send }) => send(`[3,"x",{"a":"${'x'.repeat(2_000_000)}"}]`),
      ({ ws }) => ws.send(Buffer.from([0x5b, 0xff, 0x5d]), { binary: false }),
    ]
    const hears = at('StartTransaction', (call) => deeds[call.station - 1]?.(call))
    const count = deeds.length
    const { report, heard } = await attack({ hears }, '--stations', String(count))
    expect(report.stations).toMatchObject({ accepted: count, reconnects: count })
    expect(report.scripts).toMatchObject({ completed: count, failed: 0 })
    expect(report.transactions).toMatchObject({ started: count, stopped: count, undelivered: 0 })
    expect(report.actions['StartTransaction']?.exchanges).toMatchObject({
      started: 2 * count,
      lost: count,
    })
    for (let station = 1; station <= count; station += 1) {
      const own = heard.filter((call) => call.station === station)
      const starts = own.filter(({ action }) => action === 'StartTransaction')
      expect(new Set(starts.map(({ id }) => id)).size).toBe(1)
      expect(own.filter(({ action }) => action === 'StopTransaction')).toHaveLength(1)
    }
    expect(report.reasons).toEqual([expect.stringContaining('the target broke RPC_WEBSOCKET')])
    expect(report.warnings.join()).toContain('RPC_FRAME_SIZE, 1 time, legal but odd')
    expect(report.exitCode).toBe(3)
  })

  test('it goes for good during a transaction: what it was never told fails the run', async () => {
    let gone = false
    const hears = at('StopTransaction', ({ ws }) => {
      gone = true
      ws.terminate()
    })
    const refuses = () => (gone ? 503 : undefined)
    const { report } = await attack({ hears, refuses })
    expect(report).toMatchObject({ exitCode: 3, transactions: { stopped: 1, undelivered: 1 } })
    expect(report.reasons.join()).toContain(
      '1 message that begins or ends a transaction never reached the target',
    )
  })

  test('an answer after the call timeout is counted, dropped, and no violation', async () => {
    let late = ''
    const hears = ({ id, action, send, earlier }: HeardCall): boolean => {
      if (action === 'StatusNotification' && earlier === 0) {
        late = id
        return true
      }
      if (late !== '') send(`[3,"${late}",{}]`)
      late = ''
      return false
    }
    const { report } = await attack({ hears })
    expect(report.reasons).toEqual([])
    expect(report.exchanges).toMatchObject({ timeouts: 1, late: 1, unsolicited: 0 })
    expect(report.warnings.join()).toContain('1 answer came after the CALL had timed out')
    expect(report.exitCode).toBe(0)
  })

  test.each([
    ['ocpp1.6', 0, 'SHOULD'],
    ['ocpp2.0.1', 3, 'MUST'],
  ])('two CALLs at once: %s exits %i, both are answered in order', async (version, exit, level) => {
    const hears = at(
      'Authorize',
      besides(callFrame('first', 'ClearCache'), callFrame('second', 'ClearCache')),
    )
    const { report, answers } = await attack({ hears }, '--protocol', version)
    expect(report.violations.byRule).toMatchObject({ RPC_TWO_CALLS: { count: 1, level } })
    expect(answers.map(([, id]) => id)).toEqual(['first', 'second'])
    expect(report.exitCode).toBe(exit)
  })

  test('a flood of 1,000 CALLs: each is answered, too many at once are refused', async () => {
    const flood = Array.from({ length: 1000 }, (_, i) => callFrame(`c${i}`, 'ClearCache'))
    const hears = at('Authorize', ({ send, answer }) => {
      answer()
      for (const frame of flood) send(frame)
    })
    const { report, answers } = await attack({ hears })
    expect(answers).toHaveLength(1000)
    const refused = report.violations.byRule['RPC_TOO_MANY_CALLS']?.count ?? 0
    expect(report.commands['ClearCache']?.exchanges.completed).toBe(1000 - refused)
    expect(report.reasons.join()).toContain('the target broke RPC_TOO_MANY_CALLS')
    expect(report).toMatchObject({ exitCode: 3, scripts: { completed: 1 } })
  })

  test('it pings and never reads: the CALL times out and the run ends', async () => {
    const hears = at('Authorize', ({ ws }) => {
      ws.pause()
      for (let i = 0; i < 10; i += 1) ws.ping()
    })
    const { report } = await attack({ hears })
    expect(report).toMatchObject({ exitCode: 3, scripts: { failed: 1 } })
    expect(report.reasons.join()).toContain('not answered in time')
  })
})

describe.concurrent('a target that accepts nobody', () => {
  const status = (given: string) => `{"status":"${given}","interval":60,"currentTime":"${now}"}`
  const now = '2026-01-01T00:00:00Z'

  test.each<readonly [string, Deed, string]>([
    ['is silent', () => undefined, 'BootNotification was not answered in time'],
    [
      'answers CALLERROR',
      ({ id, send }) => send(`[4,"${id}","InternalError","oops",{}]`),
      'BootNotification was answered with CALLERROR InternalError (oops)',
    ],
    ['closes', ({ ws }) => ws.close(1011, 'oops'), 'closed with code 1011 (oops)'],
    [
      'breaks the schema',
      ({ id, send }) => send(`[3,"${id}",{}]`),
      'the answer to BootNotification is not valid: ',
    ],
    [
      'rejects',
      ({ id, send }) => send(`[3,"${id}",${status('Rejected')}]`),
      'BootNotification was answered Rejected',
    ],
  ])('it %s: exit 4 and why', async (_what, deed, sentence) => {
    const hears = (call: HeardCall): boolean => {
      deed(call)
      return true
    }
    const { report } = await attack({ hears }, ...soon)
    expect(report).toMatchObject({ exitCode: 4, stations: { connected: 1, accepted: 0 } })
    expect(report.reasons[0]).toContain('no station was accepted by ws://127.0.0.1:')
    expect(report.reasons[0]).toContain(sentence)
  })

  test('it refuses upgrades: exit 4, the HTTP status of each', async () => {
    const refuses = (station: number) => [401, 404, 503][station - 1]
    const { report } = await attack({ refuses }, ...soon, '--stations', '3')
    expect(report).toMatchObject({ exitCode: 4, stations: { connected: 0 } })
    expect(Object.keys(report.stations.connectFailures)).toEqual([
      'HTTP 401 Unauthorized',
      'HTTP 404 Not Found',
      'HTTP 503 Service Unavailable',
    ])
    expect(report.reasons[0]).toMatch(/: HTTP (401|404|503) /)
  })

  test.each<readonly [string | false, string]>([
    ['ocpp9.9', 'Server sent an invalid subprotocol'],
    [false, 'Server sent no subprotocol'],
  ])('it chooses the subprotocol %s: exit 4 and the reason', async (chosen, sentence) => {
    const { report } = await attack({ chooses: () => chosen }, ...soon)
    expect(report.exitCode).toBe(4)
    expect(report.reasons[0]).toContain(sentence)
  })
})
