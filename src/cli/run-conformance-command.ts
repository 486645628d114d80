import { randomBytes } from 'node:crypto'
import type { ConformanceCase, Level } from '../conformance/cases/case.ts'
import { buildConformanceReport, caseReport } from '../conformance/report/build-report.ts'
import { runConformance } from '../conformance/run/conformance-run.ts'
import { visit } from '../conformance/run/doctor.ts'
import { EmbeddedTarget } from '../conformance/run/embedded-target.ts'
import { baseline, knownFailure, newFailure } from '../conformance/run/known-failures.ts'
import { PayloadValidators } from '../ocpp/schemas.ts'
import { officialValidators } from '../platform/official-validators.ts'
import { packageVersion } from '../platform/package-version.ts'
import { realClock } from '../platform/real-clock.ts'
import { csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { webSocketDial } from '../transport/websocket-client.ts'
import { ConformanceDisplay } from './conformance-display.ts'
import { readFeatures, readKnownFailures } from './conformance-files.ts'
import type { ConformanceCliOptions } from './conformance-options.ts'
import { checkOutputs, dataOnStdout, writeConformance } from './conformance-outputs.ts'
import { chosenCases } from './conformance-selection.ts'
import { type Setting, settingOf } from './conformance-setting.ts'
import type { CliContext } from './context.ts'
import { type Ending, endingOf } from './ending.ts'
import { harmless } from './harmless.ts'
import { repeatableOptions, selectionOptions } from './repeatable-conformance.ts'

/** How long silence has to last to count, milliseconds. */
const silenceMs = 2000

/** Judges a CSMS by the cases that options name, and tells everybody who asked. */
export async function runConformanceCommand(
  ctx: CliContext,
  options: ConformanceCliOptions,
): Promise<void> {
  const cases = chosenCases(options)
  const rules = await readRules(ctx, options)
  await checkOutputs(ctx, options)
  using ending = endingOf(ctx, 'Stopping after the cases that are being played.')
  await using embedded = options.target === undefined ? await EmbeddedTarget.start() : undefined
  const setting = await settingOf(ctx, options, embedded)
  if (options.target !== undefined) await reach(setting, options)
  try {
    await setting.prepare()
    await judge(ctx, options, { cases, rules, setting, ending })
  } finally {
    for (const wrong of await setting.clear()) {
      ctx.stderr.write(`Not cleared away: ${harmless(wrong, ctx)}\n`)
    }
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
  const validators = new PayloadValidators(officialValidators)
  return { dial: webSocketDial(), validators, clock: realClock }
}

interface Play {
  readonly cases: readonly ConformanceCase[]
  readonly rules: Rules
  readonly setting: Setting
  readonly ending: Ending
}

async function judge(ctx: CliContext, options: ConformanceCliOptions, play: Play): Promise<void> {
  const { cases, rules, setting, ending } = play
  const { level, known } = rules
  const said = { level, known, options: repeatableOptions(options) }
  const shown = { total: cases.length, dataOnStdout: dataOnStdout(options) }
  const display = new ConformanceDisplay(ctx, said, shown)
  const startedAt = new Date(realClock.wallMs()).toISOString()
  const beganMicros = realClock.monotonicMicros()
  const runId = randomBytes(3).toString('hex')
  const results = await runConformance({
    ...playOptions(options, play),
    runId,
    bail: (result) => options.bail === true && caseReport(result, said).outcome === 'red',
    judged: (result) => display.judged(result),
  }).finally(() => display.close())
  const report = buildConformanceReport({
    ...said,
    protocol: options.protocol,
    target: { url: setting.target.url, embedded: options.target === undefined },
    runId,
    startedAt,
    seconds: (realClock.monotonicMicros() - beganMicros) / 1e6,
    csmsVersion: packageVersion(),
    selection: selectionOptions(options),
    results,
    grounds: groundsOf(ending.interrupted, cases.length - results.length),
  })
  display.finished(report)
  const { writeBaseline: list } = options
  const today = startedAt.slice(0, 10)
  const files =
    list === undefined ? [] : [{ path: list, make: () => baseline(results, { level, today }) }]
  await writeConformance(ctx, report, options, files)
  ctx.exit(report.exitCode)
}

function playOptions(
  { protocol, retries, timeout }: ConformanceCliOptions,
  { cases, rules: { features }, setting, ending }: Play,
) {
  const { target, hooks, fixtures, stationId, parallel } = setting
  return {
    version: protocol,
    target,
    hooks,
    fixtures,
    cases,
    stationId,
    ...machinery(),
    parallel,
    retries,
    timeoutMs: timeout,
    silenceMs,
    ...(features && { features }),
    stopped: () => ending.interrupted,
  }
}

/** Cases that were not begun are told: by Ctrl-C, or `--bail`. */
function groundsOf(interrupted: boolean, left: number) {
  if (!interrupted) return []
  return [{ code: exitCodes.interrupted, reason: `interrupted with ${left} cases to go` }]
}
