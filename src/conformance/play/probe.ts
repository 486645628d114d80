import { actionInfo } from '../../ocpp/action.ts'
import type { ConnectFailure, Dial, StationTls } from '../../ocpp/dial.ts'
import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import {
  encodeCall,
  encodeCallError,
  encodeCallResult,
  encodeSend,
  messageType,
  type Parsed,
  parseFrame,
} from '../../ocpp/rpc/frame.ts'
import type { PayloadValidators } from '../../ocpp/schemas.ts'
import type { Socket } from '../../ocpp/socket.ts'
import { isOcppVersion, type OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import { Arrivals } from './arrivals.ts'
import { ConnectionRules } from './connection-rules.ts'
import { type Fault, Faults } from './faults.ts'
import { HeardCalls } from './heard-calls.ts'
import { LeftOvers } from './left-overs.ts'
import { ListVersion } from './list-version.ts'
import { type Answer, OwnCalls, type Waiting } from './own-calls.ts'
import type { Trace } from './trace.ts'

/** A CALL or SEND that the CSMS sent. */
export interface Incoming {
  readonly id: string
  readonly action: string
  readonly payload: object
  readonly frame: number
}

export interface ProbeOptions {
  readonly version: OcppVersion
  readonly validators: PayloadValidators
  readonly clock: Clock
  readonly trace: Trace
  /** Fresh on every connection of every run. */
  readonly nextId: () => string
  /** What is answered to a CALL that no move waits for; undefined: nothing. */
  readonly answerTo: (
    incoming: Incoming,
  ) => object | { readonly callError: RpcErrorCode } | undefined
  /** Actions that moves of the case wait for: they are kept until one does. */
  readonly awaited: ReadonlySet<string>
}

export interface Credentials {
  readonly url: string
  readonly protocols: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly compression?: boolean | undefined
  readonly tls?: () => StationTls
}

/** How an upgrade went. */
export type Handshake =
  | { readonly kind: 'open'; readonly protocol: string; readonly entry: number }
  | {
      readonly kind: 'refused'
      readonly failure: ConnectFailure
      readonly detail: string
      readonly status: number | undefined
      readonly entry: number
    }

/**
 * A charging station that says exactly what it is told to, and writes down everything. It has no
 * physics and no opinions: cases say what happens, frames say what came of it.
 */
export class Probe {
  readonly arrivals: Arrivals
  readonly #faults = new Faults()
  readonly #calls: OwnCalls
  readonly #options: ProbeOptions
  readonly #leftOvers: LeftOvers
  #heard = new HeardCalls()
  readonly #listVersion = new ListVersion()
  /** This side began to close the latest connection. */
  #closing = false
  /** The latest connection: what is said goes there. */
  #socket: Socket | undefined
  #open = false
  /** How the latest connection ended. */
  #closed: string | undefined
  /** All that are open. */
  readonly #sockets = new Set<Socket>()
  /** Undefined where another version is spoken than that of the case. */
  #rules: ConnectionRules | undefined

  constructor(options: ProbeOptions) {
    this.#options = options
    this.arrivals = new Arrivals(options.clock)
    this.#leftOvers = new LeftOvers(options.version)
    this.#calls = new OwnCalls(options.clock, this.#faults)
  }

  /** Of the whole case, over all its connections. */
  get faults(): readonly Fault[] {
    return this.#faults.kept
  }

  get open(): boolean {
    return this.#open
  }

  connect(
    dial: Dial,
    { url, protocols, headers, tls, compression }: Credentials,
    timeoutMs: number,
  ): Promise<Handshake> {
    const { trace } = this.#options
    return new Promise((resolve) => {
      dial(
        { url, protocols, headers, timeoutMs, compression, ...(tls && { tls }) },
        {
          opened: (socket) => {
            const words = `open, subprotocol ${socket.protocol || '(none)'}`
            const entry = trace.note('csms', 'open', words)
            this.#begin(socket)
            resolve({ kind: 'open', protocol: socket.protocol, entry })
          },
          failed: (failure, detail, status) => {
            const entry = trace.note('csms', 'refused', detail)
            resolve({ kind: 'refused', failure, detail, status, entry })
          },
        },
      )
    })
  }

  call(action: string, payload: object, timeoutMs: number): Promise<Answer> {
    if (!this.#open) return Promise.resolve({ kind: 'closed', how: this.#closed })
    const id = this.#options.nextId()
    const answer = this.#calls.begin(id, { action, payload, timeoutMs })
    const frame = this.#say(encodeCall(id, action, payload))
    this.#rules?.asked('self', id, action, payload, frame)
    return answer
  }

  /** SEND (2.1): nothing comes back. */
  send(action: string, payload: object): void {
    const id = this.#options.nextId()
    const frame = this.#say(encodeSend(id, action, payload))
    this.#rules?.asked('self', id, action, payload, frame)
  }

  result(incoming: Incoming, response: object): void {
    const { id, action, payload: request } = incoming
    this.#listVersion.answered(incoming, response)
    this.#heard.answered(id)
    const frame = this.#say(encodeCallResult(id, response))
    this.#rules?.answered('self', id, { action, request, response }, frame)
  }

  /** CALLs with this action that came without being wanted are answered: no move takes them. */
  dismiss(action: string): void {
    for (const incoming of this.arrivals.drop(action)) this.#reply(incoming)
  }

  refuse({ id }: Incoming, code: RpcErrorCode): void {
    const words = 'the case wants it refused'
    this.#heard.answered(id)
    this.#say(encodeCallError(this.#options.version, id, code, words))
  }

  /** Any text. */
  raw(text: string): void {
    this.#rules?.excuse()
    this.#say(text)
  }

  /** One WebSocket frame, however odd. */
  frame(bytes: Uint8Array, as: { readonly binary: boolean; readonly fin: boolean }): void {
    this.#rules?.excuse()
    const kind = `${as.binary ? 'binary' : 'text'}${as.fin ? '' : ', to be continued'}`
    this.#options.trace.frame('station', `(${kind}, ${bytes.length} bytes)`)
    this.#socket?.bare?.write(bytes, as)
  }

  /** What the upgrade agreed on beside the subprotocol; empty for nothing. */
  get extensions(): string {
    return this.#socket?.bare?.extensions ?? ''
  }

  /** Connections of this identity that are open: two where an earlier one was not closed. */
  get connections(): number {
    return this.#sockets.size
  }

  /** Answers with this message id are looked at by the case: none of them is a fault by itself. */
  expect(id: string): void {
    this.#calls.expect(id)
  }

  ping(answered: () => void): void {
    this.#socket?.ping(answered)
  }

  /** A line of the trace, beside those of its connections. */
  note(kind: 'open' | 'refused', words: string): number {
    return this.#options.trace.note('csms', kind, words)
  }

  /** The case is over: what brings that to an end which the station began in it. */
  leave(timestamp: string): ReturnType<LeftOvers['ending']> {
    this.#faults.close()
    return this.#leftOvers.ending(timestamp)
  }

  /** The closing handshake, as a station that goes away: on every connection that it has. */
  close(code = 1000): void {
    this.#closing = true
    for (const socket of this.#sockets) socket.close(code, '')
  }

  /** As a power loss: nothing is said. */
  drop(): void {
    this.#socket?.terminate()
  }

  #begin(socket: Socket): void {
    this.#socket = socket
    this.#open = true
    this.#sockets.add(socket)
    this.#heard = new HeardCalls()
    this.#closing = false
    this.#rules = this.#rulesOf(socket)
    socket.listen({
      text: (text) => this.#hear(socket, text),
      binary: (bytes) => {
        const frame = this.#options.trace.frame('csms', `(binary, ${bytes} bytes)`)
        this.#faults.add('RPC_BINARY', 'MUST', `a binary frame of ${bytes} bytes`, frame)
      },
      closed: (code, reason) => {
        const words = `closed with ${code}${reason && `: ${reason}`}`
        const entry = this.#options.trace.note('csms', 'close', words)
        this.#sockets.delete(socket)
        if (socket !== this.#socket) return
        if (!this.#closing) this.#rules?.closed(code, entry)
        this.#open = false
        this.#closed = `closed with ${code}${reason && ` (${reason})`}`
        this.#calls.closed(this.#closed)
        this.arrivals.closed(code)
      },
    })
  }

  #rulesOf({ protocol }: Socket): ConnectionRules | undefined {
    if (protocol !== this.#options.version) return undefined
    return new ConnectionRules(this.#options, ({ rule, level, detail }, frame) =>
      this.#faults.add(rule, level, detail, frame),
    )
  }

  /** Where it stands in the trace. */
  #say(text: string): number {
    if (!this.#open) return 0
    const frame = this.#options.trace.frame('station', text)
    this.#socket?.send(text)
    return frame
  }

  #hear(socket: Socket, text: string): void {
    const { trace, version } = this.#options
    const at = trace.frame('csms', text)
    const { watched } = this.arrivals
    this.arrivals.text(text, at)
    if (socket !== this.#socket) return
    const spoken = isOcppVersion(socket.protocol) ? socket.protocol : version
    const { frame, fault } = parseFrame(text, spoken)
    if (!fault) this.#heardFrame(frame, at)
    else if (!watched) {
      const rule = fault.unknownType ? 'RPC_UNKNOWN_TYPE' : 'RPC_NOT_A_FRAME'
      this.#faults.add(rule, fault.unknownType ? 'SHOULD' : 'MUST', fault.reason, at)
    }
  }

  #heardFrame(frame: NonNullable<Parsed['frame']>, at: number): void {
    switch (frame.type) {
      case messageType.call:
      case messageType.send: {
        const { id, action, payload } = frame
        this.#incoming({ id, action, payload, frame: at }, frame.type)
        break
      }
      case messageType.callResult: {
        const { id, payload } = frame
        const waiting = this.#calls.answered(id, at)
        if (waiting) this.#answered(waiting, id, payload, at)
        break
      }
      case messageType.callError: {
        const { id, code, description } = frame
        this.#calls.answered(id, at)?.settle({ kind: 'callError', code, description, frame: at })
        break
      }
      case messageType.callResultError:
    }
  }

  #answered(
    { action, payload: request, settle }: Waiting,
    id: string,
    response: object,
    at: number,
  ) {
    this.#judge(action, 'response', response, at)
    this.#rules?.answered('peer', id, { action, request, response }, at)
    this.#leftOvers.told(action, request, response)
    settle({ kind: 'result', payload: response, frame: at })
  }

  #incoming(incoming: Incoming, type: 2 | 6): void {
    const { version, awaited } = this.#options
    const info = actionInfo(version, incoming.action)
    if (!info) {
      this.#faults.add(
        'RPC_UNKNOWN_ACTION',
        'MUST',
        `unknown action "${incoming.action}"`,
        incoming.frame,
      )
    } else if (info.from === 'station') {
      this.#faults.add(
        'RPC_WRONG_DIRECTION',
        'MUST',
        `${incoming.action} is sent by stations`,
        incoming.frame,
      )
    }
    const { id, action, payload, frame } = incoming
    const again = this.#heard.objectionTo(id, this.#options.clock.monotonicMicros() / 1000)
    if (again !== undefined) this.#faults.add('RPC_DUPLICATE_ID', 'MUST', again, frame)
    this.#judge(action, 'request', payload, frame)
    this.#rules?.asked('peer', id, action, payload, frame)
    if (this.arrivals.call(incoming, awaited.has(incoming.action)) || type === messageType.send)
      return
    if (!info) {
      this.refuse(incoming, 'NotImplemented')
      return
    }
    this.#reply(incoming)
  }

  /** As a station whose case does not care. */
  #reply(incoming: Incoming): void {
    const answer = this.#listVersion.answerTo(incoming) ?? this.#options.answerTo(incoming)
    if (!answer) return
    if ('callError' in answer) this.refuse(incoming, answer.callError as RpcErrorCode)
    else this.result(incoming, answer)
  }

  #judge(action: string, kind: 'request' | 'response', payload: object, at: number): void {
    const { validators, version } = this.#options
    const fault = validators.check(version, action, kind)?.(payload)
    if (!fault) return
    const rule = kind === 'request' ? 'RPC_REQUEST_SCHEMA' : 'RPC_RESPONSE_SCHEMA'
    this.#faults.add(rule, 'MUST', `${action}: ${fault.text}`, at)
  }
}
