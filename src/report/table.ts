/** A table for a terminal: the first column to the left, the others to the right. */
export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The lines of a table, columns two spaces apart; widths are those of the widest cell. */
export function tableLines({ head, rows }: Table): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
}

/** `text` on one line; control characters, which could command the terminal, are shown as dots. */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{Cc}|\p{Cf}/gu, '·')
}

/** `text` on one line, cut to `width` with an ellipsis. */
export function cut(text: string, width: number): string {
  const line = printable(text)
  return line.length > width ? `${line.slice(0, width - 1)}…` : line
}

/** `name ........`, a leader to the value that follows. */
export function leader(name: string, width: number): string {
  return `${name} ${'.'.repeat(Math.max(2, width - name.length - 1))}`
}

/** A number stays with its unit. */
const betweenWords = /(?<!\d) | (?!(?:ms|s|min|h|%|k?Wh|MiB|GiB)(?![\w-]))/

/** Words wrapped to lines of at most `width`. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(betweenWords)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}
