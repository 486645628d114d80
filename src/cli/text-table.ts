import { printable } from '../report/table.ts'

/** Wide enough for a table where nobody looks at it in a terminal. */
const unlimited = Number.POSITIVE_INFINITY
const gap = 2
/** Below this a column tells nothing any more. */
const narrowest = 6

/**
 * The lines of a table of words, columns to the left. What does not fit into the width is cut in the
 * widest column, so that each row stays on its line; the head is the first line.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width = unlimited,
): string[] {
  const all = [head, ...rows.map((row) => row.map(printable))]
  const widths = head.map((_title, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  )
  fit(widths, width)
  return all.map((row) =>
    row
      .map((cell, column) => cutTo(cell, widths[column] ?? 0).padEnd(widths[column] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

function fit(widths: number[], width: number): void {
  const total = () => widths.reduce((sum, each) => sum + each + gap, -gap)
  while (total() > width) {
    const widest = widths.indexOf(Math.max(...widths))
    if ((widths[widest] ?? 0) <= narrowest) return
    widths[widest] = Math.max(narrowest, (widths[widest] ?? 0) - (total() - width))
  }
}

function cutTo(cell: string, width: number): string {
  return cell.length > width ? `${cell.slice(0, width - 1)}…` : cell
}
