import { conformanceHtml } from './html/page.ts'
import { conformanceJson } from './json.ts'
import { conformanceJunit } from './junit.ts'
import { conformanceMarkdown } from './markdown.ts'
import type { ConformanceReport } from './result.ts'
import { conformanceTap } from './tap.ts'
import type { WriterName } from './writer-names.ts'

/** How each makes its file. */
export const writers: Readonly<Record<WriterName, (report: ConformanceReport) => string>> = {
  junit: conformanceJunit,
  json: conformanceJson,
  tap: conformanceTap,
  markdown: conformanceMarkdown,
  html: conformanceHtml,
}
