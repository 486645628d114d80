import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { ConformanceCase, Level } from '../conformance/cases/case.ts'
import { buildConformanceReport, caseReport } from '../conformance/report/build-report.ts'
import { type PlayedCase, runConformance } from '../conformance/run/conformance-run.ts'
import { visit } from '../conformance/run/doctor.ts'
import { EmbeddedTarget } from '../conformance/run/embedded-target.ts'
import { baseline, knownFailure, newFailure } from '../conformance/run/known-failures.ts'
import { PayloadValidators } from '../ocpp/schemas.ts'
import { officialSchemas } from '../platform/official-schemas.ts'
import { packageVersion } from '../platform/package-version.ts'
import { realClock } from '../platform/real-clock.ts'
import { makeFolderFor, writeWhole } from '../report/write-file.ts'
import { csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { webSocketDial } from '../transport/websocket-client.ts'
import { ConformanceDisplay } from './conformance-display.ts'
import { readFeatures, readKnownFailures } from './conformance-files.ts'
import { dataOnStdout, type OutputOptions, writeConformance } from './conformance-outputs.ts'
import { chosenCases, type SelectionOptions } from './conformance-selection.ts'
import { type Setting, type SettingOptions, settingOf } from './conformance-setting.ts'
import type { CliContext } from './context.ts'
import { Interruption } from './interruption.ts'
import { repeatableOptions, selectionOptions } from './repeatable-conformance.ts'

export interface ConformanceCliOptions extends SelectionOptions, SettingOptions, OutputOptions {
  readonly retries: number
  /** Milliseconds. */
  readonly timeout: number
  readonly level: 'must' | 'should'
  readonly bail?: boolean
  readonly features?: string
  readonly expectFailures?: string
  readonly writeBaseline?: string
}

/** How long silence has to last to count, milliseconds. */
const silenceMs = 2000

/** Judges a CSMS by the cases that options name, and tells everybody who asked. */
export async function runConformanceCommand(
  ctx: CliContext,
  options: ConformanceCliOptions,
): Promise<void> {
  const cases = chosenCases(options)
  const rules = await readRules(ctx, options)
  await using embedded = options.target === undefined ? await EmbeddedTarget.start() : undefined
  const setting = await settingOf(ctx, options, embedded)
  if (options.target !== undefined) await reach(setting, options)
  try {
    await setting.prepare()
    await judge(ctx, options, { cases, rules, setting })
  } finally {
    for (const wrong of await setting.clear()) ctx.stderr.write(`Not cleared away: ${wrong}\n`)
  }
}

/** What makes a run red, beyond the cases. */
interface Rules {
  readonly level: Level
  readonly features: ReadonlySet<string> | undefined
  readonly known: NonNullable<Parameters<typeof caseReport>[1]['known']>
}

async function readRules(ctx: CliContext, options: ConformanceCliOptions): Promise<Rules> {
  const { expectFailures, writeBaseline } = options
  if (expectFailures !== undefined && writeBaseline !== undefined) {
    const message = 'error: --write-baseline begins a new list: leave --expect-failures out.'
    throw csmsError('CSMS_USAGE', { message })
  }
  const today = new Date(realClock.wallMs()).toISOString().slice(0, 10)
  const level: Level = options.level === 'must' ? 'MUST' : 'SHOULD'
  const entries = expectFailures === undefined ? [] : await readKnownFailures(ctx, expectFailures)
  return {
    level,
    features:
      options.features === undefined ? undefined : await readFeatures(ctx, options.features),
    known: (played) =>
      writeBaseline === undefined
        ? knownFailure(played, entries, { level, today })
        : newFailure(played, { level, today }),
  }
}

/** Throws `CSMS_TARGET_UNREACHABLE` where a station of the fixtures does not get in. */
async function reach(
  { target, fixtures, stationId }: Setting,
  { protocol, timeout }: ConformanceCliOptions,
): Promise<void> {
  const { probe, handshake } = await visit({
    version: protocol,
    target,
    fixtures,
    stationId: stationId(1),
    ...machinery(),
    runId: 'reach',
    timeoutMs: timeout,
  })
  probe.close()
  if (handshake.kind === 'open') return
  throw csmsError('CSMS_TARGET_UNREACHABLE', { url: target.url, reason: handshake.detail })
}

function machinery() {
  const validators = new PayloadValidators(officialSchemas)
  return { dial: webSocketDial(), validators, clock: realClock }
}

interface Play {
  readonly cases: readonly ConformanceCase[]
  readonly rules: Rules
  readonly setting: Setting
}

async function judge(
  ctx: CliContext,
  options: ConformanceCliOptions,
  { cases, rules, setting }: Play,
): Promise<void> {
  const { level, features, known } = rules
  const { target, hooks, fixtures, stationId, parallel } = setting
  const said = { level, known, options: repeatableOptions(options) }
  const shown = { total: cases.length, dataOnStdout: dataOnStdout(options) }
  const display = new ConformanceDisplay(ctx, said, shown)
  const ending = interruptible(ctx)
  const startedAt = new Date(realClock.wallMs()).toISOString()
  const beganMicros = realClock.monotonicMicros()
  const runId = randomBytes(3).toString('hex')
  const results = await runConformance({
    version: options.protocol,
    target,
    hooks,
    fixtures,
    cases,
    stationId,
    ...machinery(),
    runId,
    parallel,
    retries: options.retries,
    timeoutMs: options.timeout,
    silenceMs,
    ...(features && { features }),
    bail: (result) =>
      ending.interrupted || (options.bail === true && caseReport(result, said).outcome === 'red'),
    judged: (result) => display.judged(result),
  }).finally(() => {
    ending.stop()
    display.close()
  })
  const report = buildConformanceReport({
    ...said,
    protocol: options.protocol,
    target: { url: target.url, embedded: options.target === undefined },
    runId,
    startedAt,
    seconds: (realClock.monotonicMicros() - beganMicros) / 1e6,
    csmsVersion: packageVersion(),
    selection: selectionOptions(options),
    results,
    grounds: groundsOf(ending.interrupted, cases.length - results.length),
  })
  display.finished(report)
  await writeConformance(ctx, report, options)
  await writeList(ctx, options, results, level)
  ctx.exit(report.exitCode)
}

/** Cases that were not begun are told: by Ctrl-C, or `--bail`. */
function groundsOf(interrupted: boolean, left: number) {
  if (!interrupted) return []
  return [{ code: exitCodes.interrupted, reason: `interrupted with ${left} cases to go` }]
}

/** Ctrl-C lets the cases end that are being played; another one leaves at once. */
function interruptible(ctx: CliContext) {
  const state = { interrupted: false, stop: () => undefined as void }
  const interruption = new Interruption({
    stopping: () => ctx.stderr.write('Stopping after the cases that are being played.\n'),
    leave: () => ctx.leave(exitCodes.interrupted),
  })
  interruption.listen(() => {
    state.interrupted = true
  })
  state.stop = ctx.onInterrupt((signal) => interruption.press(signal))
  return state
}

async function writeList(
  ctx: CliContext,
  { writeBaseline }: ConformanceCliOptions,
  results: readonly PlayedCase[],
  level: Level,
): Promise<void> {
  if (writeBaseline === undefined) return
  const today = new Date(realClock.wallMs()).toISOString().slice(0, 10)
  const path = resolve(ctx.cwd, writeBaseline)
  await makeFolderFor(path)
  await writeWhole(path, () => baseline(results, { level, today }))
}
