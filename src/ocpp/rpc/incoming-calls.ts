import { CallError } from './error-codes.ts'
import type { RpcRule } from './findings.ts'
import type { CallFrame } from './frame.ts'
import { noReply, RawReply, type Reply, type RpcService, type ServedAction } from './service.ts'

/** How many CALLs of a peer that does not wait for answers are kept, to be served in order. */
const longestInbox = 64

export interface IncomingOptions<Context> {
  readonly service: RpcService<Context>
  readonly context: Context
  /** Asked before a CALL is looked at; an error it returns is the answer (boot gate). */
  readonly admit?: (action: string, context: Context) => CallError | undefined
  readonly answer: (id: string, payload: object) => void
  readonly refuse: (id: string, error: CallError) => void
  readonly found: (rule: RpcRule, detail: string, text: string) => void
  readonly handlerFailed: (action: string, error: unknown) => void
}

/**
 * The CALLs of the peer, served one at a time in the order they came. A handler that answers at
 * once costs no promise; while one is awaited, further CALLs wait in a bounded inbox.
 */
export class IncomingCalls<Context> {
  readonly #options: IncomingOptions<Context>
  #handling: string | undefined
  #inbox: { readonly frame: CallFrame; readonly text: string }[] = []

  constructor(options: IncomingOptions<Context>) {
    this.#options = options
  }

  receive(frame: CallFrame, text: string): void {
    if (this.#handling === undefined) this.#serve(frame, text)
    else this.#wait(frame, text)
  }

  /** The socket is gone: nobody waits for answers any more. */
  abandon(): void {
    this.#inbox = []
  }

  #wait(frame: CallFrame, text: string): void {
    const { found, refuse } = this.#options
    const { id } = frame
    if (id === this.#handling || this.#inbox.some((waiting) => waiting.frame.id === id)) {
      found('RPC_DUPLICATE_ID', `message id ${id} is still being handled`, text)
      refuse(id, new CallError('ProtocolError', 'This message id is being handled'))
      return
    }
    found('RPC_TWO_CALLS', `${frame.action} came before the last CALL was answered`, text)
    if (this.#inbox.length >= longestInbox) {
      found('RPC_TOO_MANY_CALLS', `more than ${longestInbox} CALLs wait`, text)
      refuse(id, new CallError('GenericError', 'Too many CALLs wait for an answer'))
      return
    }
    this.#inbox.push({ frame, text })
  }

  #serve(frame: CallFrame, text: string): void {
    const { service, context, admit, refuse } = this.#options
    const served = service.action(frame.action)
    const refusal = admit?.(frame.action, context) ?? this.#objection(frame, served, text)
    if (refusal) {
      refuse(frame.id, refusal)
    } else if (!served?.handler) {
      refuse(frame.id, new CallError('NotSupported', `${frame.action} is not supported`))
    } else {
      try {
        const reply = served.handler(frame.payload, context)
        if (reply instanceof Promise) this.#await(frame, served, reply)
        else this.#answer(frame, served, reply)
      } catch (error) {
        refuse(frame.id, this.#asCallError(error, frame.action))
      }
    }
  }

  #objection(
    frame: CallFrame,
    served: ServedAction<Context> | undefined,
    text: string,
  ): CallError | undefined {
    const { found, service } = this.#options
    const { action } = frame
    if (!served) {
      found('RPC_UNKNOWN_ACTION', `unknown action "${action}"`, text)
      return new CallError('NotImplemented', `Unknown action ${action}`)
    }
    if (!served.legal) {
      const sender = service.role === 'csms' ? 'CSMS' : 'charging station'
      found('RPC_WRONG_DIRECTION', `${action} is sent by a ${sender} only`, text)
      return new CallError('NotSupported', `${action} is sent by a ${sender} only`)
    }
    const fault = served.checkRequest?.(frame.payload)
    if (!fault) return undefined
    found('RPC_REQUEST_SCHEMA', `${action}: ${fault.text}`, text)
    return new CallError(fault.code, fault.text)
  }

  #await(frame: CallFrame, served: ServedAction<Context>, reply: Promise<Reply<object>>): void {
    this.#handling = frame.id
    reply
      .then(
        (payload) => this.#answer(frame, served, payload),
        (error: unknown) => this.#options.refuse(frame.id, this.#asCallError(error, frame.action)),
      )
      .catch((error: unknown) => this.#options.handlerFailed(frame.action, error))
      .finally(() => this.#handled())
  }

  #handled(): void {
    this.#handling = undefined
    while (this.#handling === undefined) {
      const waiting = this.#inbox.shift()
      if (!waiting) return
      this.#serve(waiting.frame, waiting.text)
    }
  }

  #answer(frame: CallFrame, served: ServedAction<Context>, reply: Reply<object>): void {
    if (reply === noReply) return
    if (reply instanceof RawReply) {
      this.#options.answer(frame.id, reply.payload)
      return
    }
    const fault = served.checkResponse?.(reply)
    if (fault) {
      const error = new Error(`the answer to ${frame.action} is not valid: ${fault.text}`)
      this.#options.refuse(frame.id, this.#asCallError(error, frame.action))
    } else {
      this.#options.answer(frame.id, reply)
    }
  }

  #asCallError(error: unknown, action: string): CallError {
    if (error instanceof CallError) return error
    this.#options.handlerFailed(action, error)
    return new CallError('InternalError', 'The request could not be handled')
  }
}
