import { CallError, readErrorCode } from '../../ocpp/rpc/error-codes.ts'
import { noReply, RawReply, type Reply } from '../../ocpp/rpc/service.ts'
import type { ReplyOverride } from '../steps/actor.ts'
import type { IncomingLog, LoggedCall } from './incoming-log.ts'
import type { Station } from './station.ts'

/**
 * Serves the CALLs of the CSMS: keeps them for scripts, lets a script override the answer once, and
 * otherwise asks the version's behaviour, if the registration admits it.
 */
export class Serving {
  readonly #station: Station
  readonly #log: IncomingLog

  constructor(station: Station, log: IncomingLog) {
    this.#station = station
    this.#log = log
  }

  serve(action: string, request: object): Reply<object> | Promise<Reply<object>> {
    const { real } = this.#station.clocks
    const call = this.#log.arrived(action, request, real.monotonicMicros())
    const override = this.#log.takeOverride(action)
    if (!override || override.afterMs <= 0) return this.#respond(call, override?.reply)
    return new Promise<void>((resolve) => {
      real.after(override.afterMs, resolve)
    }).then(() => this.#respond(call, override.reply))
  }

  #respond(
    call: LoggedCall,
    override: ReplyOverride | undefined,
  ): Reply<object> | Promise<Reply<object>> {
    try {
      const reply = override ? overridden(override) : this.#ownReply(call)
      if (!(reply instanceof Promise)) {
        this.#served(call, reply)
        return reply
      }
      return reply.then(
        (late) => {
          this.#served(call, late)
          return late
        },
        (error: unknown) => {
          this.#served(call, undefined)
          throw error
        },
      )
    } catch (error) {
      this.#served(call, undefined)
      throw error
    }
  }

  #ownReply(call: LoggedCall): Reply<object> | Promise<Reply<object>> {
    const { behaviour, registration } = this.#station
    const admission = behaviour.admit(call.action, registration)
    if (admission === 'silent') return noReply
    if (admission !== 'serve') throw admission
    return behaviour.serve(call.action, call.payload)
  }

  /** @param reply undefined: a CALLERROR */
  #served(call: LoggedCall, reply: Reply<object> | undefined): void {
    if (reply !== noReply) call.answer = reply instanceof RawReply ? reply.payload : reply
    const answer = reply === undefined ? 'error' : reply === noReply ? 'none' : 'result'
    const station = this.#station
    station.fleet.observer.served(station, call.action, answer)
    station.afterwards(() => this.#log.announce(call))
  }
}

function overridden(override: ReplyOverride): Reply<object> {
  switch (override.kind) {
    case 'with':
      return new RawReply(override.payload)
    case 'callError':
      throw new CallError(readErrorCode(override.code) ?? 'GenericError', override.description)
    case 'never':
      return noReply
  }
}
