import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { Cli, root, runCli } from './helpers/cli.ts'
import { expectConserved } from './helpers/conserved.ts'
import { simulate, untimed } from './helpers/simulate.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-processes-'))
})
afterAll(() => rm(folder, { recursive: true }))

const scenario = (name: string) => join(root, 'scenarios', name)

describe('a run against an embedded CSMS of several processes', () => {
  test('leaves the same books as against one: every session is known, and known once', async () => {
    const quickstart = await untimed('quickstart.yaml', folder)
    const report = await simulate(quickstart, '--processes', '3', '--workers', '2')
    expect(report).toMatchObject({ verdict: 'pass', exitCode: 0, reasons: [] })
    expect(report.transactions).toMatchObject({ started: 10, stopped: 10, lost: 0 })
    expect(report.books).toMatchObject({ checked: true, compared: 10, mismatches: [] })
    expectConserved(report)
  })

  test('commands reach the process that holds the station', async () => {
    const report = await simulate(scenario('remote-start.yaml'), '--processes', '3')
    expect(report).toMatchObject({ verdict: 'pass', exitCode: 0, reasons: [] })
    expect(report.scripts.failed).toBe(0)
  })

  // The process table is read with ps.
  test.skipIf(process.platform === 'win32')(
    'a process that is killed is a fault of csms, and there is a report',
    async () => {
      const argv = ['simulate', join(root, 'fixtures/call-rate.yaml'), '--processes', '2']
      await using cli = new Cli([...argv, '--json', '--out', join(folder, 'reports')])
      await cli.until(/ steady /)
      const [server = 0] = childrenOf(cli.pid, /csms.process\b/)
      const [member = 0, ...others] = childrenOf(server, /cluster.member-process\b/)
      expect(others).toHaveLength(1)
      process.kill(member, 'SIGKILL')
      const { code, stdout } = await cli.result()
      expect(code).toBe(1)
      const report = JSON.parse(stdout) as Report
      expect(report.reasons[0]).toMatch(/process \d of 2 of the CSMS ended \(SIGKILL\)/)
      expect(await cli.leavesNothingBehind()).toBe(true)
    },
  )
})

describe('a run that the machine cannot carry', () => {
  test('is refused before it begins, with everything that is wrong and what to change', async () => {
    const argv = ['simulate', scenario('quickstart.yaml'), '--stations', '1000000']
    const { code, stdout, stderr } = await runCli([...argv, '--workers', '1', '--processes', '1'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('This machine cannot carry the run.')
    expect(stderr).toMatch(/--workers \d+ or more|room for about/)
  })

  test('doctor says the same, and exits the same', async () => {
    const argv = ['doctor', scenario('quickstart.yaml'), '--stations', '1000000']
    const { code, stdout } = await runCli([...argv, '--workers', '1', '--processes', '1'])
    expect(code).toBe(2)
    expect(stdout).toMatch(/✗ .*1,000,000|✗ Memory/)
  })
})

function childrenOf(parent: number, program: RegExp): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args=']).toString().split('\n')
  return rows
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .filter((row) => Number(row?.[2]) === parent && program.test(row?.[3] ?? ''))
    .map((row) => Number(row?.[1]))
}
