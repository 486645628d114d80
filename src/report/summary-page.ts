import type { Style } from './style.ts'
import { leader, printable, wrap } from './table.ts'

/** What every part of a summary is laid out on. */
export interface Page {
  /** Columns. */
  readonly width: number
  readonly style: Style
  /** Where the report was written. */
  readonly folder: string | undefined
}

/** A marked sentence, wrapped under itself. */
export function bullet(mark: string, text: string, { width }: Page): string[] {
  return wrap(printable(text), width - 4).map((line, at) =>
    at === 0 ? `  ${mark} ${line}` : `    ${line}`,
  )
}

const leaderWidth = 16

/** A name, dots and what is so; wrapped under itself. */
export function fact(name: string, value: string, { style, width }: Page): string[] {
  const indent = leaderWidth + 3
  return wrap(printable(value), width - indent).map((line, at) =>
    at === 0 ? `  ${style.dim(leader(name, leaderWidth))} ${line}` : ' '.repeat(indent) + line,
  )
}
