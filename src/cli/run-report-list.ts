import { resolve } from 'node:path'
import { showBareMs, showCount, showRate } from '../report/figures.ts'
import type { IndexedRun } from '../report/index/index-file.ts'
import { listRuns, removeBaseline, setBaseline } from '../report/index/run-index.ts'
import { cut, tableLines } from '../report/table.ts'
import { unwritable } from '../report/write-file.ts'
import { csmsError } from '../shared/errors.ts'
import type { CliContext } from './context.ts'
import { findRunIn } from './run-report-show.ts'
import { terminalStyle } from './terminal-style.ts'

export interface ListOptions {
  readonly out: string
  readonly json?: boolean
}

/** The runs of a folder of reports, the newest first. */
export async function listReports(ctx: CliContext, { out, json }: ListOptions): Promise<void> {
  const reports = resolve(ctx.cwd, out)
  const runs = await listRuns(reports)
  if (json) {
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, reports, runs }, null, 2)}\n`)
  } else if (runs.length === 0) {
    ctx.stderr.write(`There are no reports in ${out}. "csms simulate" writes them.\n`)
  } else {
    const [head = '', ...rows] = tableLines(table(runs))
    const { dim } = terminalStyle(ctx.colour)
    ctx.stdout.write(`${[dim(head), ...rows].join('\n')}\n`)
  }
}

const longestName = 28

function table(runs: readonly IndexedRun[]) {
  return {
    head: [
      'run',
      'scenario',
      'began',
      'verdict',
      'exit',
      'stations',
      'exchanges',
      'p99 ms',
      'baseline',
    ],
    rows: runs.map((run) => [
      run.runId,
      cut(run.scenario, longestName),
      run.startedAt.slice(0, 19).replace('T', ' '),
      run.verdict,
      String(run.exitCode),
      showCount(run.stations),
      showRate(run.exchangesPerSecond),
      showBareMs(run.responseP99Ms),
      run.baselines.join(', '),
    ]),
  }
}

export interface BaselineOptions {
  readonly out: string
  readonly remove?: boolean
}

/** Gives a run a name that stands for it from now on, or takes the name away. */
export async function nameBaseline(
  ctx: CliContext,
  name: string,
  run: string | undefined,
  { out, remove }: BaselineOptions,
): Promise<void> {
  const reports = resolve(ctx.cwd, out)
  if (remove) {
    if (run !== undefined) refuse('--remove takes a name, and no run.')
    const had = await writing(reports, () => removeBaseline(reports, name))
    if (!had) refuse(`There is no baseline "${name}".`)
    ctx.stdout.write(`${name} is no baseline any more.\n`)
    return
  }
  const found = await findRunIn(ctx, run, out)
  const folder = (await listRuns(reports)).find(
    (one) => resolve(reports, one.folder) === found.folder,
  )?.folder
  if (folder === undefined) {
    throw csmsError('CSMS_USAGE', {
      message: `error: ${found.name} is not in ${out}: only a run that is can be a baseline.`,
    })
  }
  await writing(reports, () => setBaseline(reports, name, folder))
  ctx.stdout.write(`${name} is ${found.name}.\n`)
}

async function writing<Result>(reports: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw unwritable(reports, error)
  }
}

function refuse(message: string): never {
  throw csmsError('CSMS_USAGE', { message: `error: ${message}` })
}
