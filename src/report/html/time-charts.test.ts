import { describe, expect, test } from 'vitest'
import { load, quickstart } from '../../../test/helpers/sample-run.ts'
import { buildReport } from '../build-report.ts'
import type { StoredReport } from './stored-report.ts'
import { timeCharts, windowBands } from './time-charts.ts'

const open = buildReport(load({ perSecond: 20, lagMicros: 2000 }))

function linesOf(report: StoredReport, id: string) {
  return timeCharts(report).charts.find(({ model }) => model.id === id)?.model.lines ?? []
}

describe('timeCharts', () => {
  test('offered and achieved are those of the series, second by second', () => {
    const [offered, achieved] = linesOf(open, 'rates')
    expect(offered?.label).toBe('offered')
    expect(offered?.values).toEqual(open.series.map((point) => point.offeredPerSecond))
    expect(achieved?.values).toEqual(open.series.map((point) => point.completedPerSecond))
  })

  test('what stayed at nothing is said and not drawn', () => {
    const { charts, quiet } = timeCharts(open)
    expect(charts.map(({ model }) => model.id)).not.toContain('errors')
    expect(quiet).toContain('no errors and nothing dropped in any second')
  })

  test('errors are drawn where there are some', () => {
    const outcome = (n: number) => (n % 50 === 0 ? ('timeout' as const) : ('result' as const))
    const failing = buildReport(load({ perSecond: 20, lagMicros: 2000, outcome }))
    const [errors] = linesOf(failing, 'errors')
    expect(errors?.label).toBe('errors')
    expect(errors?.values.some((value) => value !== null && value > 0)).toBe(true)
  })

  test('a second that is missing is a gap, not a bridge', () => {
    const holed = { ...open, series: open.series.filter(({ second }) => second !== 10) }
    const at = timeCharts(holed).charts[0]?.model.at ?? []
    const [offered] = linesOf(holed, 'rates')
    expect(at.indexOf(10)).toBeGreaterThan(0)
    expect(offered?.values[at.indexOf(10)]).toBeNull()
  })

  test('percentiles that lie far apart are spread logarithmically, others are not', () => {
    const response = (p99: number) => {
      const series = open.series.map((point) => ({
        ...point,
        responseP50Ms: 2,
        responseP99Ms: p99,
      }))
      const charts = timeCharts({ ...open, series }).charts
      return charts.find(({ model }) => model.id === 'response')?.model.logarithmic
    }
    expect(response(2000)).toBe(true)
    expect(response(8)).toBe(false)
  })

  test('an older report lacks columns, and their lines', () => {
    const later = ['responseP95Ms', 'cpuShare']
    const older: StoredReport = JSON.parse(
      JSON.stringify(open, (key, value: unknown) => (later.includes(key) ? undefined : value)),
    )
    expect(linesOf(older, 'response').map(({ label }) => label)).toEqual(['p99', 'p50'])
    expect(linesOf(older, 'cpu')).toEqual([])
  })

  test('no series, no charts', () => {
    expect(timeCharts({ ...open, series: [] })).toEqual({ charts: [], quiet: [] })
  })
})

describe('windowBands', () => {
  test('shades what the figures leave out', () => {
    expect(windowBands(open)).toEqual([
      { name: 'ramp', from: 0, to: 2, shaded: true },
      { name: 'warm-up', from: 2, to: 5, shaded: true },
      { name: 'steady', from: 5, to: 65, shaded: false },
      { name: 'drain', from: 65, to: 66, shaded: true },
    ])
  })

  test('an older report says only how long its windows were', () => {
    const { phases: _, ...window } = open.window
    expect(windowBands({ ...open, window })).toEqual(windowBands(open))
  })

  test('without a steady window nothing is left out', () => {
    const bands = windowBands(buildReport(quickstart()))
    expect(bands.map(({ name, shaded }) => [name, shaded])).toEqual([
      ['ramp', false],
      ['drain', false],
    ])
  })
})
