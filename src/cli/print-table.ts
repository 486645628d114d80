import type { CliContext } from './context.ts'
import { terminalStyle } from './terminal-style.ts'
import { textTable } from './text-table.ts'

/** Prints a table as wide as the terminal, or as wide as it is where a program reads it. */
export function printTable(
  ctx: CliContext,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const [first = '', ...rest] = textTable(head, rows, ctx.stdout.isTTY ? ctx.columns : undefined)
  ctx.stdout.write(`${[terminalStyle(ctx.colour).dim(first), ...rest].join('\n')}\n`)
}

/** One object, indented, on standard output. */
export function printJson(ctx: CliContext, value: unknown): void {
  ctx.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`)
}
