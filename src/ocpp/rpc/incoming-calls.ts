import type { Barrier } from './barrier.ts'
import { CallError } from './error-codes.ts'
import type { CallFrame } from './frame.ts'
import { noReply, RawReply, type Reply, type ServedAction } from './service.ts'
import type { RpcOptions, RpcWire } from './wire.ts'

/** What a CALL is answered, or will be. */
export type OwnReply = Reply<object> | Promise<Reply<object>>

/** How many CALLs of a peer that does not wait for answers are kept, to be served in order. */
const longestInbox = 64

/**
 * The CALLs of the peer, served one at a time in the order they came. A handler that answers at
 * once costs no promise; while one is awaited, further CALLs wait in a bounded inbox.
 */
export class IncomingCalls<Context> {
  readonly #options: RpcOptions<Context>
  readonly #wire: RpcWire<Context>
  #handling: string | undefined
  #inbox: { readonly frame: CallFrame; readonly text: string }[] = []
  /** CALLs that are not valid; most connections never need any. */
  #invalid: WeakSet<CallFrame> | undefined

  constructor(options: RpcOptions<Context>, wire: RpcWire<Context>) {
    this.#options = options
    this.#wire = wire
  }

  receive(frame: CallFrame, text: string): void {
    if (this.#handling === undefined) this.#serve(frame, text)
    else this.#wait(frame, text)
  }

  /** Answers a CALL that was left without an answer so far. */
  answer(frame: CallFrame, reply: Reply<object> | CallError): void {
    if (reply instanceof CallError) this.#wire.refuse(frame.id, reply)
    else this.#answer(frame, this.#options.service.action(frame.action), reply)
  }

  /** The socket is gone: nobody waits for answers any more. */
  abandon(): void {
    this.#inbox = []
  }

  #wait(frame: CallFrame, text: string): void {
    const { id } = frame
    if (id === this.#handling || this.#inbox.some((waiting) => waiting.frame.id === id)) {
      this.#wire.find('RPC_DUPLICATE_ID', `message id ${id} is still being handled`, text)
      this.#wire.refuse(id, new CallError('ProtocolError', 'This message id is being handled'))
      return
    }
    this.#wire.find('RPC_TWO_CALLS', `${frame.action} came before the last CALL was answered`, text)
    if (this.#inbox.length >= longestInbox) {
      this.#wire.find('RPC_TOO_MANY_CALLS', `more than ${longestInbox} CALLs wait`, text)
      this.#wire.refuse(id, new CallError('GenericError', 'Too many CALLs wait for an answer'))
      return
    }
    this.#inbox.push({ frame, text })
  }

  #serve(frame: CallFrame, text: string): void {
    const { service, intercept, judge } = this.#options
    const served = service.action(frame.action)
    const objection = this.#objection(frame, served, text)
    if (objection) {
      this.#invalid ??= new WeakSet()
      this.#invalid.add(frame)
    } else {
      judge?.asked('peer', frame.id, frame.action, frame.payload, text)
    }
    try {
      const reply = intercept
        ? intercept(frame, () => this.#reply(frame, served, objection))
        : this.#reply(frame, served, objection)
      if (reply instanceof Promise) this.#await(frame, served, reply)
      else this.#answer(frame, served, reply)
    } catch (error) {
      this.#wire.refuse(frame.id, this.#asCallError(error, frame.action))
    }
  }

  /** Throws `CallError` where the CALL is refused. */
  #reply(
    frame: CallFrame,
    served: ServedAction<Context> | undefined,
    objection: CallError | undefined,
  ): OwnReply {
    const { context, admit, barrier } = this.#options
    const refusal = admit?.(frame.action, context) ?? objection
    if (refusal) throw refusal
    if (!served?.handler) {
      throw new CallError('NotSupported', `${frame.action} is not supported`)
    }
    const before = barrier?.changes
    const reply = served.handler(frame.payload, context)
    return barrier ? heldBack(reply, barrier, before) : reply
  }

  #objection(
    frame: CallFrame,
    served: ServedAction<Context> | undefined,
    text: string,
  ): CallError | undefined {
    const { service } = this.#options
    const { action } = frame
    if (!served) {
      this.#wire.find('RPC_UNKNOWN_ACTION', `unknown action "${action}"`, text)
      return new CallError('NotImplemented', `Unknown action ${action}`)
    }
    if (!served.legal) {
      const sender = service.role === 'csms' ? 'CSMS' : 'charging station'
      this.#wire.find('RPC_WRONG_DIRECTION', `${action} is sent by a ${sender} only`, text)
      return new CallError('NotSupported', `${action} is sent by a ${sender} only`)
    }
    if (served.unanswered) {
      this.#wire.find('RPC_SEND_OR_CALL', `${action} came as a CALL`, text)
      return new CallError('NotSupported', `${action} is a SEND, which has no answer`)
    }
    const fault = served.checkRequest?.(frame.payload)
    if (!fault) return undefined
    this.#wire.find('RPC_REQUEST_SCHEMA', `${action}: ${fault.text}`, text)
    return new CallError(fault.code, fault.text)
  }

  #await(
    frame: CallFrame,
    served: ServedAction<Context> | undefined,
    reply: Promise<Reply<object>>,
  ): void {
    this.#handling = frame.id
    reply
      .then(
        (payload) => this.#answer(frame, served, payload),
        (error: unknown) => this.#wire.refuse(frame.id, this.#asCallError(error, frame.action)),
      )
      .catch((error: unknown) => this.#wire.failed(frame.action, error))
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

  #answer(frame: CallFrame, served: ServedAction<Context> | undefined, reply: Reply<object>): void {
    if (reply === noReply) return
    const raw = reply instanceof RawReply
    const payload = raw ? reply.payload : reply
    const fault = served?.checkResponse?.(payload)
    if (fault && !raw) {
      const error = new Error(`the answer to ${frame.action} is not valid: ${fault.text}`)
      this.#wire.refuse(frame.id, this.#asCallError(error, frame.action))
      return
    }
    this.#judge(frame, payload, fault !== undefined)
    this.#wire.answer(frame.id, payload)
  }

  #judge(frame: CallFrame, payload: object, invalid: boolean): void {
    const { judge } = this.#options
    if (invalid) judge?.excuse()
    else if (!this.#invalid?.has(frame)) {
      judge?.answered('self', frame.id, frame.action, frame.payload, payload, '')
    }
  }

  #asCallError(error: unknown, action: string): CallError {
    if (error instanceof CallError) return error
    this.#wire.failed(action, error)
    return new CallError('InternalError', 'The request could not be handled')
  }
}

/** An answer as it may leave: at once where the handler changed nothing. */
function heldBack(reply: OwnReply, barrier: Barrier, changesBefore: number | undefined): OwnReply {
  if (reply instanceof Promise) return passedAfter(reply, barrier)
  const passed = barrier.changes === changesBefore ? undefined : barrier.passed()
  return passed ? passed.then(() => reply) : reply
}

/** What a handler changed while others were served cannot be told apart: it waits for everything. */
async function passedAfter(
  reply: Promise<Reply<object>>,
  barrier: Barrier,
): Promise<Reply<object>> {
  const payload = await reply
  await barrier.passed()
  return payload
}
