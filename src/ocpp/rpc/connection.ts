import type { Clock } from '../../shared/clock.ts'
import type { SchemaFault } from '../schemas.ts'
import type { Socket, SocketListener } from '../socket.ts'
import type { Call, CallOutcome } from './call.ts'
import { CallError, readErrorCode } from './error-codes.ts'
import { type Finding, finding, type RpcRule } from './findings.ts'
import {
  encodeCall,
  encodeCallError,
  encodeCallResult,
  encodeCallResultError,
  encodeSend,
  type Frame,
  type FrameFault,
  messageType,
  parseFrame,
} from './frame.ts'
import { noReply, type Reply, type RpcService, type ServedAction } from './service.ts'

/** Hears what passes through a connection. Called on the hot path: count, do not format. */
export interface RpcObserver {
  /** A frame was handed to the socket. `type` is 0 for raw text. */
  sent(type: number, text: string): void
  /** A frame arrived. `type` is 0 for what is no frame. */
  received(type: number, text: string): void
  /** The peer did something wrong. */
  found(finding: Finding): void
  /** An answer came for a CALL that had been given up. */
  lateAnswer(): void
  /** A handler failed with something else than a CallError. */
  handlerFailed(action: string, error: unknown): void
}

export interface RpcOptions<Context> {
  readonly socket: Socket
  readonly service: RpcService<Context>
  readonly context: Context
  readonly clock: Clock
  readonly observer: RpcObserver
  readonly nextMessageId: () => string
  /** How long a CALL may stay unanswered. */
  readonly callTimeoutMs: number
  /** How many CALLs may wait for their turn; more settle as `unsent`. */
  readonly longestQueue: number
  /** Asked before a CALL is served; an error it returns is the answer (boot gate). */
  readonly admit?: (action: string, context: Context) => CallError | undefined
  readonly closed: (code: number, reason: string) => void
}

/** How many CALLs of a peer that does not wait for answers are kept to be served in order. */
const longestInbox = 64
/** How many ids of given-up and answered CALLs are remembered, to tell late from unsolicited. */
const rememberedIds = 16

/**
 * One OCPP-J peer on one socket; the CSMS and a simulated station use the same class.
 *
 * Invariants: at most one own CALL is outstanding [1.6J 4.1.1]; the peer's CALLs are served one at
 * a time in the order they came, also while our own is outstanding (crossing CALLs); every call
 * handed in is settled exactly once. Timeouts are found by `sweep`, called by the owner.
 */
export class RpcConnection<Context> implements SocketListener {
  readonly #options: RpcOptions<Context>
  #outstanding: Call | undefined
  #deadlineMicros = 0
  readonly #queue: Call[] = []
  #handling: string | undefined
  readonly #inbox: Extract<Frame, { type: 2 }>[] = []
  readonly #givenUp: string[] = []
  readonly #answered: string[] = []
  #open = true

  constructor(options: RpcOptions<Context>) {
    this.#options = options
    options.socket.listen(this)
  }

  get open(): boolean {
    return this.#open
  }

  /** CALLs handed in and not settled, the outstanding one included. */
  get backlog(): number {
    return this.#queue.length + (this.#outstanding ? 1 : 0)
  }

  /** Sends a CALL as soon as none is outstanding. */
  call(call: Call): void {
    if (!this.#open) {
      this.#settle(call, { kind: 'unsent', reason: 'closed' })
    } else if (!this.#outstanding) {
      this.#transmit(call)
    } else if (this.#queue.length < this.#options.longestQueue) {
      this.#queue.push(call)
    } else {
      this.#settle(call, { kind: 'unsent', reason: 'full' })
    }
  }

