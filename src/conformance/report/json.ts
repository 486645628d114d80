import type { ConformanceReport } from './result.ts'

/** The report as one JSON object: what `schemas/conformance.schema.json` describes. */
export function conformanceJson(report: ConformanceReport): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
