/** Of 80 columns what is left beside the prompt and the sign that a line goes on. */
const longestRow = 72

/** The examples that end every help text. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${folded(line)}`).join('\n')}\n`
}

/** One command over several lines, as a shell reads it; an option stays with its value. */
function folded(line: string): string {
  if (line.length <= longestRow + 2) return line
  const rows: string[] = []
  for (const part of line.split(/ (?=--)/)) {
    const longer = `${rows.at(-1) ?? ''} ${part}`.trimStart()
    if (longer.length <= longestRow) rows.splice(-1, 1, longer)
    else rows.push(part)
  }
  return rows.join(' \\\n      ')
}
