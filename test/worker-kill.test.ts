import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { Cli, root } from './helpers/cli.ts'
import { expectConserved } from './helpers/conserved.ts'
import { workersOf } from './helpers/workers-of.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-worker-kill-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs the fixture on two workers and kills the first one as soon as steady is seen. */
async function killedInSteady(): Promise<{ code: number | null; report: Report; stderr: string }> {
  const scenario = join(root, 'fixtures/call-rate.yaml')
  const output = ['--json', '--out', join(folder, 'reports')]
  await using cli = new Cli(['simulate', scenario, '--workers', '2', ...output])
  await cli.until(/ steady /)
  const [first = 0, ...others] = workersOf(cli.pid)
  expect(others.length).toBe(1)
  process.kill(first, 'SIGKILL')
  // At once, not at the end; and the coordinator goes on telling how the run stands.
  await cli.until(/worker 1 died \(SIGKILL\): its 20 stations are lost[^]* steady .* 20\/40 /)
  const { code, stdout, stderr } = await cli.result()
  expect(await cli.leavesNothingBehind()).toBe(true)
  return { code, report: JSON.parse(stdout) as Report, stderr }
}

// The process table is read with ps.
describe.skipIf(process.platform === 'win32')('a worker that is killed', () => {
  test('fails the run with exit 1, and the others go on to a report that adds up', async () => {
    const { code, report } = await killedInSteady()
    expect(code).toBe(1)
    expect(report).toMatchObject({ verdict: 'fail', exitCode: 1 })
    expect(report.reasons[0]).toBe('worker 1 died: SIGKILL; 20 stations lost with it')
    expect(report.stations).toMatchObject({ requested: 40, accepted: 40, lost: 20 })
    expect(report.window.steadySeconds).toBeGreaterThan(9.5)
    expectConserved(report)
    const last = report.series.filter(({ phase }) => phase === 'steady').slice(-3, -1)
    for (const { connected, completedPerSecond } of last) {
      expect(connected).toBe(20)
      expect(completedPerSecond).toBeGreaterThan(0)
    }
    // Nobody can hold against the CSMS what the dead worker's stations knew.
    expect(report.books).toMatchObject({ checked: true, mismatches: [] })
  })
})
