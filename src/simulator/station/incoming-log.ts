import type { IncomingCall, OneShotReply } from '../steps/actor.ts'

/** How many CALLs of the CSMS a script can look back on. */
const longestLog = 64

/** What a script may see and decide of the CALLs that the CSMS sends. Empty until one comes. */
export class IncomingLog {
  #calls: LoggedCall[] | undefined
  #listeners: Set<(call: IncomingCall) => void> | undefined
  #overrides: OneShotReply[] | undefined
  #ordinal = 0

  get recent(): readonly IncomingCall[] {
    return this.#calls ?? []
  }

  listen(fn: (call: IncomingCall) => void): () => void {
    this.#listeners ??= new Set()
    this.#listeners.add(fn)
    return () => this.#listeners?.delete(fn)
  }

  override(reply: OneShotReply): void {
    this.#overrides ??= []
    this.#overrides.push(reply)
  }

  /** Takes the first override that waits for this action. */
  takeOverride(action: string): OneShotReply | undefined {
    const at = this.#overrides?.findIndex((reply) => reply.action === action) ?? -1
    return at < 0 ? undefined : this.#overrides?.splice(at, 1)[0]
  }

  arrived(action: string, payload: object, atMicros: number): LoggedCall {
    const call = new LoggedCall(action, payload, atMicros, this.#ordinal)
    this.#ordinal += 1
    this.#calls ??= []
    this.#calls.push(call)
    if (this.#calls.length > longestLog) this.#calls.shift()
    return call
  }

  /** The CALL was answered, or never will be. */
  announce(call: LoggedCall): void {
    for (const listener of this.#listeners ?? []) listener(call)
  }
}

/** `IncomingCall` as the station fills it in. */
export class LoggedCall implements IncomingCall {
  readonly action: string
  readonly payload: object
  readonly atMicros: number
  readonly ordinal: number
  answer: object | undefined
  callError: string | undefined
  unanswered = false

  constructor(action: string, payload: object, atMicros: number, ordinal: number) {
    this.action = action
    this.payload = payload
    this.atMicros = atMicros
    this.ordinal = ordinal
  }
}
