import type { Dial } from '../../ocpp/dial.ts'
import type { PayloadValidators } from '../../ocpp/schemas.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import { type ConformanceCase, hookedActions } from '../cases/case.ts'
import type { Hook } from '../hooks/hook.ts'
import { defaultAnswer } from '../play/default-answers.ts'
import type { Answer } from '../play/own-calls.ts'
import { type Handshake, Probe } from '../play/probe.ts'
import { Trace } from '../play/trace.ts'
import type { Fixtures } from './fixtures.ts'
import { credentialsOf, type Target } from './target.ts'

/** What a look at a target needs. */
export interface Visit {
  readonly version: OcppVersion
  readonly target: Target
  readonly fixtures: Fixtures
  readonly stationId: string
  readonly dial: Dial
  readonly validators: PayloadValidators
  readonly clock: Clock
  /** Salt of the message ids. */
  readonly runId: string
  readonly timeoutMs: number
}

/** One thing that was looked at before anything is judged. */
export interface Diagnosis {
  readonly name: string
  readonly state: 'good' | 'limit' | 'bad'
  readonly value: string
  /** What to do; empty where there is nothing. */
  readonly advice: string
}

/** Above this, expiry dates of cases mean something else to the CSMS than to the stations. */
const mostSkewMs = 5000

/** Whether a station of the fixtures gets in. */
export async function visit(options: Visit): Promise<{ probe: Probe; handshake: Handshake }> {
  const { version, target, fixtures, stationId, dial, validators, clock, runId } = options
  let ordinal = 0
  const probe = new Probe({
    version,
    validators,
    clock,
    trace: new Trace(() => 0),
    nextId: () => `${runId}-doctor-${(ordinal += 1)}`,
    awaited: new Set(),
    answerTo: (incoming) => defaultAnswer(version, incoming),
  })
  const credentials = credentialsOf(target, { version, stationId, fixtures, as: {} })
  const handshake = await probe.connect(dial, credentials, options.timeoutMs)
  return { probe, handshake }
}

/** Boots a station and shows each token once; what is wrong with the answers of the CSMS. */
export async function examine(probe: Probe, options: Visit): Promise<readonly Diagnosis[]> {
  const { version, clock, timeoutMs } = options
  const boot = await probe.call('BootNotification', bootOf(version), timeoutMs)
  if (boot.kind === 'closed' || boot.kind === 'timeout') return [bootDiagnosis(boot)]
  const skew = skewOf(boot, clock.wallMs())
  const found = [bootDiagnosis(boot), ...(skew ? [skew] : [])]
  for (const { name, idToken, wanted, group } of tokensToTry(options.fixtures)) {
    const asked = authorizeOf(version, idToken, options.fixtures)
    const answer = await probe.call('Authorize', asked, timeoutMs)
    found.push(tokenDiagnosis(`${name} ${idToken}`, answer, { wanted, group }))
    // Whoever does not answer one does not answer the others either.
    if (answer.kind === 'closed' || answer.kind === 'timeout') break
  }
  return found
}

function bootDiagnosis(boot: Answer): Diagnosis {
  const value = told(boot, (payload) => textAt(payload, 'status'))
  const good = value === 'Accepted'
  const advice = good ? '' : 'Let the stations of the fixtures in, and accept them.'
  return { name: 'Boot', state: good ? 'good' : 'bad', value, advice }
}

function skewOf(boot: Answer, nowMs: number): Diagnosis | undefined {
  const time = boot.kind === 'result' ? textAt(boot.payload, 'currentTime') : undefined
  const ms = Date.parse(time ?? '')
  if (Number.isNaN(ms)) return undefined
  const skewMs = Math.abs(ms - nowMs)
  const good = skewMs <= mostSkewMs
  return {
    name: 'Clock',
    state: good ? 'good' : 'bad',
    value: `${(skewMs / 1000).toFixed(1)} s apart`,
    advice: good
      ? ''
      : 'Set both clocks: tokens and reservations expire at other times here and there.',
  }
}

/** What the field answers about each kind; cases decide what is right. */
function tokensToTry(fixtures: Fixtures) {
  const { token, token2, masterToken, blockedToken, expiredToken, invalidToken } = fixtures
  const { group, masterGroup } = fixtures
  const accepted = ['Accepted']
  const refused = ['Invalid', 'Unknown', 'Blocked', 'Expired', 'NotAllowedTypeEVSE', 'NoCredit']
  return [
    { name: 'token', idToken: token, wanted: accepted, group },
    { name: 'token2', idToken: token2, wanted: accepted, group },
    { name: 'masterToken', idToken: masterToken, wanted: accepted, group: masterGroup },
    { name: 'blockedToken', idToken: blockedToken, wanted: refused, group: undefined },
    { name: 'expiredToken', idToken: expiredToken, wanted: refused, group: undefined },
    { name: 'invalidToken', idToken: invalidToken, wanted: refused, group: undefined },
  ] as const
}

