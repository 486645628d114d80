import { join, resolve } from 'node:path'
import { conformanceAnnotations } from '../conformance/report/github.ts'
import { conformanceJson } from '../conformance/report/json.ts'
import { conformanceMarkdown } from '../conformance/report/markdown.ts'
import type { ConformanceReport } from '../conformance/report/result.ts'
import { traceFiles } from '../conformance/report/traces.ts'
import { writers } from '../conformance/report/writers.ts'
import { makeFolderFor, writeWhole } from '../report/write-file.ts'
import { csmsError } from '../shared/errors.ts'
import type { CliContext } from './context.ts'
import type { ReportChoice } from './report-choice.ts'
import { tellGithub } from './tell-github.ts'

/** What is to be written of the verdict. */
export interface OutputOptions {
  readonly json?: boolean
  readonly report?: readonly ReportChoice[]
  readonly traceDir?: string
}

/**
 * Whether standard output holds a report in place of lines.
 *
 * @throws CSMS_USAGE where two want it
 */
export function dataOnStdout({ json = false, report = [] }: OutputOptions): boolean {
  const other = report.find(({ file }) => file === '-')
  if (json && other) {
    const message = `--json and --report ${other.name}=- both want standard output: give one of them a file.`
    throw csmsError('CSMS_USAGE', { message })
  }
  return json || other !== undefined
}

/** A file that is to be written. */
interface OutputFile {
  /** From the folder that csms was called in. */
  readonly path: string
  readonly make: () => string
}

/**
 * Makes the folders that files are to be written to: better before the cases than after.
 *
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function checkOutputs(
  { cwd }: CliContext,
  { report = [], traceDir, writeBaseline }: OutputOptions & { readonly writeBaseline?: string },
): Promise<void> {
  const files = report.flatMap(({ file }) => (file === '-' ? [] : [file]))
  const inFolder = traceDir === undefined ? [] : [join(traceDir, 'case.ndjson')]
  const list = writeBaseline === undefined ? [] : [writeBaseline]
  for (const file of [...files, ...inFolder, ...list]) await makeFolderFor(resolve(cwd, file))
}

/**
 * Writes what `--json`, `--report` and `--trace-dir` asked for, and other files. Within GitHub Actions
 * there are annotations and a step summary without asking. What cannot be written keeps nothing else
 * from being written.
 *
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function writeConformance(
  ctx: CliContext,
  report: ConformanceReport,
  { json = false, report: choices = [], traceDir }: OutputOptions,
  others: readonly OutputFile[] = [],
): Promise<void> {
  if (json) ctx.stdout.write(conformanceJson(report))
  for (const { name } of choices.filter(({ file }) => file === '-')) {
    ctx.stdout.write(writers[name](report))
  }
  const reports = choices
    .filter(({ file }) => file !== '-')
    .map(({ name, file }) => ({ path: file, make: () => writers[name](report) }))
  const traces = (traceDir === undefined ? [] : traceFiles(report)).map(({ name, text }) => ({
    path: join(traceDir ?? '', name),
    make: () => text,
  }))
  const writes = [...reports, ...others, ...traces].map(({ path, make }) => async () => {
    await makeFolderFor(resolve(ctx.cwd, path))
    await writeWhole(resolve(ctx.cwd, path), make)
  })
  await allOf([...writes, () => tellActions(ctx, report)])
}

async function tellActions(ctx: CliContext, report: ConformanceReport): Promise<void> {
  if (ctx.env['GITHUB_ACTIONS'] !== 'true') return
  const annotations = conformanceAnnotations(report)
  await tellGithub(ctx, { annotations, summary: conformanceMarkdown(report) })
}

/** One after the other, to the end; throws what went wrong first. */
async function allOf(writes: readonly (() => Promise<void>)[]): Promise<void> {
  const wrong: unknown[] = []
  for (const write of writes) {
    try {
      await write()
    } catch (error) {
      wrong.push(error)
    }
  }
  if (wrong.length > 0) throw wrong[0]
}
