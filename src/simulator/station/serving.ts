import { CallError, type RpcErrorCode, wireErrorCode } from '../../ocpp/rpc/error-codes.ts'
import { noReply, RawReply, type Reply } from '../../ocpp/rpc/service.ts'
import type { ReplyOverride, ToldReply } from '../steps/actor.ts'
import type { IncomingLog, LoggedCall } from './incoming-log.ts'
import type { Station } from './station.ts'
import { hasTraits } from './traits.ts'

/**
 * Serves the CALLs of the CSMS: keeps them for scripts, answers as a script or a trait says, and
 * otherwise asks the version's behaviour, if the registration admits it.
 */
export class Serving {
  readonly #station: Station
  readonly #log: IncomingLog
  /** Undefined until the first CALL that it matters for. */
  #hasTraits: boolean | undefined
  /** Ends of the delays that go on, each with when it began; most stations never need any. */
  #delays: Map<(passed: boolean) => void, number> | undefined
  /** Answers of a script's own that the CSMS has not objected to. */
  #rawReplies = 0

  constructor(station: Station, log: IncomingLog) {
    this.#station = station
    this.#log = log
  }

  serve(action: string, request: object): Reply<object> | Promise<Reply<object>> {
    const { real } = this.#station.clocks
    const call = this.#log.arrived(action, request, real.monotonicMicros())
    const once = this.#log.takeOverride(action)
    const trait = once?.reply ? undefined : this.#trait(action)
    const { afterMs } = once ?? trait ?? atOnce
    if (afterMs <= 0) return this.#respond(call, once?.reply, trait?.reply)
    return this.#delay(afterMs).then((passed) =>
      passed ? this.#respond(call, once?.reply, trait?.reply) : this.#served(call, noReply),
    )
  }

  /** The connection is gone: what still waits to be answered never will be, and is not done. */
  forget(): void {
    for (const end of this.#delays?.keys() ?? []) end(false)
  }

  /** Whether it is for what this station was told to answer that the CSMS seems to break a rule. */
  provokes(rule: string): boolean {
    // Nobody waits longer than for its own timeout [1.6J 4.1.1].
    if (rule === 'RPC_TWO_CALLS') return this.#longestDelayMs() >= shortestTimeoutMs
    if (rule !== 'RPC_RESULT_ERROR' || this.#rawReplies === 0) return false
    this.#rawReplies -= 1
    return true
  }

  #trait(action: string): ToldReply | undefined {
    const { traits, seed } = this.#station.fleet
    if (!traits) return undefined
    this.#hasTraits ??= hasTraits(traits, seed, this.#station.id)
    return this.#hasTraits ? traits.replies[action] : undefined
  }

  #respond(
    call: LoggedCall,
    once: ReplyOverride | undefined,
    trait: ReplyOverride | undefined,
  ): Reply<object> | Promise<Reply<object>> {
    try {
      const reply = once ? this.#told(once) : this.#ownReply(call, trait)
      if (!(reply instanceof Promise)) return this.#served(call, reply)
      return reply.then(
        (late) => this.#served(call, late),
        (error: unknown) => this.#refused(call, error),
      )
    } catch (error) {
      return this.#refused(call, error)
    }
  }

  #ownReply(
    call: LoggedCall,
    trait: ReplyOverride | undefined,
  ): Reply<object> | Promise<Reply<object>> {
    const { behaviour, registration } = this.#station
    const admission = behaviour.admit(call.action, registration)
    if (admission === 'silent') return noReply
    if (admission !== 'serve') throw admission
    return trait ? this.#told(trait) : behaviour.serve(call.action, call.payload)
  }

  #told(reply: ReplyOverride): Reply<object> {
    switch (reply.kind) {
      case 'with':
        this.#rawReplies += 1
        return new RawReply(reply.payload)
      case 'refused':
        return { status: reply.status }
      case 'callError':
        throw new CallError(reply.code, reply.description)
      case 'never':
        return noReply
    }
  }

  #served(call: LoggedCall, reply: Reply<object>): Reply<object> {
    if (reply === noReply) call.unanswered = true
    else call.answer = reply instanceof RawReply ? reply.payload : reply
    this.#ended(call, reply === noReply ? 'none' : 'result')
    return reply
  }

  #refused(call: LoggedCall, error: unknown): never {
    const code: RpcErrorCode = error instanceof CallError ? error.code : 'InternalError'
    call.callError = wireErrorCode(this.#station.version, code)
    this.#ended(call, 'error')
    throw error
  }

  #ended(call: LoggedCall, answer: 'result' | 'error' | 'none'): void {
    const station = this.#station
    station.fleet.observer.served(station, call.action, answer)
    station.afterwards(() => this.#log.announce(call))
  }

  /** How long the CALL that came first has been kept waiting; 0: none is. */
  #longestDelayMs(): number {
    const [since] = this.#delays?.values() ?? []
    const { real } = this.#station.clocks
    return since === undefined ? 0 : (real.monotonicMicros() - since) / 1000
  }

  /** Resolves to false where it was broken off. */
  #delay(ms: number): Promise<boolean> {
    this.#delays ??= new Map()
    const delays = this.#delays
    const { real } = this.#station.clocks
    return new Promise((resolve) => {
      const end = (passed: boolean): void => {
        stop()
        delays.delete(end)
        resolve(passed)
      }
      const stop = real.after(ms, () => end(true))
      delays.set(end, real.monotonicMicros())
    })
  }
}

/** Whose next CALL comes sooner did not give up the one before. */
const shortestTimeoutMs = 100

const atOnce = { afterMs: 0 } as const
