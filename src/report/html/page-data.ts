import type { PageData } from './chart-model.ts'
import { distributionCharts } from './distribution.ts'
import { findMaxChart } from './find-max-chart.ts'
import type { StoredReport } from './stored-report.ts'
import { timeCharts, timelineMarks, windowBands } from './time-charts.ts'

/** Everything that the page's script draws. */
export function pageData(report: StoredReport): PageData {
  const highest = report.findMax && findMaxChart(report.findMax)
  const charts = [
    ...(highest ? [highest] : []),
    ...timeCharts(report).charts,
    ...distributionCharts(report),
  ]
  return {
    windows: windowBands(report),
    marks: timelineMarks(report),
    charts: charts.map(({ model }) => model),
  }
}
