import { Judge } from '../../conformance/rules/judge.ts'
import type { ConnectFailure, DialResult, TlsHandshake } from '../../ocpp/dial.ts'
import type { IdSequence } from '../../ocpp/ids.ts'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import { RpcConnection } from '../../ocpp/rpc/connection.ts'
import type { Finding } from '../../ocpp/rpc/findings.ts'
import { encodeCall } from '../../ocpp/rpc/frame.ts'
import { handshakeFinding } from '../../ocpp/rpc/handshake.ts'
import type { RpcObserver } from '../../ocpp/rpc/wire.ts'
import type { Socket, SocketListener } from '../../ocpp/socket.ts'
import type { CancelTimer } from '../../shared/clock.ts'
import type { StationIdentity } from '../scenario/station-identity.ts'
import { backOffMs, nextAttempt } from './back-off.ts'
import type { ServingStation } from './behaviour.ts'
import type { Station } from './station.ts'
import type { CallOwner, StationCall } from './station-call.ts'
import type { StationFleet } from './station-options.ts'

/** `idle`: off the network until told to connect. */
export type LinkState = 'idle' | 'connecting' | 'open' | 'backingOff'

/** CALLs that may wait for their turn on one socket. */
const longestQueue = 1000

/** Rules that a peer seems to break when this side sent frames past the rules. */
const provokedRules: ReadonlySet<string> = new Set([
  'RPC_UNSOLICITED_ANSWER',
  'RPC_DUPLICATE_ANSWER',
])

/** Takes no notice: the socket of a station that is gone. */
const deaf: SocketListener = {
  text: () => undefined,
  binary: () => undefined,
  closed: () => undefined,
}

/**
 * A station's way to its CSMS: dials, backs off and dials again on real time, for as long as it is
 * wanted. What this side leaves it leaves at once: its own closing is over the moment it is decided,
 * the closing handshake goes on in the background.
 */
export class Link implements RpcObserver, DialResult, CallOwner {
  readonly #station: Station
  readonly #fleet: StationFleet
  readonly #ids: IdSequence
  state: LinkState = 'idle'
  #connection: RpcConnection<ServingStation> | undefined
  #socket: Socket | undefined
  /** Options of the connection, read with every CALL. */
  #timeouts: { callTimeoutMs: number } | undefined
  /** Half-open sockets: the CSMS believes in them until the run ends. */
  #abandoned: Socket[] | undefined
  #giveUp: (() => void) | undefined
  #dialedMicros = 0
  #failures = 0
  #leftMicros = 0
  #pingTimer: CancelTimer | undefined
  #last: StationCall | undefined
  /** Answers to come for frames that this side sent past the rules. */
  #provoked = 0

  constructor(station: Station, fleet: StationFleet, ids: IdSequence) {
    this.#station = station
    this.#fleet = fleet
    this.#ids = ids
  }

  get open(): boolean {
    return this.#connection?.open ?? false
  }

  /** CALLs handed in and not settled. */
  get backlog(): number {
    return this.#connection?.backlog ?? 0
  }

  /** Stays connected from now on. */
  connect(): void {
    if (this.state === 'idle') this.#dial()
  }