function tokenDiagnosis(
  name: string,
  answer: Answer,
  { wanted, group }: { readonly wanted: readonly string[]; readonly group: string | undefined },
): Diagnosis {
  const status = told(answer, (payload) => textAt(infoIn(payload), 'status'))
  const good = wanted.includes(status)
  const own = answer.kind === 'result' ? groupIn(answer.payload) : undefined
  if (good && group !== undefined && own !== group) {
    return {
      name: 'Token',
      state: 'limit',
      value: `${name}: ${status}, ${own === undefined ? 'of no group' : `of the group ${own}`}`,
      advice: `Cases about groups want it to be of ${group}: make it so, or name its group in the fixtures.`,
    }
  }
  const known = `Make it known as ${wanted[0] === 'Accepted' ? 'accepted' : 'not accepted'}.`
  const advice = good
    ? ''
    : answer.kind === 'result'
      ? known
      : 'Make the CSMS answer Authorize; tokens are looked at when it does.'
  return { name: 'Token', state: good ? 'good' : 'bad', value: `${name}: ${status}`, advice }
}

/** Whether everything can be ordered that these cases order, and every fixture is there. */
export function coverage(
  cases: readonly ConformanceCase[],
  { version, hooks, fixtures }: Pick<Visit, 'version' | 'fixtures'> & { hooks: readonly Hook[] },
): readonly Diagnosis[] {
  const actions = [...new Set(cases.flatMap(hookedActions))].sort()
  const missing = actions.filter((action) => !hooks.some((hook) => hook.can(version, action)))
  const needs = [...new Set(cases.flatMap((one) => one.needs))].sort()
  const without = needs.filter((name) => !Object.hasOwn(fixtures, name))
  const skipped = cases.filter(
    (one) =>
      hookedActions(one).some((action) => missing.includes(action)) ||
      one.needs.some((name) => without.includes(name)),
  ).length
  const count = `${actions.length - missing.length} of ${actions.length} operations can be ordered`
  return [
    diagnosed('Hooks', count, missing.length === 0 ? '' : `Nothing orders ${missing.join(', ')}.`),
    diagnosed(
      'Fixtures',
      `${needs.length - without.length} of ${needs.length} that cases need`,
      without.length === 0 ? '' : `There is no ${without.join(', ')}.`,
    ),
    diagnosed(
      'Cases',
      `${cases.length - skipped} of ${cases.length} would be played`,
      skipped === 0 ? '' : 'The others would be skipped.',
    ),
  ]
}

function diagnosed(name: string, value: string, advice: string): Diagnosis {
  return { name, value, advice, state: advice === '' ? 'good' : 'limit' }
}

function bootOf(version: OcppVersion): object {
  return version === 'ocpp1.6'
    ? { chargePointVendor: 'csms', chargePointModel: 'probe' }
    : { reason: 'PowerUp', chargingStation: { vendorName: 'csms', model: 'probe' } }
}

function authorizeOf(version: OcppVersion, idToken: string, { tokenType }: Fixtures): object {
  return version === 'ocpp1.6' ? { idTag: idToken } : { idToken: { idToken, type: tokenType } }
}

/** The status of an answer, or what came in its place. */
function told(answer: Answer, statusIn: (payload: object) => string | undefined): string {
  switch (answer.kind) {
    case 'result':
      return statusIn(answer.payload) ?? 'without status'
    case 'callError':
      return `CALLERROR ${answer.code}`
    case 'timeout':
      return 'no answer'
    case 'closed':
      return `connection ${answer.how ?? 'closed'}`
  }
}

function infoIn(payload: object): unknown {
  return fieldOf(payload, 'idTagInfo') ?? fieldOf(payload, 'idTokenInfo')
}

/** Of the token that was asked about. */
function groupIn(payload: object): string | undefined {
  const info = infoIn(payload)
  return textAt(info, 'parentIdTag') ?? textAt(fieldOf(info, 'groupIdToken'), 'idToken')
}

function textAt(value: unknown, key: string): string | undefined {
  const found = fieldOf(value, key)
  return typeof found === 'string' ? found : undefined
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Readonly<Record<string, unknown>>)[key]
}
