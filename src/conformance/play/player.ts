import { parseJsonPath, valueAt } from '../../ocpp/matchers/json-path.ts'
import { mismatch, mismatchText } from '../../ocpp/matchers/matcher.ts'
import { redactFrame } from '../../ocpp/redact.ts'
import { readErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { TlsOffer } from '../../transport/tls-handshake.ts'
import type {
  AskedMove,
  CallMove,
  ConformanceCase,
  ConnectAs,
  ConnectMove,
  Demand,
  HandshakeMove,
  Move,
  RawMove,
  Saves,
} from '../cases/case.ts'
import { CaseValues, MissingValue } from '../cases/values.ts'
import { ordered } from './order.ts'
import type { Answer } from './own-calls.ts'
import type { Handshake } from './probe.ts'
import { checkReaction, reactionTo } from './reaction.ts'
import { Scene } from './scene.ts'
import { CaseError, CaseOver, type Stage } from './stage.ts'

/** Plays the moves of one case, in order, to the first that makes the next ones pointless. */
export class Player {
  readonly scene: Scene
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
    const { fixtures, clock, nextId } = stage
    this.scene = new Scene(stage, new CaseValues(fixtures, () => clock.wallMs(), nextId))
  }

  /** Throws `CaseError` where the case could not be judged. */
  async play({ moves }: ConformanceCase): Promise<void> {
    try {
      for (const move of moves) await this.#move(move)
    } catch (error) {
      if (error instanceof MissingValue) throw new CaseError(error.message)
      // What no schema lets through may be of any shape.
      if (error instanceof TypeError)
        throw new CaseError(`a frame cannot be read: ${error.message}`)
      if (!(error instanceof CaseOver)) throw error
    } finally {
      await this.#tidyUp()
    }
  }

  /** What the case began comes to its end, however far it got. None of it is judged. */
  async #tidyUp(): Promise<void> {
    const { probe, clock, timeoutMs } = this.#stage
    for (const { action, payload } of probe.leave(new Date(clock.wallMs()).toISOString())) {
      const answer = await probe.call(action, payload, timeoutMs)
      if (answer.kind === 'timeout' || answer.kind === 'closed') return
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
      case 'handshake':
        return this.#handshake(move)
      case 'wait':
        return this.#wait(move.ms)
      case 'do':
        return move.run(this.scene)
    }
  }

  async #call({ action, payload, clause, demands, callError, save }: CallMove): Promise<void> {
    const { probe, timeoutMs } = this.#stage
    const answer = await probe.call(action, this.scene.values.payload(payload), timeoutMs)
    if (callError) {
      this.#refusal(action, answer, callError, clause)
      return
    }
    const answered = this.scene.check(`${action} answered`, answer.kind === 'result', {
      detail: inWords(action, answer),
      clause,
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

  async #asked({
    action,
    order: wanted,
    demands,
    answer,
    save,
    withinMs,
  }: AskedMove): Promise<void> {
    const { probe, timeoutMs } = this.#stage
    const incoming =
      wanted === undefined
        ? await probe.arrivals.next(action, withinMs ?? timeoutMs)
        : await ordered(this.scene, {
            action,
            payload: this.scene.values.payload(wanted),
            ...(withinMs !== undefined && { withinMs }),
          })
    this.scene.check(`${action} sent`, incoming !== undefined, {
      detail: incoming ? `${action} came` : `no ${action} came in time`,
      clause: demands[0]?.clause ?? 'the CSMS sends what its operator wants',
      frame: incoming?.frame,
    })
    if (!incoming) throw new CaseOver()
    this.#judge(demands, incoming.payload, incoming.frame)
    this.#save(save, incoming.payload)
    if (answer.kind === 'result') probe.result(incoming, this.scene.values.payload(answer.payload))
    if (answer.kind === 'callError') probe.refuse(incoming, answer.code)
  }

  async #raw(move: RawMove): Promise<void> {
    const { text, pass, idLength, answeredAs } = move
    const { probe, nextId, connect, silenceMs, timeoutMs } = this.#stage
    // Where hanging up is legal, the next text needs a new connection.
    if (!probe.open) await connect({})
    const id = idLength === undefined ? nextId() : nextId().padEnd(idLength, 'x').slice(0, idLength)
    const filled = text.replaceAll('{id}', id).replaceAll(/\{(\w+)\}/g, (_, key: string) => {
      return String(this.scene.values.fill({ $value: key }))
    })
    const ids = answeredAs === undefined ? [id] : [id, answeredAs]
    const withinMs = pass.includes('silence') ? silenceMs : timeoutMs
    const seen = await reactionTo(probe, () => probe.raw(filled), { ids, withinMs })
    checkReaction(this.scene, move, seen)
  }

  async #connect({ name, clause, as, accepted, protocol }: ConnectMove): Promise<void> {
    const { probe, connect, fixtures } = this.#stage
    const { values } = this.scene
    probe.close()
    const filled = values.fill(as) as ConnectAs<string>
    const handshake = await connect(filled)
    const open = handshake.kind === 'open'
    if (open) values.set('stationId', filled.id ?? fixtures['stationId'])
    const detail = open
      ? `accepted with subprotocol ${handshake.protocol || '(none)'}`
      : handshake.detail
    if (isNobodyThere(handshake)) throw new CaseError(`nobody answers any more: ${detail}`)
    // Silence is no refusal: nobody knows what it was about.
    const turnedAway = !open && handshake.failure !== 'timeout'
    const fits = accepted
      ? open && (protocol === undefined || handshake.protocol === protocol)
      : turnedAway
    this.scene.check(name, fits, { detail, clause, frame: handshake.entry })
    if (!fits) throw new CaseOver()
  }

  async #handshake({ name, offer, agrees, clause }: HandshakeMove): Promise<void> {
    const filled = this.scene.values.fill(offer) as TlsOffer
    const seen = await this.#stage.shakeHands(filled).catch((error: unknown) => {
      throw new CaseError(`the client certificate of the case: ${String(error)}`)
    })
    const agreed = seen.kind === 'agreed'
    const words = agreed
      ? `agreed to ${seen.protocol} with ${seen.cipher}, ${seen.key} key of ${seen.keyBits} bits`
      : seen.detail
    const offered = [offer.version, offer.ciphers].filter((one) => one !== undefined).join(', ')
    const frame = this.#stage.probe.note(agreed ? 'open' : 'refused', `TLS ${offered}: ${words}`)
    const differs = agreed && agrees ? mismatch(this.scene.values.fill(agrees), seen) : undefined
    // Silence is no refusal: nobody knows what it was about.
    const passed = agrees ? agreed && !differs : seen.kind === 'refused'
    const detail = differs ? `${words}: ${mismatchText(differs)}` : words
    this.scene.check(name, passed, { detail, clause, frame })
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

/** The network or this machine, and nothing that a CSMS decides. */
export function isNobodyThere(handshake: Handshake): boolean {
  if (handshake.kind === 'open') return false
  const { failure, detail } = handshake
  return (
    failure === 'local' ||
    (failure === 'refused' && /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH/.test(detail))
  )
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
      return `the connection ${answer.how ?? 'was closed'} before ${action} was answered`
  }
}

function frameOf(answer: Answer): number | undefined {
  return 'frame' in answer ? answer.frame : undefined
}
