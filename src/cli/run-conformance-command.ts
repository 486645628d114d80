import { randomBytes } from 'node:crypto'
import { casesOf } from '../conformance/cases/catalogue.ts'
import type { Hook } from '../conformance/hooks/hook.ts'
import { type PlayedCase, runConformance } from '../conformance/run/conformance-run.ts'
import { EmbeddedTarget } from '../conformance/run/embedded-target.ts'
import { defaultFixtures, type Fixtures } from '../conformance/run/fixtures.ts'
import { selected } from '../conformance/run/select.ts'
import type { Target } from '../conformance/run/target.ts'
import { PayloadValidators } from '../ocpp/schemas.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import { officialSchemas } from '../platform/official-schemas.ts'
import { realClock } from '../platform/real-clock.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { webSocketDial } from '../transport/websocket-client.ts'
import type { CliContext } from './context.ts'
import { printJson } from './print-table.ts'

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
  const results = await runConformance({
    version: protocol,
    target,
    hooks,
    fixtures,
    cases: selected(casesOf(protocol), {
      ...(options.case && { cases: options.case }),
      ...(options.exclude && { exclude: options.exclude }),
      ...(options.profile && { profiles: options.profile }),
      ...(options.tag && { tags: options.tag }),
    }),
    stationId: (lane) => `CSMS_CONF_${String(lane).padStart(2, '0')}`,
    dial: webSocketDial(),
    validators: new PayloadValidators(officialSchemas),
    clock: realClock,
    runId: randomBytes(3).toString('hex'),
    parallel,
    retries,
    timeoutMs: timeout,
    silenceMs,
    judged: (result) => {
      if (!options.json) ctx.stdout.write(lineOf(result))
    },
  })
  if (options.json) printJson(ctx, { schemaVersion: 1, cases: results.map(withoutCase) })
  const red = results.some(({ verdict }) => verdict === 'fail' || verdict === 'error')
  const played = results.some(({ verdict }) => verdict !== 'skip')
  ctx.exit(red || !played ? exitCodes.conformance : exitCodes.passed)
}

function lineOf({ id, title, verdict, reason, checks }: PlayedCase): string {
  const wrong = checks.filter(({ passed }) => !passed).map(({ detail }) => `\n      ${detail}`)
  const why = reason === undefined ? '' : `\n      ${reason}`
  return `${verdict.padEnd(5)} ${id}  ${title}${why}${wrong.join('')}\n`
}

function withoutCase({ case: _case, ...result }: PlayedCase) {
  return result
}
