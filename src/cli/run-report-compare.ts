import { type Comparison, compareReports } from '../report/compare/compare-reports.ts'
import { comparisonMarkdown } from '../report/compare/comparison-markdown.ts'
import { comparisonText } from '../report/compare/comparison-text.ts'
import {
  type FailOn,
  type FailOnError,
  type FailOnResult,
  judgeFailOn,
  parseFailOn,
} from '../report/compare/fail-on.ts'
import { showWhole } from '../report/compare/show-change.ts'
import { readReport } from '../report/read-report.ts'
import { csmsError } from '../shared/errors.ts'
import { type ExitCode, exitCodes } from '../shared/exit-codes.ts'
import type { CliContext } from './context.ts'
import { findRunIn } from './run-report-show.ts'
import { terminalStyle } from './terminal-style.ts'

export interface CompareOptions {
  readonly out: string
  readonly failOn?: readonly string[]
  readonly force?: boolean
  readonly json?: boolean
  readonly markdown?: boolean
}

/** Prints what changed from one run to the other; 99 where a condition of `--fail-on` is broken. */
export async function compareRuns(
  ctx: CliContext,
  [first, second]: readonly [string, string],
  options: CompareOptions,
): Promise<void> {
  const conditions = (options.failOn ?? []).map(readCondition)
  if (options.json && options.markdown) {
    throw csmsError('CSMS_USAGE', { message: 'error: --json or --markdown, not both.' })
  }
  const [before, after] = [
    await findRunIn(ctx, first, options.out),
    await findRunIn(ctx, second, options.out),
  ]
  const reports = [await readReport(before.path), await readReport(after.path)] as const
  const comparison = compareReports(...reports)
  if (comparison.refusals.length > 0 && !options.force) {
    throw csmsError('CSMS_RUNS_NOT_COMPARABLE', { reasons: comparison.refusals.join('; ') })
  }
  const failOn = conditions.map((one) => judgeFailOn(one, comparison.metrics, showWhole))
  const exitCode = failOn.every(({ pass }) => pass) ? exitCodes.passed : exitCodes.thresholdFailed
  const names = { before: before.name, after: after.name }
  const shown = { comparison, names, scenario: reports[1].scenario.name, failOn }
  if (options.json) ctx.stdout.write(json(comparison, names, failOn, exitCode))
  else if (options.markdown) ctx.stdout.write(comparisonMarkdown(shown))
  else {
    const style = terminalStyle(ctx.colour)
    ctx.stdout.write(comparisonText(shown, { width: ctx.columns, style }))
  }
  ctx.exit(exitCode)
}

function json(
  comparison: Comparison,
  names: { readonly before: string; readonly after: string },
  failOn: readonly FailOnResult[],
  exitCode: ExitCode,
): string {
  const { schemaVersion, verdict, before, after, ...rest } = comparison
  const whole = {
    schemaVersion,
    verdict,
    exitCode,
    before: { run: names.before, ...before },
    after: { run: names.after, ...after },
    failOn,
    ...rest,
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

function readCondition(text: string): FailOn {
  const read = parseFailOn(text)
  if (!('error' in read)) return read
  throw csmsError('CSMS_USAGE', { message: withCaret(text, read.error) })
}

/** What is wrong, the text, and a caret under the culprit. */
function withCaret(text: string, { message, offset, length }: FailOnError): string {
  const end = message.endsWith('?') ? '' : '.'
  return `error: --fail-on: ${message}${end}\n  ${text}\n  ${' '.repeat(offset)}${'^'.repeat(length)}`
}
