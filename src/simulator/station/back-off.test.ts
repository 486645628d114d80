import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../shared/random.ts'
import { backOffMs, nextAttempt } from './back-off.ts'
import type { StationSettings } from './behaviour.ts'

const settings: StationSettings = {
  heartbeatIntervalMs: 0,
  bootRetryMs: 0,
  connectionTimeoutMs: 0,
  sampleIntervalMs: 0,
  alignedIntervalMs: 0,
  pingIntervalMs: 0,
  transactionAttempts: 1,
  transactionRetryMs: 0,
  backOffMinimumMs: 1000,
  backOffRandomMs: 0,
  backOffRepeats: 3,
  authorizeRemoteStart: true,
  stopOnEvDisconnect: true,
}

describe('back-off', () => {
  test('doubles per failure at most RepeatTimes times and then stays', () => {
    const random = Random.stream(1)
    const waits = [0, 1, 2, 3, 4, 50].map((failures) => backOffMs(settings, failures, random))
    expect(waits).toEqual([1000, 2000, 4000, 8000, 8000, 8000])
  })

  test('adds a fresh random share within the range each time', () => {
    const random = Random.stream(1)
    const spread = { ...settings, backOffRandomMs: 5000 }
    fc.assert(
      fc.property(fc.nat(40), (failures) => {
        const share = backOffMs(spread, failures, random) - backOffMs(settings, failures, random)
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThan(5000)
      }),
    )
    expect(backOffMs(spread, 0, random)).not.toBe(backOffMs(spread, 0, random))
  })

  test('after an outage the station is back at the attempt it would have made anyway', () => {
    const random = Random.stream(1)
    const next = (awayMs: number) => nextAttempt(settings, awayMs, random)
    // Attempts fall due after 1, 3, 7, 15, 23 ... seconds without a network.
    expect(next(0)).toEqual({ waitMs: 1000, failures: 0 })
    expect(next(1001)).toEqual({ waitMs: 1999, failures: 1 })
    expect(next(14_000)).toEqual({ waitMs: 1000, failures: 3 })
    expect(next(15_500)).toEqual({ waitMs: 7500, failures: 4 })
  })

  test('nobody waits longer than a whole back-off, however long the outage was', () => {
    const random = Random.stream(1)
    const spread = { ...settings, backOffRandomMs: 500 }
    fc.assert(
      fc.property(fc.nat(10_000_000), (awayMs) => {
        const { waitMs } = nextAttempt(spread, awayMs, random)
        expect(waitMs).toBeGreaterThanOrEqual(0)
        expect(waitMs).toBeLessThanOrEqual(8500)
      }),
    )
    const none = { ...settings, backOffMinimumMs: 0 }
    expect(nextAttempt(none, 5000, random).waitMs).toBeLessThanOrEqual(1)
  })
})
