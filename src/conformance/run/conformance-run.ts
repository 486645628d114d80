import type { Dial } from '../../ocpp/dial.ts'
import type { PayloadValidators } from '../../ocpp/schemas.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import { tlsHandshake } from '../../transport/tls-handshake.ts'
import type { ConnectAs } from '../cases/case.ts'
import { awaitedActions, type ConformanceCase, hookedActions } from '../cases/case.ts'
import { unclaimed } from '../cases/claims.ts'
import type { Hook } from '../hooks/hook.ts'
import { defaultAnswer } from '../play/default-answers.ts'
import { Player } from '../play/player.ts'
import { type Incoming, Probe } from '../play/probe.ts'
import { type Actor, CaseError, CaseUnable } from '../play/stage.ts'
import { Trace } from '../play/trace.ts'
import { type CaseResult, type Check, type SkipReason, verdictOf } from '../play/verdict.ts'
import type { Fixtures } from './fixtures.ts'
import { Patience } from './patience.ts'
import { credentialsOf, type Target } from './target.ts'

export interface ConformanceOptions {
  readonly version: OcppVersion
  readonly target: Target
  readonly cases: readonly ConformanceCase[]
  readonly hooks: readonly Hook[]
  readonly fixtures: Fixtures
  /** Identity of the station that a lane plays a case with; lanes above `parallel`: a second one. */
  readonly stationId: (lane: number, caseId: string) => string
  readonly dial: Dial
  readonly validators: PayloadValidators
  readonly clock: Clock
  /** Salt of the message ids; 1 to 10 letters and digits. */
  readonly runId: string
  /** Cases that are played side by side. */
  readonly parallel: number
  /** How often a case that did not pass is played again. */
  readonly retries: number
  /** Real milliseconds until what must come counts as missing. */
  readonly timeoutMs: number
  readonly silenceMs: number
  /** Features and profiles that the CSMS claims; undefined: all. */
  readonly features?: ReadonlySet<string>
  /** Whether no other case is begun after this one; default: never. */
  readonly bail?: (result: PlayedCase) => boolean
  /** Whether somebody wants no other case to begin; default: nobody. */
  readonly stopped?: () => boolean
  /** Told as soon as a case has its verdict. */
  readonly judged?: (result: PlayedCase) => void
}

/** A case with its verdict. */
export interface PlayedCase extends CaseResult {
  readonly case: ConformanceCase
  /** How often it was played before this verdict; more than 1: it is flaky. */
  readonly attempts: number
}

/**
 * Plays cases against a CSMS, some side by side, and judges each. In the order of the cases; those that
 * were not begun are not among them.
 */
export async function runConformance(options: ConformanceOptions): Promise<readonly PlayedCase[]> {
  const { cases, parallel, clock, timeoutMs } = options
  const patience = new Patience(clock, timeoutMs)
  const results = new Map<ConformanceCase, PlayedCase>()
  let over = false
  const lane = async (number: number, queue: ConformanceCase[]): Promise<void> => {
    for (let one = queue.shift(); one && !over && !options.stopped?.(); one = queue.shift()) {
      const result = await playUntilSure(one, number, { ...options, patience })
      results.set(one, result)
      options.judged?.(result)
      over ||= options.bail?.(result) ?? false
    }
  }
  const alone = cases.filter(({ tags }) => tags.includes('alone'))
  const together = cases.filter((one) => !alone.includes(one))
  await Promise.all(Array.from({ length: parallel }, (_, i) => lane(i + 1, together)))
  await lane(1, alone)
  return cases.flatMap((one) => results.get(one) ?? [])
}

type Played = ConformanceOptions & { readonly patience: Patience }

async function playUntilSure(
  one: ConformanceCase,
  lane: number,
  options: Played,
): Promise<PlayedCase> {
  const skip = whySkipped(one, options)
  if (skip) return { ...nothingPlayed(one), ...skip, case: one, attempts: 0 }
  for (let attempt = 1; ; attempt += 1) {
    const runId = attempt === 1 ? options.runId : `${options.runId}r${attempt}`
    const result = await playCase(one, lane, { ...options, runId })
    const { verdict } = result
    const sure = ['pass', 'warn', 'skip'].includes(verdict) || attempt > options.retries
    if (sure) return { ...result, case: one, attempts: attempt }
  }
}