  /** Sends a CALL without waiting for the outstanding one: breaks the rule on purpose. */
  pipeline(action: string, payload: object): void {
    const text = encodeCall(this.#options.nextMessageId(), action, payload)
    this.sendRaw(text)
  }

  /** Sends a SEND (2.1), which is never answered and waits for nothing. */
  send(action: string, payload: object): void {
    this.#write(messageType.send, encodeSend(this.#options.nextMessageId(), action, payload))
  }

  /** Sends any text, well-formed or not. */
  sendRaw(text: string): void {
    this.#write(0, text)
  }

  close(code = 1000, reason = ''): void {
    this.#options.socket.close(code, reason)
  }

  terminate(): void {
    this.#options.socket.terminate()
  }

  ping(answered?: () => void): void {
    this.#options.socket.ping(answered)
  }

  /** Gives up the outstanding CALL when its deadline has passed. Cheap: call it often. */
  sweep(nowMicros: number): void {
    if (!this.#outstanding || nowMicros < this.#deadlineMicros) return
    const call = this.#outstanding
    this.#outstanding = undefined
    remember(this.#givenUp, call.id)
    this.#settle(call, { kind: 'timeout' })
    this.#next()
  }

  text(text: string): void {
    const parsed = parseFrame(text, this.#options.service.version)
    if ('fault' in parsed) {
      this.#options.observer.received(parsed.fault.type ?? 0, text)
      this.#unreadable(parsed.fault, text)
      return
    }
    const frame = parsed.frame
    this.#options.observer.received(frame.type, text)
    switch (frame.type) {
      case 2:
        this.#receiveCall(frame, text)
        break
      case 6:
        this.#receiveSend(frame, text)
        break
      case 3:
        this.#receiveResult(frame, text)
        break
      case 4:
        this.#receiveError(frame, text)
        break
      case 5:
        this.#find('RPC_RESULT_ERROR', `${frame.code} ${frame.description}`, text)
    }
  }

  binary(bytes: number): void {
    this.#options.observer.received(0, '')
    this.#find('RPC_BINARY', `a binary frame of ${bytes} bytes`, '')
  }

  closed(code: number, reason: string): void {
    this.#open = false
    const outstanding = this.#outstanding
    this.#outstanding = undefined
    if (outstanding) this.#settle(outstanding, { kind: 'lost' })
    for (const call of this.#queue.splice(0)) {
      this.#settle(call, { kind: 'unsent', reason: 'closed' })
    }
    this.#inbox.length = 0
    this.#options.closed(code, reason)
  }

  #transmit(call: Call): void {
    const { clock, callTimeoutMs, nextMessageId } = this.#options
    this.#outstanding = call
    call.id = call.fixedId ?? nextMessageId()
    const now = clock.monotonicMicros()
    call.sentMicros = now
    this.#deadlineMicros = now + (call.timeoutMs ?? callTimeoutMs) * 1000
    this.#write(messageType.call, encodeCall(call.id, call.action, call.payload))
  }

  #write(type: number, text: string): void {
    if (!this.#open) return
    this.#options.socket.send(text)
    this.#options.observer.sent(type, text)
  }

  #next(): void {
    if (this.#outstanding) return
    const call = this.#queue.shift()
    if (call) this.#transmit(call)
  }

  #settle(call: Call, outcome: CallOutcome): void {
    call.settledMicros = this.#options.clock.monotonicMicros()
    call.settled(outcome, call)
  }

  /** Takes the outstanding CALL if `id` is its; otherwise counts what kind of stray answer it is. */
  #claim(id: string, text: string): Call | undefined {
    const call = this.#outstanding
    if (call && call.id === id) {
      this.#outstanding = undefined
      remember(this.#answered, id)
      return call
    }
    if (this.#givenUp.includes(id)) {
      this.#options.observer.lateAnswer()
    } else if (this.#answered.includes(id)) {
      this.#find('RPC_DUPLICATE_ANSWER', `a second answer to ${id}`, text)
    } else {
      this.#find('RPC_UNSOLICITED_ANSWER', `an answer to ${id}, which nobody asked`, text)
    }
    return undefined
  }

  #receiveResult(frame: Extract<Frame, { type: 3 }>, text: string): void {
    const call = this.#claim(frame.id, text)
    if (!call) return
    const check = this.#options.service.action(call.action)?.checkResponse
    const fault = check?.(frame.payload)
    if (fault) {
      this.#rejectResult(call, frame.payload, fault, text)
    } else {
      this.#settle(call, { kind: 'result', payload: frame.payload })
    }
    this.#next()
  }

  #rejectResult(call: Call, payload: object, fault: SchemaFault, text: string): void {
    this.#find('RPC_RESPONSE_SCHEMA', `${call.action}: ${fault.text}`, text)
    if (this.#options.service.version === 'ocpp2.1') {
      const answer = encodeCallResultError(call.id, fault.code, fault.text)
      this.#write(messageType.callResultError, answer)
    }
    this.#settle(call, { kind: 'invalid', payload, fault: fault.text })
  }

