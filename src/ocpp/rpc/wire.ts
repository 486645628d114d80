import type { Clock } from '../../shared/clock.ts'
import type { Socket } from '../socket.ts'
import type { Barrier } from './barrier.ts'
import type { Call } from './call.ts'
import type { CallError } from './error-codes.ts'
import { type Finding, finding, type RpcRule } from './findings.ts'
import {
  type CallFrame,
  encodeCall,
  encodeCallError,
  encodeCallResult,
  messageType,
} from './frame.ts'
import type { OwnReply } from './incoming-calls.ts'
import type { ConnectionJudge } from './judge.ts'
import type { RpcService } from './service.ts'

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
  /** Our own side failed: a handler threw no CallError, or built a payload that is not valid. */
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
  /**
   * Stands between a CALL and its answer. Asked with what is answered otherwise, which throws
   * `CallError` for a refusal; `noReply`: the answer follows through `RpcConnection.answer`, or none.
   */
  readonly intercept?: ((frame: CallFrame, own: () => OwnReply) => OwnReply) | undefined
  /** What an answer to a CALL that changed something waits for. */
  readonly barrier?: Barrier | undefined
  /** Looks for what the order of messages proves wrong. */
  readonly judge?: ConnectionJudge | undefined
  readonly closed: (code: number, reason: string) => void
}

/**
 * This side's end of the wire: what it writes, and whom it tells of what the peer did. One object that
 * the parts of a connection share, where closures and option objects took 0.5 KiB of a connection.
 */
export class RpcWire<Context> {
  readonly #options: RpcOptions<Context>
  open = true

  constructor(options: RpcOptions<Context>) {
    this.#options = options
  }

  write(type: number, text: string): void {
    if (!this.open) return
    this.#options.observer.sent(type, text)
    this.#options.socket.send(text)
  }

  /** Puts a CALL on the wire; one that is not valid is our own fault, and goes out all the same. */
  transmit(call: Call): void {
    const { service, observer, judge } = this.#options
    const fault = service.action(call.action)?.checkRequest?.(call.payload)
    if (fault && !call.raw) {
      observer.handlerFailed(call.action, new Error(`the request is not valid: ${fault.text}`))
    }
    if (fault) judge?.excuse()
    else judge?.asked('self', call.id, call.action, call.payload, '')
    this.write(messageType.call, encodeCall(call.id, call.action, call.payload))
  }

  answer(id: string, payload: object): void {
    this.write(messageType.callResult, encodeCallResult(id, payload))
  }

  refuse(id: string, error: CallError): void {
    const { version } = this.#options.service
    const text = encodeCallError(version, id, error.code, error.message, error.details)
    this.write(messageType.callError, text)
  }

  /** The peer did something wrong; `text` is the frame that shows it. */
  find(rule: RpcRule, detail: string, text: string): void {
    const { observer, service } = this.#options
    observer.found(finding(rule, service.version, detail, text))
  }

  /** Our own side failed. */
  failed(action: string, error: unknown): void {
    this.#options.observer.handlerFailed(action, error)
  }
}
