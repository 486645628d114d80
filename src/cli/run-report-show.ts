import { join, relative, resolve } from 'node:path'
import { type FoundRun, findRun, latest } from '../report/find-run.ts'
import { reportHtml } from '../report/html/page.ts'
import { reportJson } from '../report/json.ts'
import { readReport } from '../report/read-report.ts'
import { summary } from '../report/summary.ts'
import { makeFolderFor, writeWhole } from '../report/write-file.ts'
import type { CliContext } from './context.ts'
import { terminalStyle } from './terminal-style.ts'

export interface ShowOptions {
  readonly out: string
  readonly json?: boolean
}

/** Finds a run as the command line names it: the newest where it names none. */
export function findRunIn(
  ctx: CliContext,
  run: string | undefined,
  out: string,
): Promise<FoundRun> {
  return findRun(run ?? latest, { cwd: ctx.cwd, reports: resolve(ctx.cwd, out) })
}

/** Prints the summary of a run once more. */
export async function showReport(
  ctx: CliContext,
  run: string | undefined,
  { out, json }: ShowOptions,
): Promise<void> {
  const { path, name } = await findRunIn(ctx, run, out)
  const report = await readReport(path)
  if (json) {
    ctx.stdout.write(reportJson(report))
    return
  }
  const style = terminalStyle(ctx.colour)
  ctx.stdout.write(summary(report, { width: ctx.columns, style, folder: name }))
}

export interface HtmlOptions {
  readonly out: string
  readonly file?: string
}

/** Writes the page of a run again, and prints where. */
export async function writeHtml(
  ctx: CliContext,
  run: string | undefined,
  { out, file }: HtmlOptions,
): Promise<void> {
  const found = await findRunIn(ctx, run, out)
  const report = await readReport(found.path)
  const target = file === undefined ? join(found.folder, 'report.html') : resolve(ctx.cwd, file)
  await makeFolderFor(target)
  await writeWhole(target, () => reportHtml(report))
  ctx.stdout.write(`${relative(ctx.cwd, target) || target}\n`)
}
