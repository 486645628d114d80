import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { whyUnreadable } from '../document/unreadable.ts'
import type { FinishedRun, RunOptions } from '../harness/run-options.ts'
import { runPlan } from '../harness/run-plan.ts'
import { reportJson } from '../report/json.ts'
import { summary } from '../report/summary.ts'
import { CsmsError, csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { describePlan } from '../simulator/scenario/describe-plan.ts'
import type { KeyFiles, TargetPlan } from '../simulator/workers/worker-messages.ts'
import type { CliContext } from './context.ts'
import { Interruption } from './interruption.ts'
import { repeatableCommand } from './repeatable-command.ts'
import { writeOutputs } from './report-outputs.ts'
import { openDisplay, type RunDisplay } from './run-display.ts'
import { loadPlan } from './scenario-file.ts'
import type { SimulateOptions } from './simulate-options.ts'
import { terminalStyle } from './terminal-style.ts'

/** Runs a scenario file and shows what came of it; the exit code is the report's. */
export async function runSimulation(
  ctx: CliContext,
  file: string,
  options: SimulateOptions,
): Promise<void> {
  checkTogether(options)
  const { protocol, stations, duration, speed, seed } = options
  const plan = await loadPlan(ctx, file, {
    ...(protocol !== undefined && { protocol }),
    ...(stations !== undefined && { stations }),
    ...(duration !== undefined && { durationMs: duration }),
    ...(speed !== undefined && { speed }),
    ...(seed !== undefined && { seed }),
    ...(options.set !== undefined && { vars: options.set }),
  })
  if (options.dryRun) {
    ctx.stdout.write(`${describePlan(plan).trimEnd()}\n`)
    return
  }
  const shown = await runShown(ctx, options, {
    plan,
    command: repeatableCommand(options),
    target: await targetOf(ctx, options),
    api: options.api,
    apiKey: options.apiKey,
    books: options.books,
    workers: options.workers,
    processes: options.processes,
    out: resolve(ctx.cwd, options.out),
    frames: options.frames ?? false,
    connectTimeoutMs: options.connectTimeout,
    runId: options.runId,
    backdate: options.backdate === 'on',
    ...(options.metricsPort !== undefined && { metricsPort: options.metricsPort }),
  })
  await tellResult(ctx, options, shown)
}

/** Prints what a run came to, writes it down where that is asked for, and sets the exit code. */
async function tellResult(
  ctx: CliContext,
  options: SimulateOptions,
  { report, folder, unwritten }: Awaited<ReturnType<typeof runShown>>,
): Promise<void> {
  const shownFolder = folder === undefined ? undefined : relative(ctx.cwd, folder) || folder
  if (options.json) {
    ctx.stdout.write(reportJson(report))
  } else {
    const style = terminalStyle(ctx.colour)
    const where = shownFolder === undefined ? {} : { folder: shownFolder }
    ctx.stdout.write(summary(report, { width: ctx.columns, style, ...where }))
  }
  try {
    await writeOutputs(ctx, report, folder, options.reporter ?? [])
    if (unwritten) throw unwritten
  } catch (error) {
    // What the run came to weighs more than what could not be written of it.
    if (report.exitCode === 0 || !(error instanceof CsmsError)) throw error
    ctx.stderr.write(`${error.message}\n`)
  }
  ctx.exit(report.exitCode)
}

/** Options that mean nothing without another are mistakes, not to be passed over. */
function checkTogether(options: SimulateOptions): void {
  const refuse = (message: string): never => {
    throw csmsError('CSMS_USAGE', { message: `error: ${message}` })
  }
  if ((options.cert === undefined) !== (options.key === undefined)) {
    refuse('--cert and --key go together.')
  }
  if (options.json && options.dryRun) refuse('--json prints a report, and --dry-run makes none.')
  if (options.metricsPort === 0 && options.quiet) {
    refuse('--metrics-port 0 picks a port, and --quiet would not tell which.')
  }
  if (options.target !== undefined) {
    if (options.processes !== undefined)
      refuse('--processes is for the embedded CSMS, and --target names another.')
    return
  }
  const external = ['books', 'api', 'header', 'ca', 'cert', 'insecure', 'resolve'] as const
  for (const name of external) {
    if (options[name] !== undefined) refuse(`--${name} needs --target.`)
  }
  if (options.localAddress) refuse('--local-address needs --target.')
}

async function targetOf(
  ctx: CliContext,
  { target, localAddress, header, ca, cert, key, insecure, resolve: addresses }: SimulateOptions,
): Promise<TargetPlan | undefined> {
  if (target === undefined) return undefined
  return {
    urls: target,
    localAddresses: localAddress ?? [],
    headers: header ?? {},
    ca: await readPem(ctx, ca),
    client: await keyFiles(ctx, cert, key),
    issuer: undefined,
    insecure: insecure ?? false,
    resolve: addresses ?? {},
  }
}

/** Where every station has files of its own, only the stations' processes can read them. */
async function keyFiles(
  ctx: CliContext,
  cert: string | undefined,
  key: string | undefined,
): Promise<KeyFiles | undefined> {
  if (cert === undefined || key === undefined) return undefined
  for (const file of [cert, key]) if (!file.includes('{id}')) await readPem(ctx, file)
  return { cert: resolve(ctx.cwd, cert), key: resolve(ctx.cwd, key) }
}

async function readPem(ctx: CliContext, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  try {
    return await readFile(resolve(ctx.cwd, file), 'utf8')
  } catch (error) {
    throw csmsError('CSMS_CONFIG_INVALID', { file, message: `${whyUnreadable(error)}.` }, error)
  }
}

/** Runs it, shows it while it goes on, and lets Ctrl-C stop it. */
async function runShown(
  ctx: CliContext,
  options: SimulateOptions,
  run: Omit<RunOptions, 'observer' | 'onInterrupt'>,
): Promise<FinishedRun> {
  let display: RunDisplay | undefined
  const interruption = new Interruption({
    stopping: () => display?.stopping(),
    leave: () => ctx.leave(exitCodes.interrupted),
  })
  display = await openDisplay(ctx, run.plan, options, () => interruption.press('SIGINT'))
  try {
    return await runPlan({
      ...run,
      observer: display.observer,
      onInterrupt: (interrupt) => {
        interruption.listen(interrupt)
        return ctx.onInterrupt((signal) => interruption.press(signal))
      },
    })
  } finally {
    display.close()
  }
}
