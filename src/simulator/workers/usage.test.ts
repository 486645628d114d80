import { expect, test } from 'vitest'
import { CpuUsage } from './usage.ts'

test('a share of CPU belongs to the interval from the last look, not to the next', () => {
  const usage = new CpuUsage(4_300_000)
  expect(usage.sinceMicros).toBe(4_300_000)
  expect(usage.share(5_300_000)).toBeGreaterThanOrEqual(0)
  expect(usage.sinceMicros).toBe(5_300_000)
})
