import { tlsHandshake } from '../../transport/tls-handshake.ts'
import type { ConformanceCase } from '../cases/case.ts'
import { Player } from '../play/player.ts'
import type { Probe } from '../play/probe.ts'
import { CaseError, CaseUnable } from '../play/stage.ts'
import { Trace } from '../play/trace.ts'
import { type CaseResult, type Check, verdictOf } from '../play/verdict.ts'
import { Cast } from './cast.ts'
import type { PlayOptions } from './play-options.ts'

/** Plays a case once, and judges it. What is wrong with csms itself is thrown. */
export async function playCase(
  one: ConformanceCase,
  lane: number,
  options: PlayOptions,
): Promise<CaseResult> {
  const { clock } = options
  const beganMicros = clock.monotonicMicros()
  const nowMs = () => Math.round((clock.monotonicMicros() - beganMicros) / 1000)
  const trace = new Trace(nowMs)
  const nextId = messageIds(`${options.runId}-${lane}-${one.id.slice(0, 16)}`)
  const cast = new Cast(one, options, { trace, nextId })
  const player = playerOf(one, lane, options, { cast, nextId })
  const stopped = await stopOf(player.play(one)).finally(() => cast.leave())
  const checks = [...player.scene.checks, ...cast.faults.map(checkOf)]
  const { id, title } = one
  const judged = judgedBy(checks, stopped)
  return { id, title, ...judged, checks, trace: trace.entries, seconds: nowMs() / 1000 }
}

/** At most 36 characters each. */
function messageIds(prefix: string): () => string {
  let ordinal = 0
  return () => {
    ordinal += 1
    return `${prefix}-${ordinal}`.slice(-36)
  }
}

function playerOf(
  one: ConformanceCase,
  lane: number,
  options: PlayOptions,
  { cast, nextId }: { readonly cast: Cast; readonly nextId: () => string },
): Player {
  const { version, clock, hooks, fixtures, target, parallel, timeoutMs, silenceMs } = options
  const stationId = options.stationId(lane, one.id)
  return new Player({
    ...cast.enter(stationId),
    neighbour: () => cast.enter(options.stationId(lane + parallel, one.id)),
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
}

/** Why a play ended before its last move; undefined: it did not. */
async function stopOf(playing: Promise<void>): Promise<CaseError | undefined> {
  try {
    await playing
    return undefined
  } catch (error) {
    if (error instanceof CaseError) return error
    throw error
  }
}

/** What frames have proved stands, whatever could not be judged after it. */
function judgedBy(
  checks: readonly Check[],
  stopped: CaseError | undefined,
): Pick<CaseResult, 'verdict' | 'reason' | 'skip'> {
  const verdict = verdictOf(checks)
  if (!stopped) return { verdict }
  const { message: reason } = stopped
  if (verdict === 'fail') return { verdict, reason }
  if (!(stopped instanceof CaseUnable)) return { verdict: 'error', reason }
  return { verdict: 'skip', skip: 'no-hook', reason }
}

function checkOf({ rule, level, detail, frame }: Probe['faults'][number]): Check {
  return { name: rule, level, detail, frame, clause: rule, passed: false }
}
