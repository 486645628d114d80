import { parseJsonPath, valueAt } from '../../ocpp/matchers/json-path.ts'
import { mismatch, mismatchText } from '../../ocpp/matchers/matcher.ts'
import { redactFrame } from '../../ocpp/redact.ts'
import { readErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import type {
  AskedMove,
  CallMove,
  ConformanceCase,
  ConnectAs,
  ConnectMove,
  Demand,
  Move,
  RawMove,
  Reaction,
  Saves,
} from '../cases/case.ts'
import { CaseValues, MissingValue } from '../cases/values.ts'
import type { Hook } from '../hooks/hook.ts'
import type { Answer, Handshake, Probe } from './probe.ts'
import { Scene } from './scene.ts'

/** What a case is played with. */
export interface Stage {
  readonly probe: Probe
  readonly version: OcppVersion
  readonly clock: Clock
  /** Tokens, passwords, ids: `csms conformance doctor` lists them. */
  readonly fixtures: Readonly<Record<string, unknown>>
  readonly hooks: readonly Hook[]
  readonly connect: (as: ConnectAs) => Promise<Handshake>
  readonly nextId: () => string
  /** Real milliseconds until something that must come counts as missing. */
  readonly timeoutMs: number
  /** How long silence has to last to count; milliseconds. */
  readonly silenceMs: number
}

/** Thrown where a case cannot go on; what was found before stands. */
class CaseOver extends Error {}

/** Why there is no verdict: a hook failed, or the network did. */
export class CaseError extends Error {}

/** Plays the moves of one case, in order, to the first that makes the next ones pointless. */
export class Player {
  readonly scene: Scene
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
    const { probe, fixtures, clock, nextId } = stage
    this.scene = new Scene(probe, new CaseValues(fixtures, () => clock.wallMs(), nextId))
  }

  /** Throws `CaseError` where the case could not be judged. */
  async play({ moves }: ConformanceCase): Promise<void> {
    try {
      for (const move of moves) await this.#move(move)
    } catch (error) {
      if (error instanceof MissingValue) throw new CaseError(error.message)
      if (!(error instanceof CaseOver)) throw error
    }
  }

  #move(move: Move): Promise<void> | void {
    switch (move.kind) {
      case 'call':
        return this.#call(move)
      case 'asked':
        return this.#asked(move)
      case 'raw':
        return this.#raw(move)
      case 'connect':
        return this.#connect(move)
      case 'wait':
        return this.#wait(move.ms)
      case 'do':
        return move.run(this.scene)
    }
  }

  async #call({ action, payload, demands, callError, save }: CallMove): Promise<void> {
    const { probe, timeoutMs } = this.#stage
    const answer = await probe.call(action, this.scene.values.payload(payload), timeoutMs)
    if (callError) {
      this.#refusal(action, answer, callError, demands[0]?.clause ?? '')
      return
    }
    const answered = this.scene.check(`${action} answered`, answer.kind === 'result', {
      detail: inWords(action, answer),
      clause: 'every CALL is answered with a CALLRESULT',
      frame: frameOf(answer),
    })
    if (!answered || answer.kind !== 'result') throw new CaseOver()
    this.#judge(demands, answer.payload, answer.frame)
    this.#save(save, answer.payload)
  }

  #refusal(action: string, answer: Answer, codes: readonly string[], clause: string): void {
    const code = answer.kind === 'callError' ? readErrorCode(answer.code) : undefined
    this.scene.check(`${action} refused`, code !== undefined && codes.includes(code), {
      detail: `${inWords(action, answer)}; wanted CALLERROR ${codes.join(' or ')}`,
      clause,
      frame: frameOf(answer),
    })
  }

  async #asked({ action, order, demands, answer, save, withinMs }: AskedMove): Promise<void> {
    const { probe, version, hooks, timeoutMs, fixtures } = this.#stage
    const coming = probe.arrivals.next(action, withinMs ?? timeoutMs)
    if (order !== undefined) {
      const hook = hooks.find((one) => one.can(version, action))
      if (!hook) throw new CaseError(`nothing makes the CSMS send ${action}`)
      const payload = this.scene.values.payload(order)
      const stationId = String(fixtures['stationId'])
      const made = await hook.order({ stationId, version, action, payload })
      if (made.kind === 'failed') throw new CaseError(`${hook.name}: ${made.reason}`)
    }
    const incoming = await coming
    this.scene.check(`${action} sent`, incoming !== undefined, {
      detail: incoming ? `${action} came` : `no ${action} came within ${withinMs ?? timeoutMs} ms`,
      clause: demands[0]?.clause ?? 'the CSMS sends what its operator wants',
      frame: incoming?.frame,
    })
    if (!incoming) throw new CaseOver()
    this.#judge(demands, incoming.payload, incoming.frame)
    this.#save(save, incoming.payload)
    if (answer.kind === 'result') probe.result(incoming, this.scene.values.payload(answer.payload))
    if (answer.kind === 'callError') probe.refuse(incoming, answer.code)
  }

  async #raw({ name, text, pass, warn, clause }: RawMove): Promise<void> {
    const { probe, nextId, silenceMs } = this.#stage
    const id = nextId()
    const filled = text.replaceAll('{id}', id).replaceAll(/\{(\w+)\}/g, (_, key: string) => {
      return String(this.scene.values.fill({ $value: key }))
    })
    const echo = probe.arrivals.echo(
      (one) => one.kind === 'close' || isAnswerTo(one.text, id),
      silenceMs,
    )
    probe.raw(filled, id)
    const seen = await echo
    const reaction = reactionOf(seen)
    const named = (reactions: readonly Reaction[]) => reactions.some((one) => fits(one, reaction))
    const frame = seen?.kind === 'text' ? seen.frame : undefined
    const detail = `the CSMS: ${reaction}; fine: ${[...pass, ...warn].join(', ')}`
    const legal = named(pass) || named(warn)
    this.scene.check(name, legal, { detail, clause, frame })
    if (legal && !named(pass)) {
      this.scene.check(`${name} as recommended`, false, { detail, clause, frame, level: 'SHOULD' })
    }
  }

  async #connect({ name, clause, as, accepted, protocol }: ConnectMove): Promise<void> {
    const { probe, connect } = this.#stage
    probe.close()
    const handshake = await connect(this.scene.values.fill(as) as ConnectAs)
    const open = handshake.kind === 'open'
    const detail = open
      ? `accepted with subprotocol ${handshake.protocol || '(none)'}`
      : handshake.detail
    const fits =
      open === accepted && (protocol === undefined || !open || handshake.protocol === protocol)
    this.scene.check(name, fits, { detail, clause, frame: handshake.entry })
    if (!fits) throw new CaseOver()
  }

  #wait(ms: number | { readonly $value: string }): Promise<void> {
    const forMs = typeof ms === 'number' ? ms : Number(this.scene.values.fill(ms))
    return new Promise((resolve) => {
      this.#stage.clock.after(forMs, resolve)
    })
  }

  #judge(demands: readonly Demand[], payload: object, frame: number): void {
    for (const { name, matcher, level, clause } of demands) {
      const differs = mismatch(this.scene.values.fill(matcher), payload)
      const detail = differs ? mismatchText(differs) : 'as expected'
      this.scene.check(name, !differs, { detail: redactFrame(detail), clause, level, frame })
    }
  }

  #save(saves: Saves, payload: object): void {
    for (const [name, path] of Object.entries(saves)) {
      const found = valueAt(payload, parseJsonPath(path) ?? [])
      if (found !== undefined) this.scene.values.set(name, found)
    }
  }
}

