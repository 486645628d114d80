import { junitXml } from './junit.ts'
import { reportMarkdown } from './report-markdown.ts'
import type { FileReporterName } from './reporter-names.ts'
import type { Report } from './result.ts'
import { seriesCsv, seriesNdjson } from './series-csv.ts'

interface Reporter {
  /** Its file in the folder of a run. */
  readonly file: string
  readonly text: (report: Report) => string
}

export const reporters: Readonly<Record<FileReporterName, Reporter>> = {
  junit: { file: 'junit.xml', text: junitXml },
  csv: { file: 'series.csv', text: seriesCsv },
  ndjson: { file: 'series.ndjson', text: seriesNdjson },
  markdown: { file: 'report.md', text: reportMarkdown },
}
