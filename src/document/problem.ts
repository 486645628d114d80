import type { Span } from './source-node.ts'

/** One thing that is wrong in a scenario file, with its place (1-based). */
export interface Problem {
  readonly line: number
  readonly column: number
  /** Characters to underline on that line; at least 1. */
  readonly length: number
  readonly message: string
  /** Another file that the scenario names, with its text as it may be shown. */
  readonly source?: { readonly file: string; readonly text: string }
}

/** Finds lines and columns in a text. */
export class Places {
  readonly #text: string
  readonly #lineStarts: readonly number[]

  constructor(text: string) {
    this.#text = text
    const starts = [0]
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#lineStarts = starts
  }

  /** 1-based line and column of an offset. */
  at(offset: number): { readonly line: number; readonly column: number } {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 }
  }

  problem(span: Span, message: string): Problem {
    const text = this.#text.slice(span.start, span.end)
    const newline = text.search(/\r?\n/)
    const shown = (newline < 0 ? text : text.slice(0, newline)).trimEnd()
    return { ...this.at(span.start), length: Math.max(1, shown.length), message }
  }
}

/** How much of a long line a frame shows. */
const frameWidth = 90

/**
 * All problems of a file, and of files it names, as people and editors read them:
 * `file:line:column: what is wrong`, the line, and a caret under the culprit.
 */
export function formatProblems(file: string, text: string, problems: readonly Problem[]): string {
  const gutter = String(Math.max(...problems.map(({ line }) => line), 1)).length
  const blocks = problems.map((problem) => {
    const source = problem.source ?? { file, text }
    const head = `${source.file}:${problem.line}:${problem.column}: ${problem.message}`
    return `${head}\n${frame(lineOf(source.text, problem.line), problem, gutter)}`
  })
  const files = [...new Set(problems.map(({ source }) => source?.file ?? file))]
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return `${blocks.join('\n\n')}\n\n${count} in ${files.join(' and ')}.`
}

function lineOf(text: string, line: number): string {
  let start = 0
  for (let passed = 1; passed < line; passed += 1) start = text.indexOf('\n', start) + 1
  const end = text.indexOf('\n', start)
  return (end < 0 ? text.slice(start) : text.slice(start, end)).replace(/\r$/, '')
}

function frame(source: string, problem: Problem, gutter: number): string {
  const line = source.replaceAll('\t', ' ')
  const cut = Math.max(0, problem.column - 1 - Math.floor(frameWidth / 2))
  const start = line.length > frameWidth ? cut : 0
  const shown = line.slice(start, start + frameWidth)
  const indent = problem.column - 1 - start
  const carets = '^'.repeat(Math.max(1, Math.min(problem.length, frameWidth - indent)))
  const label = String(problem.line).padStart(gutter)
  return `  ${label} | ${shown}\n  ${' '.repeat(gutter)} | ${' '.repeat(indent)}${carets}`
}