function nothingPlayed({ id, title }: ConformanceCase) {
  return { id, title, verdict: 'skip', checks: [], trace: [], seconds: 0 } as const
}

function whySkipped(
  one: ConformanceCase,
  { version, hooks, features, fixtures }: ConformanceOptions,
): { readonly skip: SkipReason; readonly reason: string } | undefined {
  const unmet = features && unclaimed(one, features)
  if (unmet !== undefined) {
    return { skip: 'not-applicable', reason: `the CSMS does not claim ${unmet}` }
  }
  const missing = hookedActions(one).filter(
    (action) => !hooks.some((hook) => hook.can(version, action)),
  )
  if (missing.length > 0) {
    return { skip: 'no-hook', reason: `nothing makes the CSMS send ${missing.join(', ')}` }
  }
  const without = one.needs.filter((name) => !Object.hasOwn(fixtures, name))
  return without.length === 0
    ? undefined
    : { skip: 'precondition', reason: `no fixture: ${without.join(', ')}` }
}

async function playCase(one: ConformanceCase, lane: number, options: Played): Promise<CaseResult> {
  const { version, clock, validators, runId, fixtures, dial, target, hooks } = options
  const { timeoutMs, silenceMs, parallel, patience } = options
  const beganMicros = clock.monotonicMicros()
  const nowMs = () => Math.round((clock.monotonicMicros() - beganMicros) / 1000)
  const trace = new Trace(nowMs)
  let ordinal = 0
  const nextId = () => {
    ordinal += 1
    return `${runId}-${lane}-${one.id.slice(0, 16)}-${ordinal}`.slice(-36)
  }
  const actors: (Actor & { readonly stationId: string })[] = []
  const enter = (stationId: string): Actor & { readonly stationId: string } => {
    const awaited = awaitedActions(one)
    const answerTo = (incoming: Incoming) => defaultAnswer(version, incoming)
    const probe = new Probe({ version, validators, clock, trace, nextId, awaited, answerTo })
    const dialled = (as: ConnectAs<string>) =>
      probe.connect(dial, credentialsOf(target, { version, stationId, fixtures, as }), timeoutMs)
    // Once: what a case brings down is not to come back unseen.
    let waits = actors.length === 0
    const connect = (as: ConnectAs<string>) => {
      const first = waits
      waits = false
      return first ? patience.connected(() => dialled(as)) : dialled(as)
    }
    const actor = { probe, connect, stationId }
    actors.push(actor)
    return actor
  }
  const { probe, connect, stationId } = enter(options.stationId(lane, one.id))
  const player = new Player({
    probe,
    connect,
    neighbour: () => enter(options.stationId(lane + parallel, one.id)),
    shakeHands: (offer) =>
      tlsHandshake(fixtures.tlsUrl ?? target.url, offer, {
        ca: fixtures.tlsCa ?? target.tls?.ca,
        timeoutMs,
      }),
    version,
    clock,
    hooks,
    timeoutMs,
    silenceMs,
    nextId,
    fixtures: { ...fixtures, stationId },
  })
  const result = (rest: Pick<CaseResult, 'verdict' | 'checks' | 'reason' | 'skip'>): CaseResult => {
    const { id, title } = one
    return { id, title, ...rest, trace: trace.entries, seconds: nowMs() / 1000 }
  }
  let stopped: CaseError | undefined
  try {
    await player.play(one)
  } catch (error) {
    if (!(error instanceof CaseError)) throw error
    stopped = error
  } finally {
    for (const { probe: used } of actors) used.close()
  }
  const faults = actors.flatMap(({ probe: used }) => used.faults)
  const checks = [...player.scene.checks, ...faults.map(checkOf)]
  const verdict = verdictOf(checks)
  // What frames have proved stands, whatever could not be judged after it.
  if (!stopped) return result({ verdict, checks })
  const { message: reason } = stopped
  if (verdict === 'fail') return result({ verdict, reason, checks })
  if (!(stopped instanceof CaseUnable)) return result({ verdict: 'error', reason, checks })
  return result({ verdict: 'skip', skip: 'no-hook', reason, checks })
}

function checkOf({ rule, level, detail, frame }: Probe['faults'][number]): Check {
  return { name: rule, level, detail, frame, clause: rule, passed: false }
}
