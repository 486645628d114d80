import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from './helpers/cli.ts'
import { expectConserved } from './helpers/conserved.ts'
import { simulate } from './helpers/simulate.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-executors-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs one scenario of both generations in two workers; the machine may be too busy to be valid. */
async function run(name: string, load: string, script: string, more = '') {
  const file = join(folder, `${name}.yaml`)
  const text = `name: ${name}
speed: 100
${more}
x-script: &script ${script}
fleets:
  - { name: old, count: 6, script: *script }
  - { name: new, count: 6, protocol: ocpp2.0.1, script: *script }
load: ${load}
`
  await writeFile(file, text)
  const report = await simulate(file, '--workers', '2')
  expect([0, 5]).toContain(report.exitCode)
  expectConserved(report)
  expect(report.scripts).toMatchObject({ failed: 0, reasons: {} })
  expect(report.books).toMatchObject({ checked: true, mismatches: [] })
  return report
}

const session = '[boot, plugIn, authorize, start, {charge: {for: 30s}}, stop, unplug]'

describe('executors, against the embedded CSMS', () => {
  test('constant-arrival-rate: stations boot once, sessions come at their rate and are finished', async () => {
    const load = '{executor: constant-arrival-rate, rate: 10/s, steady: 3s}'
    const report = await run('arrivals', load, session)
    expect(report.model).toBe('mixed')
    expect(report.stations).toMatchObject({ requested: 12, accepted: 12 })
    expect(report.stations.allAcceptedSeconds).toBeGreaterThan(0)
    expect(report.actions['BootNotification']?.exchanges.completed).toBe(12)
    const { sessions } = report.arrivals ?? {}
    expect(sessions).toMatchObject({ due: 30, begun: 30, dropped: 0, unbegun: 0 })
    expect(report.scripts.completed).toBe(30)
    expect(report.transactions).toMatchObject({ started: 30, stopped: 30 })
  })

  test('ramping-stations: they come, play, hang up without a loss, and come again', async () => {
    const stages =
      '[{duration: 1s, target: 12}, {duration: 1s, target: 0}, {duration: 1s, target: 12}, {duration: 0s, target: 0}]'
    const load = `{executor: ramping-stations, startStations: 2, stages: ${stages}}`
    const report = await run('ramping', load, session)
    expect(report.window.steadySeconds).toBeCloseTo(3, 0)
    expect(report.stations).toMatchObject({ connected: 12, accepted: 12 })
    expect(report.stations.reconnects).toBeGreaterThan(0)
    expect(report.exchanges).toMatchObject({ lost: 0, unfinished: 0 })
    expect(report.transactions.started).toBe(report.transactions.stopped)
    expect(report.scripts.completed).toBeGreaterThan(12)
  })

  test('constant-command-rate: the CSMS acts at its rate, on each version with what it has', async () => {
    const mix = `{ClearCache: 1, GetConfiguration: 1, Reset: 0}`
    const load = `{executor: constant-command-rate, rate: 20/s, mix: ${mix}, steady: 3s}`
    const report = await run('commands', load, '[boot]')
    const { commands } = report.arrivals ?? {}
    expect(commands).toMatchObject({ due: 60, begun: 60, dropped: 0, unbegun: 0 })
    const { ClearCache, GetConfiguration, ...others } = report.commands
    const completed = (of: typeof ClearCache) => of?.exchanges.completed ?? 0
    expect(completed(ClearCache) + completed(GetConfiguration)).toBe(60)
    expect(completed(GetConfiguration)).toBeGreaterThan(0)
    expect(others).toEqual({})
    expect(ClearCache?.failed).toBe(0)
    expect(ClearCache?.commandTimeMs.count).toBeGreaterThan(0)
  })

  test('constant-command-rate of an external target without its API is refused before it starts', async () => {
    const file = join(folder, 'refused.yaml')
    await writeFile(
      file,
      `name: refused
fleets: [{ name: street, script: [boot] }]
load: { executor: constant-command-rate, rate: 1/s, mix: { ClearCache: 1 }, steady: 1s }
`,
    )
    const { code, stderr } = await runCli(['simulate', file, '--target', 'ws://127.0.0.1:9/'])
    expect(stderr).toContain("through its operator's API: name it with --api")
    expect(code).toBe(2)
  })

  test('gracefulStop: scripts that play when steady is over may finish', async () => {
    const load = (graceful: string) =>
      `{executor: constant-stations, steady: 500ms, gracefulStop: ${graceful}}`
    const graceful = await run('graceful', load('10s'), '[boot, {wait: 150s}]')
    expect(graceful.scripts.completed).toBe(12)
    const abrupt = await run('abrupt', load('0s'), '[boot, {wait: 3h}]')
    expect(abrupt.scripts.completed).toBe(0)
    // Nobody waits for the end of the scripts.
    expect(abrupt.window.drainSeconds).toBeLessThan(60)
  })
})
