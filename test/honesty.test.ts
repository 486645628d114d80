import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './helpers/cli.ts'
import { expectConserved } from './helpers/conserved.ts'
import { type HeardCall, HostileCsms } from './helpers/hostile-csms.ts'
import { simulate } from './helpers/simulate.ts'

const traffic = join(root, 'fixtures/honesty.yaml')

/** The whole process stands still, as a server does in a long garbage collection. */
function freeze(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

describe('the numbers of a run', { timeout: 60_000 }, () => {
  test('a server that is frozen for 2 s shows in response times, not in service times', async () => {
    let heard = 0
    const hears = (): boolean => {
      heard += 1
      // In the middle of some 280 CALLs per station.
      if (heard === 1500) freeze(2000)
      return false
    }
    await using csms = await HostileCsms.start({ hears })
    // A frozen server is slower than a second: nobody gives up here.
    const report = await simulate(traffic, '--target', csms.url, '--set', 'timeout=10s')
    expectConserved(report)
    const { Heartbeat } = report.actions
    expect(Heartbeat?.exchanges.completed).toBeGreaterThan(200 * 10)
    expect(Heartbeat?.responseTimeMs.p99).toBeGreaterThan(1000)
    expect(Heartbeat?.serviceTimeMs.p95).toBeLessThan(50)
    // Everybody's one CALL that met the ice, and no more, took long to serve.
    expect(Heartbeat?.serviceTimeMs.max).toBeGreaterThan(1900)
  })

  test('a generator that is starved says INVALID and ends with 5, whatever else held', async () => {
    const report = await simulate(join(root, 'fixtures/starved.yaml'), '--workers', '1')
    expect(report).toMatchObject({ verdict: 'invalid', exitCode: 5 })
    expect(report.generator.limitedBy).toBe('generator')
    expect(report.reasons.join()).toContain('generator')
    // A threshold that held may have held because of the generator.
    expect(report.thresholds.map(({ pass }) => pass)).toEqual([null])
    expectConserved(report)
  })

  test('answers that are dropped, doubled or made up are counted, each under its own name', async () => {
    const told = { dropped: 0, doubled: 0, madeUp: 0 }
    const everyFiftieth = ({ action, earlier, id, send, answer }: HeardCall): boolean => {
      if (action !== 'Heartbeat' || earlier % 50 !== 7) return false
      switch (((earlier - 7) / 50) % 3) {
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
    await using csms = await HostileCsms.start({ hears: everyFiftieth })
    const report = await simulate(traffic, '--target', csms.url)
    expectConserved(report)
    expect(told.dropped).toBeGreaterThan(9)
    expect(told.doubled).toBeGreaterThan(9)
    expect(told.madeUp).toBeGreaterThan(9)
    const { timeouts, unfinished } = report.exchanges
    expect(timeouts + unfinished).toBe(told.dropped + told.madeUp)
    expect(report.exchanges).toMatchObject({
      duplicates: told.doubled,
      unsolicited: told.madeUp,
      lost: 0,
    })
    expect(report).toMatchObject({ verdict: 'fail', exitCode: 3 })
  })
})
