import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { Cli, root } from './helpers/cli.ts'
import { expectConserved } from './helpers/conserved.ts'
import { type HeardCall, HostileCsms } from './helpers/hostile-csms.ts'
import { simulate } from './helpers/simulate.ts'
import { workersOf } from './helpers/workers-of.ts'

const traffic = join(root, 'fixtures/honesty.yaml')
const starved = join(root, 'fixtures/starved.yaml')

/** The whole process stands still, as a server does in a long garbage collection. */
function freeze(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

describe('the numbers of a run', () => {
  test('a server that is frozen for 2 s shows in response times, not in service times', async () => {
    let heard = 0
    const hears = (): boolean => {
      heard += 1
      // In the middle of some 280 CALLs per station, fewer on a busy machine.
      if (heard === 700) freeze(2000)
      return false
    }
    await using csms = await HostileCsms.start({ hears })
    // A frozen server is slower than a second: nobody gives up here.
    const report = await simulate(traffic, '--target', csms.url, '--set', 'timeout=10s')
    expectConserved(report)
    const { Heartbeat } = report.actions
    const p99 = Heartbeat?.responseTimeMs.p99 ?? 0
    expect(Heartbeat?.exchanges.completed).toBeGreaterThan(700)
    expect(p99).toBeGreaterThan(1000)
    expect(Heartbeat?.serviceTimeMs.p95).toBeLessThan(p99 / 4)
    // Everybody's one CALL that met the ice, and no more, took long to serve.
    expect(Heartbeat?.serviceTimeMs.max).toBeGreaterThan(1900)
  })

  test.skipIf(process.platform === 'win32')(
    'a generator that is starved says INVALID and ends with 5, whatever else held',
    async () => {
      const out = await mkdtemp(join(tmpdir(), 'csms-starved-'))
      await using cli = new Cli(['simulate', starved, '--workers', '1', '--json', '--out', out])
      await cli.until(/ steady /)
      const [worker = 0] = workersOf(cli.pid)
      process.kill(worker, 'SIGSTOP')
      // As long as a machine that is too busy may leave a process without a turn.
      await wait(2000)
      process.kill(worker, 'SIGCONT')
      const { code, stdout } = await cli.result()
      await rm(out, { recursive: true })
      const report = JSON.parse(stdout) as Report
      expect(code).toBe(5)
      expect(report).toMatchObject({ verdict: 'invalid', exitCode: 5 })
      expect(report.generator.limitedBy).toBe('generator')
      expect(report.reasons[0]).toMatch(/^generator lag p\d+ \d+\.\d ms is above /)
      // A threshold that held may have held because of the generator.
      expect(report.thresholds.map(({ pass }) => pass)).toEqual([null])
      expectConserved(report)
    },
  )

  test('answers that are dropped, doubled or made up are counted, each under its own name', async () => {
    const told = { dropped: 0, doubled: 0, madeUp: 0 }
    const everyTwentieth = ({ action, earlier, id, send, answer }: HeardCall): boolean => {
      if (action !== 'Heartbeat' || earlier % 20 !== 7) return false
      switch (((earlier - 7) / 20) % 3) {
        case 0:
          told.dropped += 1
          break
        case 1:
          told.doubled += 1
          answer()
          answer()
          break
        default:
          told.madeUp += 1
          send(JSON.stringify([3, `${id}x`, { currentTime: '2026-01-01T00:00:00Z' }]))
      }
      return true
    }
    await using csms = await HostileCsms.start({ hears: everyTwentieth })
    // Longer than a busy machine makes anybody else wait.
    const report = await simulate(traffic, '--target', csms.url, '--set', 'timeout=3s')
    expectConserved(report)
    expect(Math.min(told.dropped, told.doubled, told.madeUp)).toBeGreaterThan(4)
    const { timeouts, unfinished } = report.exchanges
    expect(timeouts + unfinished).toBe(told.dropped + told.madeUp)
    expect(report.exchanges).toMatchObject({
      duplicates: told.doubled,
      unsolicited: told.madeUp,
      lost: 0,
    })
    expect(report.exitCodes).toContain(3)
  })
})
