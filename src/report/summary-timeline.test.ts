import { expect, test } from 'vitest'
import { quickstart } from '../../test/helpers/sample-run.ts'
import { buildReport } from './build-report.ts'
import type { TimelineMark } from './run-facts.ts'
import { plainStyle } from './style.ts'
import { timelineLines } from './summary-timeline.ts'

const page = { width: 80, style: plainStyle, folder: undefined }

const lines = (timeline: readonly TimelineMark[]) =>
  timelineLines(buildReport({ ...quickstart(), timeline }), page).join('\n')

const backMs = {
  count: 40,
  min: 90,
  mean: 800,
  p50: 700,
  p90: 2000,
  p95: null,
  p99: null,
  p999: null,
  max: 2400,
}

test('events and returns, with what came of them', () => {
  const marks: readonly TimelineMark[] = [
    {
      atSecond: 12.3,
      label: '18:20 powerLoss, 40%, for 2min: 40 stations',
      stations: 40,
      brokenOff: 7,
      undone: { 'it had no power': 2 },
    },
    { atSecond: 14, label: '18:22 powerUp', stations: 40, backMs, allBackSeconds: 2.4 },
    { atSecond: 20, label: '19:00 powerUp', stations: 3, backMs, allBackSeconds: null },
  ]
  expect(`\n${lines(marks)}\n`).toMatchInlineSnapshot(`
    "
      timeline
      – 12.3 s 18:20 powerLoss, 40%, for 2min: 40 stations – 7 sessions broken off,
        not done on 2 stations
      – 14.0 s 18:22 powerUp – all 40 stations accepted again after 2,400 ms, p50
        700 ms
      – 20.0 s 19:00 powerUp – 3 stations accepted again, not all, p50 700 ms
    "
  `)
})

test('a run without a timeline has nothing to tell', () => {
  expect(lines([])).toBe('')
  expect(timelineLines(buildReport(quickstart()), page)).toEqual([])
})

test('of a long day the first are shown', () => {
  const marks = Array.from({ length: 30 }, (_, i) => ({ atSecond: i, label: `event ${i}` }))
  expect(lines(marks)).toContain('and 18 more in the report')
})
