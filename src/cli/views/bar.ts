import type { Tone } from './theme.ts'

/** A stretch of a bar. */
export interface Segment {
  readonly glyph: string
  readonly count: number
  readonly tone?: Tone
}

/** How many of `width` cells are done; all of them only when everything is. */
export function doneCells(share: number, width: number): number {
  const clamped = Math.min(1, Math.max(0, share))
  return clamped === 1 ? width : Math.max(0, Math.min(width - 1, Math.floor(clamped * width)))
}

/**
 * The cells of each segment, by its count. What there is at all gets a cell, so that one station of
 * 50,000 that is offline is seen; the largest segment pays for it.
 */
export function segmentCells(counts: readonly number[], width: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return counts.map(() => 0)
  const cells = counts.map((count) =>
    count === 0 ? 0 : Math.max(1, Math.round((count / total) * width)),
  )
  let excess = cells.reduce((sum, cell) => sum + cell, 0) - width
  while (excess !== 0) {
    const largest = cells.indexOf(Math.max(...cells))
    const change = excess > 0 ? -1 : 1
    cells[largest] = Math.max(0, (cells[largest] ?? 0) + change)
    excess += change
  }
  return cells
}
