import { stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { packageVersion } from '../platform/package-version.ts'
import { buildReport } from '../report/build-report.ts'
import { addRun } from '../report/index/run-index.ts'
import { reportJson } from '../report/json.ts'
import { mergeFacts, type Runner } from '../report/merge/merge-facts.ts'
import type { Report } from '../report/result.ts'
import { factsName, readFacts } from '../report/stored-facts.ts'
import { summary } from '../report/summary.ts'
import { writeReport } from '../report/write-report.ts'
import { csmsError } from '../shared/errors.ts'
import type { CliContext } from './context.ts'
import { findRunIn } from './run-report-show.ts'
import { terminalStyle } from './terminal-style.ts'

export interface MergeOptions {
  readonly out: string
  readonly json?: boolean
}

/** One report of the parts that several runners played; exits with its exit code. */
export async function mergeRuns(
  ctx: CliContext,
  runs: readonly string[],
  { out, json }: MergeOptions,
): Promise<void> {
  const runners = await readRunners(ctx, runs, out)
  const facts = mergeFacts(runners)
  const report = ofRunners(buildReport(facts), runners)
  const parent = resolve(ctx.cwd, out)
  const { folder } = await writeReport(report, facts, parent)
  await addRun(parent, relative(parent, folder), report).catch((error: unknown) => {
    ctx.stderr.write(`The index of ${out} could not be written: ${String(error)}\n`)
  })
  if (json) {
    ctx.stdout.write(reportJson(report))
  } else {
    const style = terminalStyle(ctx.colour)
    const shown = relative(ctx.cwd, folder) || folder
    ctx.stdout.write(summary(report, { width: ctx.columns, style, folder: shown }))
  }
  ctx.exit(report.exitCode)
}

async function readRunners(
  ctx: CliContext,
  runs: readonly string[],
  out: string,
): Promise<Runner[]> {
  const runners: Runner[] = []
  const read = new Map<string, string>()
  for (const run of runs) {
    const { path, name } = await findRunIn(ctx, run, out)
    // Links and other spellings of a path are the same file all the same.
    const { dev, ino } = await stat(path)
    const twin = read.get(`${dev}:${ino}`)
    if (twin !== undefined) {
      const reason = `${twin} and ${name} are the same file`
      throw csmsError('CSMS_REPORTS_NOT_MERGEABLE', { reason })
    }
    read.set(`${dev}:${ino}`, name)
    runners.push({ name, facts: await readFacts(join(dirname(path), factsName), packageVersion()) })
  }
  return runners
}

function ofRunners(report: Report, runners: readonly Runner[]): Report {
  const names = runners.map(({ name }) => name).join(', ')
  const note = `merged from ${names}; in the series, percentiles are those of the slowest runner`
  return { ...report, warnings: [...report.warnings, note] }
}