function inWords(action: string, answer: Answer): string {
  switch (answer.kind) {
    case 'result':
      return `${action} was answered`
    case 'callError':
      return `${action} was answered with CALLERROR ${answer.code}: ${answer.description}`
    case 'timeout':
      return `${action} was not answered in time`
    case 'closed':
      return `the connection closed before ${action} was answered`
  }
}

function frameOf(answer: Answer): number | undefined {
  return 'frame' in answer ? answer.frame : undefined
}

/** An answer to a message that the case made up, or to one whose id could not be read. */
function isAnswerTo(text: string, id: string): boolean {
  try {
    const frame: unknown = JSON.parse(text)
    return (
      Array.isArray(frame) &&
      [3, 4, 5].includes(Number(frame[0])) &&
      [id, '-1'].includes(String(frame[1]))
    )
  } catch {
    return true
  }
}

function reactionOf(
  seen: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'close' } | undefined,
): string {
  if (!seen) return 'silence'
  if (seen.kind === 'close') return 'close'
  try {
    const [type, , code] = JSON.parse(seen.text) as readonly unknown[]
    if (type === 3) return 'result'
    if (type === 5) return 'callResultError'
    const known = readErrorCode(String(code))
    return known ? `callError:${known}` : `callError:${String(code)}?`
  } catch {
    return 'an unreadable text'
  }
}

/** `callError` takes every code that the specification lists. */
function fits(wanted: Reaction, seen: string): boolean {
  return wanted === seen || (wanted === 'callError' && /^callError:\w+$/.test(seen))
}
