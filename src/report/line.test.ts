import { expect, test } from 'vitest'
import { sampleProgress, troubledProgress } from '../../test/helpers/sample-progress.ts'
import { progressLine } from './line.ts'

test('a line of progress says how the run stands, in both units', () => {
  const line = progressLine(
    sampleProgress(75, {
      phase: 'steady',
      connected: 400,
      requested: 400,
      exchangesPerSecond: 1_234,
      messagesPerSecond: 2_468,
      responseP99Ms: 12.34,
      backlog: 3,
      scripts: { completed: 10, failed: 2, planned: 400 },
      thresholds: [],
    }),
  )
  expect(line).toBe(
    '1:15 steady  connected 400/400  1,234/s exchanges (2,468/s messages)  p99 12.3 ms  backlog 3  errors 0  scripts done 12',
  )
})

test('a line names the window as the guide does, and a search a search', () => {
  const line = (searching: boolean) =>
    progressLine(sampleProgress(75, { phase: 'warmup', searching, responseP99Ms: null }))
  expect(line(false)).toMatch(/^1:15 warm-up {2}connected .* p99 – {2}backlog/)
  expect(line(true)).toMatch(/^1:15 search {2}connected/)
})

test('what is not as it should be stands at the end of the line, and only then', () => {
  expect(progressLine(troubledProgress(40))).toContain(
    'violations 57  dropped 31  thresholds failing 3  the generator is the limit',
  )
})

test('a threshold that nothing was measured for yet is not failing', () => {
  expect(progressLine(sampleProgress(3))).not.toContain('failing')
})
