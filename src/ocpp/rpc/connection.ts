import type { SchemaFault } from '../schemas.ts'
import type { SocketListener } from '../socket.ts'
import type { Call } from './call.ts'
import { CallError, readErrorCode } from './error-codes.ts'
import {
  type CallFrame,
  type ErrorFrame,
  encodeCall,
  encodeCallResultError,
  encodeSend,
  type FrameFault,
  messageType,
  parseFrame,
  type ResultFrame,
  type SendFrame,
} from './frame.ts'
import { IncomingCalls } from './incoming-calls.ts'
import { OutgoingCalls } from './outgoing-calls.ts'
import type { Reply } from './service.ts'
import { type RpcOptions, RpcWire } from './wire.ts'

/**
 * One OCPP-J peer on one socket; the CSMS and a simulated station use the same class. Crossing
 * CALLs are served while our own is outstanding. Timeouts are found by `sweep`, called by the owner.
 */
export class RpcConnection<Context> implements SocketListener {
  readonly #options: RpcOptions<Context>
  readonly #wire: RpcWire<Context>
  readonly #outgoing: OutgoingCalls
  readonly #incoming: IncomingCalls<Context>
  /** This side began to close. */
  #leaving = false

  constructor(options: RpcOptions<Context>) {
    this.#options = options
    this.#wire = new RpcWire(options)
    this.#outgoing = new OutgoingCalls(options, this.#wire)
    this.#incoming = new IncomingCalls(options, this.#wire)
    options.socket.listen(this)
  }

  get open(): boolean {
    return this.#wire.open
  }

  /** CALLs handed in and not settled, the outstanding one included. */
  get backlog(): number {
    return this.#outgoing.backlog
  }