  /** The network is back after `leave`: dials when a station that kept trying would. */
  resume(): void {
    if (this.state !== 'idle') return
    this.state = 'backingOff'
    const { real } = this.#fleet.clocks
    const awayMs = (real.monotonicMicros() - this.#leftMicros) / 1000
    const next = nextAttempt(this.#station.settings, awayMs, this.#station.random)
    this.#failures = next.failures
    this.#giveUp = real.after(next.waitMs, () => this.#dial())
  }

  /** Goes off the network. `halfOpen`: says nothing, and the CSMS hears nothing of it. */
  leave(code: number, reason: string, halfOpen = false): void {
    this.#giveUp?.()
    this.#giveUp = undefined
    this.state = 'idle'
    this.#leftMicros = this.#fleet.clocks.real.monotonicMicros()
    this.#detach(code, reason, halfOpen)
  }

  /** Closes the socket (1006: drops it) and reconnects as after any lost connection. */
  close(code: number, reason: string): void {
    if (this.state !== 'open') return
    this.state = 'backingOff'
    this.#detach(code, reason, false)
    if (this.state === 'backingOff') this.#backOff()
  }

  /** The run is over: leaves, and lets go of half-open sockets too. */
  stop(code: number, reason: string): void {
    this.leave(code, reason)
    for (const socket of this.#abandoned ?? []) socket.terminate()
    this.#abandoned = undefined
  }

  call(call: StationCall): void {
    this.#fleet.observer.callStarted(this.#station, call)
    this.#last = call
    if (this.#connection) this.#connection.call(call)
    else call.settled({ kind: 'unsent', reason: 'closed' })
  }

  callSettled(call: StationCall, outcome: CallOutcome): void {
    this.#fleet.observer.callSettled(this.#station, call, outcome)
  }

  /** A SEND (2.1): a message that is no exchange. */
  sendUnanswered(action: string, payload: object): void {
    if (!this.#connection) return
    this.#fleet.observer.sendWritten(this.#station, action)
    this.#connection.send(action, payload)
  }

  sendRaw(text: string): void {
    if (/^\s*\[\s*2\s*,/.test(text)) this.#provoked += 1
    this.#connection?.sendRaw(text)
  }

  pipeline(action: string, payload: object): void {
    this.#provoked += 1
    this.#connection?.pipeline(action, payload)
  }

  /** The last CALL that was sent, once more, byte for byte. */
  duplicateLast(): void {
    const last = this.#last
    if (last && last.id !== '') this.sendRaw(encodeCall(last.id, last.action, last.payload))
  }

  sweep(nowMicros: number): void {
    this.#connection?.sweep(nowMicros)
  }

  opened(socket: Socket, tls?: TlsHandshake): void {
    const { protocol, clocks, observer } = this.#fleet
    this.#giveUp = undefined
    this.#failures = 0
    this.#provoked = 0
    this.state = 'open'
    this.#socket = socket
    const options = {
      socket,
      service: protocol.service,
      context: this.#station,
      clock: clocks.real,
      observer: this,
      nextMessageId: () => this.#ids.next(),
      callTimeoutMs: this.#callTimeoutMs,
      longestQueue,
      judge: new Judge(protocol.version, 'csms', this, clocks.simulated),
      closed: (code: number, reason: string) => this.#closed(code, reason),
    }
    this.#timeouts = options
    this.#connection = new RpcConnection<ServingStation>(options)
    observer.connected(this.#station, clocks.real.monotonicMicros() - this.#dialedMicros, tls)
    this.#station.access.connected(tls)
    this.ping()
    this.#station.linkOpened()
  }

  failed(
    failure: ConnectFailure,
    detail: string,
    httpStatus?: number,
    challenge?: string | null,
  ): void {
    this.#giveUp = undefined
    this.#failures += 1
    const { observer, protocol } = this.#fleet
    observer.connectFailed(this.#station, failure, detail)
    const finding = handshakeFinding(protocol.version, failure, detail, httpStatus, challenge)
    if (finding && !this.#station.provokes(finding.rule)) observer.found(this.#station, finding)
    const occurrence = { kind: 'connectFailed', failure, detail, httpStatus } as const
    this.#station.behaviour.noticed?.(occurrence)
    this.#station.access.failed()
    this.#backOff()
  }

  sent(type: number, text: string): void {
    this.#fleet.observer.messageSent(this.#station, type, text)
  }

  received(type: number, text: string): void {
    this.#fleet.observer.messageReceived(this.#station, type, text)
  }

  found(finding: Finding): void {
    if (this.#provoked > 0 && provokedRules.has(finding.rule)) {
      this.#provoked -= 1
      return
    }
    if (this.#station.provokes(finding.rule)) return
    this.#fleet.observer.found(this.#station, finding)
    this.#station.behaviour.noticed?.({ kind: 'invalidMessage', rule: finding.rule })
  }

  lateAnswer(): void {
    this.#fleet.observer.lateAnswer(this.#station)
  }

  handlerFailed(action: string, error: unknown): void {
    this.#fleet.observer.fault(this.#station, action, error)
  }

  /** Ping interval and call timeout hold from now on. */
  settingsChanged(): void {
    if (this.#timeouts) this.#timeouts.callTimeoutMs = this.#callTimeoutMs
    this.ping()
  }

  /** Pings at the interval that holds now; a ping without a pong by the next drops the socket. */
  ping(): void {
    this.#pingTimer?.()
    this.#pingTimer = undefined
    const { pingIntervalMs } = this.#station.settings
    const connection = this.#connection
    if (pingIntervalMs <= 0 || !connection) return
    let answered = true
    const beat = (): void => {
      if (!answered) {
        this.close(1006, 'no pong')
        return
      }
      answered = false
      connection.ping(() => {
        answered = true
      })
      this.#pingTimer = this.#fleet.clocks.real.after(pingIntervalMs, beat)
    }
    this.#pingTimer = this.#fleet.clocks.real.after(pingIntervalMs, beat)
  }

  #dial(): void {
    const { dial, observer, protocol, connectTimeoutMs } = this.#fleet
    this.state = 'connecting'
    this.#dialedMicros = this.#fleet.clocks.real.monotonicMicros()
    observer.connecting(this.#station)
    const route = this.#station.behaviour.route?.()
    const { profile } = this.#station.access
    this.#giveUp = dial(
      {
        url: route?.url ?? this.#fleet.urlOf(this.#station.identity, profile),
        protocols: [protocol.version],
        headers: this.#fleet.headersOf(this.#identityAs(route?.id), profile),
        timeoutMs: connectTimeoutMs,
        tls: () => this.#station.access.tls(),
      },
      this,
    )
  }

  get #callTimeoutMs(): number {
    return this.#station.settings.callTimeoutMs ?? this.#fleet.template.callTimeoutMs
  }

  /** Who the station says it is: a password that the CSMS set replaces the plan's. */
  #identityAs(id: string | undefined): StationIdentity {
    const { identity, settings } = this.#station
    const { password } = settings
    if (password === undefined && id === undefined) return identity
    return { ...identity, id: id ?? identity.id, password: password ?? identity.password }
  }

  #backOff(): void {
    this.state = 'backingOff'
    const wait = backOffMs(this.#station.settings, this.#failures, this.#station.random)
    this.#giveUp = this.#fleet.clocks.real.after(wait, () => this.#dial())
  }

  /** Ends the connection on this side now; the outstanding CALL is lost. */
  #detach(code: number, reason: string, halfOpen: boolean): void {
    const connection = this.#connection
    const socket = this.#socket
    if (!connection || !socket) return
    socket.listen(deaf)
    if (halfOpen) {
      this.#abandoned ??= []
      this.#abandoned.push(socket)
    } else if (mayBeSent(code)) {
      socket.close(code, reason)
    } else {
      socket.terminate()
    }
    connection.left(code, reason)
  }

  #closed(code: number, reason: string): void {
    this.#pingTimer?.()
    this.#pingTimer = undefined
    this.#connection = undefined
    this.#socket = undefined
    this.#fleet.observer.disconnected(this.#station, code, reason)
    this.#station.linkClosed()
    // Still `open`: the CSMS or the network closed it.
    if (this.state !== 'open') return
    this.#station.cutOff(code, reason)
    this.#backOff()
  }
}

/** Close codes that an endpoint may put into a close frame; 1006 is the absence of one [RFC 6455 7.4]. */
function mayBeSent(code: number): boolean {
  return (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000
}
