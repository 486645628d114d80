import { apiDiagnosis } from '../conformance/run/api-diagnosis.ts'
import { coverage, type Diagnosis, examine, type Visit, visit } from '../conformance/run/doctor.ts'
import { EmbeddedTarget } from '../conformance/run/embedded-target.ts'
import { PayloadValidators } from '../ocpp/schemas.ts'
import { officialValidators } from '../platform/official-validators.ts'
import { realClock } from '../platform/real-clock.ts'
import { printable } from '../report/table.ts'
import { csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { webSocketDial } from '../transport/websocket-client.ts'
import { chosenCases, type SelectionOptions } from './conformance-selection.ts'
import { type SettingOptions, settingOf } from './conformance-setting.ts'
import type { CliContext } from './context.ts'
import { type Ending, endingOf } from './ending.ts'
import { fold } from './fold.ts'
import { harmless, inert } from './harmless.ts'
import { printJson } from './print-table.ts'

/** What `csms conformance doctor` was told. */
export interface ConformanceDoctorOptions
  extends SelectionOptions,
    Omit<SettingOptions, 'parallel'> {
  /** Milliseconds. */
  readonly timeout: number
  readonly json?: boolean
}

/** Tells whether a CSMS is ready to be judged. Throws `CSMS_TARGET_UNREACHABLE`. */
export async function runConformanceDoctor(
  ctx: CliContext,
  options: ConformanceDoctorOptions,
): Promise<void> {
  const cases = chosenCases(options)
  using ending = endingOf(ctx, 'Stopping.')
  await using embedded = options.target === undefined ? await EmbeddedTarget.start() : undefined
  const setting = await settingOf(ctx, { ...options, parallel: 1 }, embedded)
  const { target, fixtures, hooks, stationId } = setting
  const looking: Visit = {
    version: options.protocol,
    target,
    fixtures,
    stationId: stationId(1),
    dial: webSocketDial(),
    validators: new PayloadValidators(officialValidators),
    clock: realClock,
    runId: 'doctor',
    timeoutMs: options.timeout,
  }
  const found: Diagnosis[] = []
  try {
    await setting.prepare()
    found.push(...(await look(looking, ending)))
    for (const { api, tools } of setting.apis) found.push(await apiDiagnosis(api, tools))
  } finally {
    for (const wrong of await setting.clear()) {
      ctx.stderr.write(`Not cleared away: ${harmless(wrong, ctx)}\n`)
    }
  }
  if (ending.interrupted) {
    ctx.exit(exitCodes.interrupted)
    return
  }
  found.push(...coverage(cases, { version: options.protocol, hooks, fixtures }))
  tell(ctx, found, options.json === true)
  const isBad = found.some(({ state }) => state === 'bad')
  ctx.exit(isBad ? exitCodes.conformance : exitCodes.passed)
}

async function look(looking: Visit, ending: Ending): Promise<readonly Diagnosis[]> {
  const { probe, handshake } = await visit(looking)
  ending.listen(() => probe.close())
  if (handshake.kind === 'refused') {
    const { url } = looking.target
    throw csmsError('CSMS_TARGET_UNREACHABLE', { url, reason: handshake.detail })
  }
  try {
    const good = handshake.protocol === looking.version
    const spoken: Diagnosis = {
      name: 'Upgrade',
      state: good ? 'good' : 'bad',
      value: `subprotocol ${handshake.protocol || '(none)'}`,
      advice: good ? '' : `Make it answer with ${looking.version}.`,
    }
    return [spoken, ...(await examine(probe, looking))]
  } finally {
    probe.close()
  }
}

const marks = { good: '✓', limit: '!', bad: '✗' } as const

function tell(ctx: CliContext, found: readonly Diagnosis[], json: boolean): void {
  if (json) {
    printJson(ctx, { schemaVersion: 1, checks: found })
    return
  }
  const lines = found.flatMap(({ name, value, state, advice }) => {
    const head = `${marks[state]} ${name.padEnd(12)} ${printable(value)}`
    return advice === '' ? [head] : [head, `  ${' '.repeat(12)} ${advice}`]
  })
  ctx.stdout.write(`${inert(fold(lines.join('\n'), ctx.columns), ctx)}\n`)
}