  /** Sends a CALL as soon as none is outstanding. */
  call(call: Call): void {
    if (this.#wire.open) this.#outgoing.add(call)
    else this.#outgoing.settle(call, { kind: 'unsent', reason: 'closed' })
  }

  /** Takes back a CALL that was not sent yet; it is then never settled. False: too late. */
  withdraw(call: Call): boolean {
    return this.#outgoing.withdraw(call)
  }

  /** Answers a CALL that `intercept` left without an answer. */
  answer(frame: CallFrame, reply: Reply<object> | CallError): void {
    this.#incoming.answer(frame, reply)
  }

  /** Sends a CALL without waiting for the outstanding one: breaks the rule on purpose. */
  pipeline(action: string, payload: object): void {
    this.sendRaw(encodeCall(this.#options.nextMessageId(), action, payload))
  }

  /** Sends a SEND (2.1), which is never answered and waits for nothing. */
  send(action: string, payload: object): void {
    const id = this.#options.nextMessageId()
    this.#options.judge?.asked('self', id, action, payload, '')
    this.#outgoing.addSend(id)
    this.#wire.write(messageType.send, encodeSend(id, action, payload))
  }

  /** Sends any text, well-formed or not. */
  sendRaw(text: string): void {
    this.#options.judge?.excuse()
    this.#wire.write(0, text)
  }

  close(code = 1000, reason = ''): void {
    this.#leaving = true
    this.#options.socket.close(code, reason)
  }

  terminate(): void {
    this.#leaving = true
    this.#options.socket.terminate()
  }

  ping(answered?: () => void): void {
    this.#options.socket.ping(answered)
  }

  /** Gives up the outstanding CALL when its deadline has passed. Cheap: call it often. */
  sweep(nowMicros: number): void {
    this.#outgoing.sweep(nowMicros)
  }

  text(text: string): void {
    const { frame, fault } = parseFrame(text, this.#options.service.version)
    if (fault) {
      this.#options.observer.received(fault.type ?? 0, text)
      this.#unreadable(fault, text)
      return
    }
    this.#options.observer.received(frame.type, text)
    switch (frame.type) {
      case messageType.call:
        this.#incoming.receive(frame, text)
        break
      case messageType.callResult:
        this.#receiveResult(frame, text)
        break
      case messageType.callError:
        this.#receiveError(frame, text)
        break
      case messageType.callResultError:
        this.#wire.find('RPC_RESULT_ERROR', `${frame.code} ${frame.description}`, text)
        break
      case messageType.send:
        this.#receiveSend(frame, text)
    }
  }

  binary(bytes: number): void {
    this.#options.observer.received(0, '')
    this.#wire.find('RPC_BINARY', `a binary frame of ${bytes} bytes`, '')
  }

  /** This side let go of the socket: what becomes of it is not waited for. */
  left(code: number, reason: string): void {
    this.#leaving = true
    this.closed(code, reason)
  }

  closed(code: number, reason: string, unreadable = false): void {
    if (unreadable) {
      const rule = code === tooLong ? 'RPC_FRAME_SIZE' : 'RPC_WEBSOCKET'
      this.#wire.find(rule, `closed with ${code}: ${reason}`, '')
    }
    if (!this.#leaving) this.#options.judge?.closed(code)
    this.#wire.open = false
    this.#outgoing.abandon()
    this.#incoming.abandon()
    this.#options.closed(code, reason)
  }

  /** Takes the outstanding CALL if `id` is its; otherwise says what kind of stray answer came. */
  #claim(id: string, text: string): Call | undefined {
    const claim = this.#outgoing.claim(id)
    switch (claim) {
      case 'late':
        this.#options.observer.lateAnswer()
        return undefined
      case 'duplicate':
        this.#wire.find('RPC_DUPLICATE_ANSWER', `a second answer to ${id}`, text)
        return undefined
      case 'send':
        this.#wire.find('RPC_SEND_ANSWERED', `an answer to ${id}, which was a SEND`, text)
        return undefined
      case 'unsolicited':
        this.#wire.find('RPC_UNSOLICITED_ANSWER', `an answer to ${id}, which nobody asked`, text)
        return undefined
      default:
        return claim
    }
  }

  #receiveResult(frame: ResultFrame, text: string): void {
    const call = this.#claim(frame.id, text)
    if (!call) return
    const { service, judge } = this.#options
    const { payload } = frame
    const fault = service.action(call.action)?.checkResponse?.(payload)
    if (fault) {
      this.#rejectResult(call, payload, fault, text)
    } else {
      judge?.answered('peer', call.id, call.action, call.payload, payload, text)
      this.#outgoing.settle(call, { kind: 'result', payload })
    }
    this.#outgoing.next()
  }

  #rejectResult(call: Call, payload: object, fault: SchemaFault, text: string): void {
    this.#wire.find('RPC_RESPONSE_SCHEMA', `${call.action}: ${fault.text}`, text)
    if (this.#options.service.version === 'ocpp2.1') {
      const answer = encodeCallResultError(call.id, fault.code, fault.text)
      this.#wire.write(messageType.callResultError, answer)
    }
    this.#outgoing.settle(call, { kind: 'invalid', payload, fault: fault.text })
  }

  #receiveError(frame: ErrorFrame, text: string): void {
    // "-1" answers a frame whose id the peer could not read [2.0.1 Part 4 4.2.3].
    if (frame.id === '-1' && this.#outgoing.outstandingId !== '-1') return
    const call = this.#claim(frame.id, text)
    if (!call) return
    const code = readErrorCode(frame.code)
    if (!code) this.#wire.find('RPC_ERROR_CODE', `unknown error code "${frame.code}"`, text)
    const { description, details } = frame
    const outcome = { kind: 'error', code, wireCode: frame.code, description, details } as const
    this.#outgoing.settle(call, outcome)
    this.#outgoing.next()
  }

  #receiveSend(frame: SendFrame, text: string): void {
    const { service, context, observer, judge } = this.#options
    const served = service.action(frame.action)
    if (!served) {
      this.#wire.find('RPC_UNKNOWN_ACTION', `unknown action "${frame.action}"`, text)
      return
    }
    if (!served.unanswered) {
      this.#wire.find('RPC_SEND_OR_CALL', `${frame.action} came as a SEND`, text)
      return
    }
    if (!served.legal) {
      this.#wire.find('RPC_WRONG_DIRECTION', `this side alone sends ${frame.action}`, text)
      return
    }
    const fault = served.checkRequest?.(frame.payload)
    if (fault) {
      this.#wire.find('RPC_REQUEST_SCHEMA', `${frame.action}: ${fault.text}`, text)
      return
    }
    judge?.asked('peer', frame.id, frame.action, frame.payload, text)
    const failed = (error: unknown): void => observer.handlerFailed(frame.action, error)
    try {
      const reply = served.handler?.(frame.payload, context)
      if (reply instanceof Promise) reply.catch(failed)
    } catch (error) {
      failed(error)
    }
  }

  #unreadable(fault: FrameFault, text: string): void {
    if (fault.unknownType) {
      // To be ignored: also in 2.0.1, whose MessageTypeNotSupported later errata withdraw.
      this.#wire.find('RPC_UNKNOWN_TYPE', fault.reason, text)
      return
    }
    this.#wire.find('RPC_NOT_A_FRAME', fault.reason, text)
    if (fault.id !== undefined && fault.type === messageType.call) {
      this.#wire.refuse(fault.id, new CallError('FormatViolation', fault.reason))
    } else if (
      fault.id === undefined &&
      this.#options.service.version !== 'ocpp1.6' &&
      !isAnswer(fault.type)
    ) {
      // [2.0.1 Part 4 4.2.3]: an unreadable message id is answered with "-1". 1.6 has no such id;
      // there silence is the answer that no peer can take for another CALL's.
      this.#wire.refuse('-1', new CallError('RpcFrameworkError', fault.reason))
    }
  }
}

/** The close code for a frame that is longer than this side takes [RFC 6455 7.4.1]. */
const tooLong = 1009

/** Never answer an answer: two confused peers would do nothing else any more. */
function isAnswer(type: number | undefined): boolean {
  return type === 3 || type === 4 || type === 5
}
