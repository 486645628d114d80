import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { load, quickstart } from '../../../test/helpers/sample-run.ts'
import { LatencyHistogram } from '../../metrics/latency-histogram.ts'
import { buildReport } from '../build-report.ts'
import type { Line } from './chart-model.ts'
import { distributionCharts } from './distribution.ts'
import type { StoredReport } from './stored-report.ts'

const report = buildReport(load({ perSecond: 20, lagMicros: 2000 }))

function withTimes(response: readonly number[], service: readonly number[]): StoredReport {
  const encoded = (times: readonly number[]) => {
    const histogram = new LatencyHistogram()
    for (const micros of times) histogram.record(micros)
    return histogram.encode()
  }
  const responseTime = encoded(response)
  const histograms = { ...report.histograms, responseTime, responseTimeAll: responseTime }
  return { ...report, histograms: { ...histograms, serviceTime: encoded(service) } }
}

function chartOf(of: StoredReport, id: string) {
  const model = distributionCharts(of).find((chart) => chart.model.id === id)?.model
  if (!model) throw new Error(`no chart ${id}`)
  return model
}

function total(line: Line | undefined): number {
  return (line?.values ?? []).reduce<number>((sum, value) => sum + (value ?? 0), 0)
}

describe('distributionCharts', () => {
  test('every CALL stands in one step of the histogram, whatever it took', () => {
    const times = fc.array(fc.integer({ min: 0, max: 700_000_000 }), { minLength: 1 })
    fc.assert(
      fc.property(times, times, (response, service) => {
        const { lines, at } = chartOf(withTimes(response, service), 'histogram')
        expect(total(lines[0])).toBe(response.length)
        expect(total(lines[1])).toBe(service.length)
        expect([...at].sort((a, b) => a - b)).toEqual(at)
        expect(lines[0]?.values).toHaveLength(at.length)
      }),
    )
  })

  test('a latency stands within its step', () => {
    const { at, lines } = chartOf(withTimes([20_000], [20_000]), 'histogram')
    const step = lines[0]?.values.indexOf(1) ?? -1
    expect(at[step]).toBeLessThanOrEqual(20)
    expect(at[step + 1]).toBeGreaterThan(19.8)
  })

  test('a stall shows in response time and not in service time', () => {
    const service = Array.from({ length: 1000 }, () => 1_000)
    const response = service.map((micros, n) => (n < 50 ? 2_000_000 - n * 40_000 : micros))
    const { at, lines } = chartOf(withTimes(response, service), 'percentiles')
    const p99 = at.indexOf(2)
    expect(lines[0]?.values[p99]).toBeGreaterThan(1_000)
    expect(lines[1]?.values[p99]).toBeCloseTo(1, 1)
  })

  test('percentiles only grow', () => {
    const times = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1 })
    fc.assert(
      fc.property(times, (micros) => {
        for (const { values } of chartOf(withTimes(micros, micros), 'percentiles').lines) {
          const known = values.filter((value) => value !== null)
          expect([...known].sort((a, b) => a - b)).toEqual(known)
        }
      }),
    )
  })

  test('what was never answered has a line of its own', () => {
    const outcome = (n: number) => (n % 50 === 0 ? ('timeout' as const) : ('result' as const))
    const failing = buildReport(load({ perSecond: 20, lagMicros: 2000, outcome }))
    expect(chartOf(failing, 'histogram').lines.map(({ label }) => label)).toEqual([
      'response time',
      'service time',
      'response time, unanswered too',
    ])
  })

  test('in the closed model service time is response time, and drawn once', () => {
    const { lines } = chartOf(buildReport(quickstart()), 'histogram')
    expect(lines.map(({ label }) => label)).toEqual(['response time'])
  })

  test('an older report has no histograms, and no charts of them', () => {
    const { histograms: _, ...older } = report
    expect(distributionCharts(older)).toEqual([])
  })
})
