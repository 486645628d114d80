import { join, resolve } from 'node:path'
import { githubAnnotations } from '../report/github.ts'
import { reportMarkdown } from '../report/report-markdown.ts'
import type { FileReporterName } from '../report/reporter-names.ts'
import { reporters } from '../report/reporters.ts'
import type { Report } from '../report/result.ts'
import { makeFolderFor, writeWhole } from '../report/write-file.ts'
import type { CliContext } from './context.ts'
import type { ReporterChoice } from './reporter-choice.ts'
import { tellGithub } from './tell-github.ts'

/**
 * Writes what `--reporter` asked for beside the report, or where it said. Within GitHub Actions there
 * are annotations and a step summary without asking.
 *
 * @param folder of the run; undefined where none could be written
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function writeOutputs(
  ctx: CliContext,
  report: Report,
  folder: string | undefined,
  choices: readonly ReporterChoice[],
): Promise<void> {
  for (const { name, file } of choices) {
    if (name !== 'github') await writeOne(ctx, report, folder, { name, file })
  }
  const wantsGithub = choices.some(({ name }) => name === 'github')
  if (wantsGithub || ctx.env['GITHUB_ACTIONS'] === 'true') {
    const annotations = githubAnnotations(report)
    await tellGithub(ctx, { annotations, summary: reportMarkdown(report) })
  }
}

async function writeOne(
  ctx: CliContext,
  report: Report,
  folder: string | undefined,
  { name, file }: { readonly name: FileReporterName; readonly file: string | undefined },
): Promise<void> {
  const reporter = reporters[name]
  const path = file === undefined ? folder && join(folder, reporter.file) : resolve(ctx.cwd, file)
  if (path === undefined) return
  await makeFolderFor(path)
  await writeWhole(path, () => reporter.text(report))
}