  #receiveError(frame: Extract<Frame, { type: 4 | 5 }>, text: string): void {
    // "-1" answers a frame whose id the peer could not read [2.0.1 Part 4 4.2.3].
    if (frame.id === '-1' && this.#outstanding?.id !== '-1') return
    const call = this.#claim(frame.id, text)
    if (!call) return
    const code = readErrorCode(frame.code)
    if (!code) this.#find('RPC_ERROR_CODE', `unknown error code "${frame.code}"`, text)
    const { description, details } = frame
    this.#settle(call, { kind: 'error', code, wireCode: frame.code, description, details })
    this.#next()
  }

  #receiveSend(frame: Extract<Frame, { type: 6 }>, text: string): void {
    const served = this.#options.service.action(frame.action)
    if (!served) {
      this.#find('RPC_UNKNOWN_ACTION', `unknown action "${frame.action}"`, text)
      return
    }
    const fault = served.checkRequest?.(frame.payload)
    if (fault) this.#find('RPC_REQUEST_SCHEMA', `${frame.action}: ${fault.text}`, text)
    else if (served.handler) {
      try {
        void served.handler(frame.payload, this.#options.context)
      } catch (error) {
        this.#options.observer.handlerFailed(frame.action, error)
      }
    }
  }

  #receiveCall(frame: Extract<Frame, { type: 2 }>, text: string): void {
    if (this.#handling === undefined) {
      this.#serve(frame, text)
      return
    }
    if (frame.id === this.#handling || this.#inbox.some((waiting) => waiting.id === frame.id)) {
      this.#find('RPC_DUPLICATE_ID', `message id ${frame.id} is still being handled`, text)
      this.#refuse(frame.id, new CallError('ProtocolError', 'This message id is being handled'))
      return
    }
    this.#find('RPC_TWO_CALLS', `${frame.action} came before the last CALL was answered`, text)
    if (this.#inbox.length >= longestInbox) {
      this.#find('RPC_TOO_MANY_CALLS', `more than ${longestInbox} CALLs wait`, text)
      this.#refuse(frame.id, new CallError('GenericError', 'Too many CALLs wait for an answer'))
      return
    }
    this.#inbox.push(frame)
  }

  #serve(frame: Extract<Frame, { type: 2 }>, text: string): void {
    const { service, context, admit, observer } = this.#options
    const served = service.action(frame.action)
    const refusal = admit?.(frame.action, context) ?? this.#objection(frame, served, text)
    if (refusal) {
      this.#refuse(frame.id, refusal)
      return
    }
    if (!served?.handler) {
      this.#refuse(frame.id, new CallError('NotSupported', `${frame.action} is not supported`))
      return
    }
    try {
      const reply = served.handler(frame.payload, context)
      if (reply instanceof Promise) this.#await(frame, served, reply)
      else this.#answer(frame, served, reply)
    } catch (error) {
      this.#refuse(frame.id, asCallError(error, frame.action, observer))
    }
  }

  #objection(
    frame: Extract<Frame, { type: 2 }>,
    served: ServedAction<Context> | undefined,
    text: string,
  ): CallError | undefined {
    if (!served) {
      this.#find('RPC_UNKNOWN_ACTION', `unknown action "${frame.action}"`, text)
      return new CallError('NotImplemented', `Unknown action ${frame.action}`)
    }
    if (!served.legal) {
      const by = this.#options.service.role
      this.#find('RPC_WRONG_DIRECTION', `${frame.action} is sent by the ${by} only`, text)
      return new CallError('NotSupported', `${frame.action} is sent by the ${by} only`)
    }
    const fault = served.checkRequest?.(frame.payload)
    if (!fault) return undefined
    this.#find('RPC_REQUEST_SCHEMA', `${frame.action}: ${fault.text}`, text)
    return new CallError(fault.code, fault.text)
  }

  #await(
    frame: Extract<Frame, { type: 2 }>,
    served: ServedAction<Context>,
    reply: Promise<Reply<object>>,
  ): void {
    this.#handling = frame.id
    reply
      .then(
        (payload) => this.#answer(frame, served, payload),
        (error: unknown) =>
          this.#refuse(frame.id, asCallError(error, frame.action, this.#options.observer)),
      )
      .finally(() => this.#handled())
      .catch((error: unknown) => this.#options.observer.handlerFailed(frame.action, error))
  }

  #handled(): void {
    this.#handling = undefined
    for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) {
      this.#serve(next, '')
      if (this.#handling !== undefined) return
    }
  }

  #answer(
    frame: Extract<Frame, { type: 2 }>,
    served: ServedAction<Context>,
    reply: Reply<object>,
  ): void {
    if (reply === noReply) return
    const fault = served.checkResponse?.(reply)
    if (fault) {
      const error = new Error(`the answer to ${frame.action} is not valid: ${fault.text}`)
      this.#refuse(frame.id, asCallError(error, frame.action, this.#options.observer))
      return
    }
    this.#write(messageType.callResult, encodeCallResult(frame.id, reply))
  }

  #refuse(id: string, error: CallError): void {
    const { version } = this.#options.service
    const text = encodeCallError(version, id, error.code, error.message, error.details)
    this.#write(messageType.callError, text)
  }

  #unreadable(fault: FrameFault, text: string): void {
    if (fault.unknownType) {
      // To be ignored: also in 2.0.1, whose MessageTypeNotSupported later errata withdraw.
      this.#find('RPC_UNKNOWN_TYPE', fault.reason, text)
      return
    }
    this.#find('RPC_NOT_A_FRAME', fault.reason, text)
    const { version } = this.#options.service
    if (fault.id !== undefined && fault.type === messageType.call) {
      this.#refuse(fault.id, new CallError('FormatViolation', fault.reason))
    } else if (fault.id === undefined && version !== 'ocpp1.6' && !isAnswer(fault.type)) {
      // [2.0.1 Part 4 4.2.3]: an unreadable message id is answered with "-1". 1.6 has no such id;
      // there silence is the answer that no peer can take for another CALL's.
      this.#refuse('-1', new CallError('RpcFrameworkError', fault.reason))
    }
  }

  #find(rule: RpcRule, detail: string, text: string): void {
    this.#options.observer.found(finding(rule, this.#options.service.version, detail, text))
  }
}

/** Never answer an answer: two confused peers would do nothing else any more. */
function isAnswer(type: number | undefined): boolean {
  return type === 3 || type === 4 || type === 5
}

function asCallError(error: unknown, action: string, observer: RpcObserver): CallError {
  if (error instanceof CallError) return error
  observer.handlerFailed(action, error)
  return new CallError('InternalError', 'The request could not be handled')
}

function remember(ids: string[], id: string): void {
  ids.push(id)
  if (ids.length > rememberedIds) ids.shift()
}
