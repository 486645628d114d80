import { describe, expect, test } from 'vitest'
import { quickstart } from '../../test/helpers/sample-run.ts'
import { buildReport } from './build-report.ts'
import { seriesCsv, seriesNdjson } from './series-csv.ts'

const report = buildReport(quickstart())

describe('seriesCsv', () => {
  const rows = seriesCsv(report).split('\r\n')

  test('has a column for everything that a point holds, and a row a point', () => {
    const [head = [], ...points] = rows.slice(0, -1).map((row) => row.split(','))
    expect([...head].sort()).toEqual(Object.keys(report.series[0] ?? {}).sort())
    expect(points).toHaveLength(report.series.length)
    for (const point of points) expect(point).toHaveLength(head.length)
    expect(rows.at(-1)).toBe('')
  })

  test('what was not measured is an empty cell, and nothing is a zero', () => {
    const [point] = report.series
    if (!point) throw new Error('the sample has points')
    const silent = { ...point, responseP50Ms: null, errorsPerSecond: 0 }
    const [head = '', row = ''] = seriesCsv({ series: [silent] }).split('\r\n')
    const at = (name: string) => row.split(',')[head.split(',').indexOf(name)]
    expect(at('responseP50Ms')).toBe('')
    expect(at('errorsPerSecond')).toBe('0')
  })
})

test('seriesNdjson has an object a line, each with its run', () => {
  const lines = seriesNdjson(report).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    report.series.map((point) => ({ runId: report.runId, ...point })),
  )
})
