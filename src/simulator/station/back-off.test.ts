import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../shared/random.ts'
import { backOffMs } from './back-off.ts'
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
})
