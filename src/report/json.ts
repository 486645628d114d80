import type { Report } from './result.ts'

/** `report.json`, and what `--json` prints: exactly one object. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
