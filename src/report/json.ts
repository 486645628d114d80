import type { Report } from './result.ts'

/**
 * Lists of numbers as `JSON.stringify` lays them out. A text never holds a line's end, so none of it
 * can match.
 */
const numberList = /\[\n\s+(-?[\d.eE+-]+(?:,\n\s+-?[\d.eE+-]+)*)\n\s+\]/g

/** `report.json`, and what `--json` prints: exactly one object, indented; histograms on one line. */
export function reportJson(report: Report): string {
  const text = JSON.stringify(report, null, 2)
  return `${text.replace(numberList, (_list, numbers: string) => `[${numbers.replace(/\s+/g, '')}]`)}\n`
}
