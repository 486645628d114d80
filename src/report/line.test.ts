import { expect, test } from 'vitest'
import { progressLine } from './line.ts'

test('a line of progress says how the run stands, in both units', () => {
  const line = progressLine({
    elapsedSeconds: 75,
    phase: 'steady',
    connected: 400,
    requested: 400,
    exchangesPerSecond: 1_234,
    messagesPerSecond: 2_468,
    responseP99Ms: 12.34,
    backlog: 3,
    errors: 0,
    scriptsDone: 12,
  })
  expect(line).toBe(
    '1:15 steady  connected 400/400  1,234/s exchanges (2,468/s messages)  p99 12.3 ms  backlog 3  errors 0  scripts done 12',
  )
})
