import { wrap } from '../report/table.ts'

/** What stands before the text of a line: its indent, and a label with the gap after it. */
const head = /^ *(?:[✓!✗] .{12} |\S+ {2,})?/

/** Lines folded at `width`, each going on under where its own text begins. */
export function fold(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => (line.length > width ? folded(line, width) : [line]))
    .join('\n')
}

function folded(line: string, width: number): string[] {
  const label = head.exec(line)?.[0] ?? ''
  const [first = '', ...rest] = wrap(line.slice(label.length), width - label.length)
  return [`${label}${first}`, ...rest.map((more) => ' '.repeat(label.length) + more)]
}
