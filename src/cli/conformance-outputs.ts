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

/**
 * Writes what `--json`, `--report` and `--trace-dir` asked for. Within GitHub Actions there are
 * annotations and a step summary without asking.
 *
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function writeConformance(
  ctx: CliContext,
  report: ConformanceReport,
  { json = false, report: choices = [], traceDir }: OutputOptions,
): Promise<void> {
  if (json) ctx.stdout.write(conformanceJson(report))
  for (const { name, file } of choices) {
    if (file === '-') ctx.stdout.write(writers[name](report))
    else await writeTo(resolve(ctx.cwd, file), () => writers[name](report))
  }
  if (traceDir !== undefined) {
    for (const { name, text } of traceFiles(report)) {
      await writeTo(join(resolve(ctx.cwd, traceDir), name), () => text)
    }
  }
  if (ctx.env['GITHUB_ACTIONS'] === 'true') {
    const annotations = conformanceAnnotations(report)
    await tellGithub(ctx, { annotations, summary: conformanceMarkdown(report) })
  }
}

async function writeTo(path: string, make: () => string): Promise<void> {
  await makeFolderFor(path)
  await writeWhole(path, make)
}
