import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { runCli } from './helpers/cli.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-day-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Run {
  readonly code: number | null
  readonly report: Report
  readonly stderr: string
  /** Identities that sent more than one BootNotification. */
  readonly bootedAgain: readonly string[]
}

async function run(name: string, scenario: string, ...more: readonly string[]): Promise<Run> {
  const args = ['simulate', '-', '--json', '--frames', '--no-ui', '--out', name, ...more]
  const { code, stdout, stderr } = await runCli(args, { cwd: folder, stdin: scenario })
  const folders = await readdir(join(folder, name))
  const made = folders.find((one) => !one.includes('.')) ?? ''
  const frames = await readFile(join(folder, name, made, 'frames.ndjson'), 'utf8')
  const boots = new Map<string, number>()
  for (const line of frames.split('\n')) {
    const station = /"station":"([^"]+)"/.exec(line)?.[1]
    if (!station || !line.includes('\\"BootNotification\\"')) continue
    boots.set(station, (boots.get(station) ?? 0) + 1)
  }
  const bootedAgain = [...boots].flatMap(([id, times]) => (times > 1 ? [id] : [])).sort()
  return { code, report: JSON.parse(stdout) as Report, stderr, bootedAgain }
}

const blackout = `name: blackout
speed: 60
startsAt: 18:00
fleets:
  - name: street
    count: 12
    script: [boot, { signal: up }, { await: { signal: up, count: 12 } }, { wait: 3min }]
timeline:
  - { at: 18:01, share: 50%, do: powerLoss, for: 1min }
`

describe('a day', () => {
  test('signals cross workers; an event comes over the same stations on any number of them', async () => {
    const one = await run('one', blackout, '--workers', '1')
    const three = await run('three', blackout, '--workers', '3')
    for (const { code, report, stderr } of [one, three]) {
      expect(code).toBe(0)
      expect(report.scripts).toMatchObject({ completed: 12, failed: 0 })
      expect(report.timeline).toMatchObject([
        { label: '18:01 powerLoss, 50%, for 1min: 6 stations', stations: 6, undone: {} },
        { stations: 6, backMs: { count: 6 }, allBackSeconds: expect.any(Number) },
      ])
      expect(stderr).toContain('all 6 stations accepted again after')
    }
    expect(three.report.generator.workers).toBe(3)
    expect(one.bootedAgain).toHaveLength(6)
    expect(three.bootedAgain).toEqual(one.bootedAgain)
  })

  test('sessions that an event breaks off are no failures, and the books balance', async () => {
    const { code, report } = await run(
      'broken',
      `name: broken
speed: 600
fleets:
  - name: a
    count: 4
    script: &s [boot, { repeat: 3, steps: [plugIn, authorize, start, { charge: { for: 20min } }, { wait: 5min }, stop, unplug] }]
  - { name: b, count: 4, protocol: ocpp2.0.1, script: *s }
timeline:
  - { at: 15min, do: powerLoss, for: 20min }
`,
    )
    expect(code).toBe(0)
    expect(report.scripts).toMatchObject({ completed: 8, failed: 0 })
    expect(report.timeline?.[0]).toMatchObject({ stations: 8, brokenOff: 8 })
    expect(report.books).toMatchObject({ checked: true, mismatches: [] })
  })

  test('drivers come by the curve, and the day ends with it', async () => {
    const { code, report } = await run(
      'drivers',
      `name: drivers
speed: 1800
startsAt: 06:00
fleets:
  - name: street
    count: 20
    arrivals: [{ at: 06:00, rate: 0/h }, { at: 07:00, rate: 40/h }]
    script: [plugIn, authorize, start, { charge: { for: 30min } }, stop, unplug]
`,
    )
    // 5: this machine was too busy to measure, which is no word about who came.
    expect([0, 5]).toContain(code)
    // A triangle: twenty under the line, and none after it.
    expect(report.arrivals?.sessions).toMatchObject({ due: 20, begun: 20, dropped: 0 })
    expect(report.scripts).toMatchObject({ completed: 20, failed: 0 })
    expect(report.transactions).toMatchObject({ started: 20, stopped: 20 })
  })

  test('stations that wait for a signal nobody gives end with a sentence, not never', async () => {
    const { code, report } = await run(
      'deadlock',
      'name: deadlock\nfleets: [{ name: a, count: 2, script: [boot, { await: go }] }]\n',
      '--workers',
      '2',
    )
    expect(code).toBe(3)
    expect(report.scripts.failed).toBe(2)
    expect(report.reasons.join()).toContain('the signal "go" was never given')
  })

  test('stations of a file connect with the passwords that stand there', async () => {
    await writeFile(
      join(folder, 'fleet.csv'),
      'id,password,token\nA-1,one word,T1\nA-2,another,T2\n',
    )
    const session = 'plugIn, authorize, start, { charge: { for: 1s } }, stop'
    const { code, report } = await run(
      'named',
      `name: named\nfleets: [{ name: a, stations: fleet.csv, script: [boot, ${session}] }]\n`,
    )
    expect(code).toBe(0)
    expect(report.stations).toMatchObject({ requested: 2, accepted: 2 })
    expect(report.transactions.stopped).toBe(2)
  })
})
