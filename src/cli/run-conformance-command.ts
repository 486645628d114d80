import { randomBytes } from 'node:crypto'
import { casesOf } from '../conformance/cases/catalogue.ts'
import type { Hook } from '../conformance/hooks/hook.ts'
import { buildConformanceReport } from '../conformance/report/build-report.ts'
import { runConformance } from '../conformance/run/conformance-run.ts'
import { EmbeddedTarget } from '../conformance/run/embedded-target.ts'
import { defaultFixtures, type Fixtures } from '../conformance/run/fixtures.ts'
import { selected } from '../conformance/run/select.ts'
import type { Target } from '../conformance/run/target.ts'
import { PayloadValidators } from '../ocpp/schemas.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import { officialSchemas } from '../platform/official-schemas.ts'
import { packageVersion } from '../platform/package-version.ts'
import { realClock } from '../platform/real-clock.ts'
import { webSocketDial } from '../transport/websocket-client.ts'
import { ConformanceDisplay } from './conformance-display.ts'
import { dataOnStdout, writeConformance } from './conformance-outputs.ts'
import type { CliContext } from './context.ts'
import { repeatableOptions, selectionOptions } from './repeatable-conformance.ts'
import type { ReportChoice } from './report-choice.ts'

export interface ConformanceCliOptions {
  readonly target?: string
  readonly protocol: OcppVersion
  readonly case?: readonly string[]
  readonly exclude?: readonly string[]
  readonly profile?: readonly string[]
  readonly tag?: readonly string[]
  readonly header?: Readonly<Record<string, string>>
  readonly parallel: number
  readonly retries: number
  /** Milliseconds. */
  readonly timeout: number
  readonly json?: boolean
  readonly report?: readonly ReportChoice[]
  readonly traceDir?: string
}

/** How long silence has to last to count, milliseconds. */
const silenceMs = 2000

interface Judged {
  readonly target: Target
  readonly hooks: readonly Hook[]
  readonly fixtures: Fixtures
}

export async function runConformanceCommand(
  ctx: CliContext,
  options: ConformanceCliOptions,
): Promise<void> {
  const { target, header = {} } = options
  if (target !== undefined) {
    const foreign = {
      target: { url: target, headers: header },
      hooks: [],
      fixtures: defaultFixtures,
    }
    await judge(ctx, options, foreign)
    return
  }
  await using embedded = await EmbeddedTarget.start()
  await judge(ctx, options, embedded)
}

async function judge(
  ctx: CliContext,
  options: ConformanceCliOptions,
  { target, hooks, fixtures }: Judged,
): Promise<void> {
  const { protocol, parallel, retries, timeout } = options
  const cases = selected(casesOf(protocol), {
    ...(options.case && { cases: options.case }),
    ...(options.exclude && { exclude: options.exclude }),
    ...(options.profile && { profiles: options.profile }),
    ...(options.tag && { tags: options.tag }),
  })
  const said = { level: 'MUST', options: repeatableOptions(options) } as const
  const shown = { total: cases.length, dataOnStdout: dataOnStdout(options) }
  const display = new ConformanceDisplay(ctx, said, shown)
  const startedAt = new Date(realClock.wallMs()).toISOString()
  const beganMicros = realClock.monotonicMicros()
  const runId = randomBytes(3).toString('hex')
  const results = await runConformance({
    version: protocol,
    target,
    hooks,
    fixtures,
    cases,
    stationId: (lane) => `CSMS_CONF_${String(lane).padStart(2, '0')}`,
    dial: webSocketDial(),
    validators: new PayloadValidators(officialSchemas),
    clock: realClock,
    runId,
    parallel,
    retries,
    timeoutMs: timeout,
    silenceMs,
    judged: (result) => display.judged(result),
  }).finally(() => display.close())
  const report = buildConformanceReport({
    ...said,
    protocol,
    target: { url: target.url, embedded: options.target === undefined },
    runId,
    startedAt,
    seconds: (realClock.monotonicMicros() - beganMicros) / 1e6,
    csmsVersion: packageVersion(),
    selection: selectionOptions(options),
    results,
  })
  display.finished(report)
  await writeConformance(ctx, report, options)
  ctx.exit(report.exitCode)
}
