import { Judge } from '../../conformance/rules/judge.ts'
import { redactFinding } from '../../ocpp/redact.ts'
import { type CallOutcome, newCall } from '../../ocpp/rpc/call.ts'
import { RpcConnection } from '../../ocpp/rpc/connection.ts'
import type { CallError } from '../../ocpp/rpc/error-codes.ts'
import type { Finding } from '../../ocpp/rpc/findings.ts'
import type { RpcService } from '../../ocpp/rpc/service.ts'
import type { RpcObserver } from '../../ocpp/rpc/wire.ts'
import type { Socket } from '../../ocpp/socket.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import { stackOf } from '../../shared/errors.ts'
import { deliverCertificate } from '../domain/certificate-delivery.ts'
import type { Domain, StationContext } from '../domain/domain.ts'
import { register } from '../domain/registration.ts'
import type { Station } from '../domain/station.ts'
import type { EventOutlet } from '../event-outlet.ts'
import type { Store } from '../store/store.ts'
import { bootGate } from './boot-gate.ts'
import type { SessionScript } from './session-script.ts'
import { storeGate } from './store-gate.ts'

/** How long a peer may take for the closing handshake where a handler ended its connection. */
const endGraceMs = 5000

/** What every session of a gateway shares. */
export interface SessionOptions {
  readonly domain: Domain
  /** Real time: timeouts and pings. */
  readonly clock: Clock
  readonly nextMessageId: () => string
  /** What answers wait for, and whether it can be relied on. */
  readonly store: Pick<Store, 'barrier' | 'trouble'>
  readonly callTimeoutMs: number
  readonly longestQueue: number
  /** Between pings of a station that says nothing; 0 sends none. */
  readonly pingIntervalMs: number
  /** Where frames are told and kept. */
  readonly outlet: EventOutlet
  readonly script?: SessionScript | undefined
}

/** One station on one socket, from its upgrade to its close. */
export class Session implements RpcObserver, StationContext {
  readonly version: OcppVersion
  readonly station: Station
  readonly domain: Domain
  readonly connection: RpcConnection<StationContext>
  readonly #options: SessionOptions
  readonly #service: RpcService<StationContext>
  /** Something arrived since the last sweep. */
  #active = true
  #pingDueMicros: number
  #awaitsPong = false
  #askedToBoot = false
  /** Set when this side has begun to close: then the peer has until here. */
  #dropMicros = Number.POSITIVE_INFINITY

  constructor(
    socket: Socket,
    service: RpcService<StationContext>,
    station: Station,
    options: SessionOptions,
    closed: (session: Session, code: number, reason: string) => void,
  ) {
    this.version = service.version
    this.#service = service
    this.station = station
    this.domain = options.domain
    this.#options = options
    this.#pingDueMicros = options.clock.monotonicMicros() + options.pingIntervalMs * 1000
    const { script } = options
    this.connection = new RpcConnection<StationContext>({
      socket,
      service,
      context: this,
      clock: options.clock,
      observer: this,
      nextMessageId: options.nextMessageId,
      callTimeoutMs: options.callTimeoutMs,
      longestQueue: options.longestQueue,
      admit: (action) => this.#admit(action) ?? storeGate(action, options.store),
      intercept: script && ((frame, own) => script.intercept(this, frame, own)),
      barrier: options.store.barrier,
      judge: new Judge(service.version, 'station', this, options.domain.clock),
      closed: (code, reason) => closed(this, code, reason),
    })
  }

  /** Begins the closing handshake; a peer that does not finish it is dropped by the sweep. */
  close(code: number, reason: string, graceMs: number): void {
    this.connection.close(code, reason)
    this.#dropMicros = this.#options.clock.monotonicMicros() + graceMs * 1000
  }

  end(code: number, reason: string): void {
    this.#options.clock.after(0, () => this.close(code, reason, endGraceMs))
  }

  /**
   * Gives up an overdue CALL, pings a silent station, drops one that does not pong. Called a few
   * times a second for every session: no timers of its own.
   * @returns whether something arrived since the last sweep
   */
  sweep(nowMicros: number): boolean {
    this.connection.sweep(nowMicros)
    if (nowMicros >= this.#dropMicros) this.connection.terminate()
    const active = this.#active
    this.#active = false
    if (active) {
      this.#awaitsPong = false
      this.#pingDueMicros = nowMicros + this.#options.pingIntervalMs * 1000
    } else if (this.#options.pingIntervalMs > 0 && nowMicros >= this.#pingDueMicros) {
      this.#ping(nowMicros)
    }
    return active
  }

  /**
   * A station that believes it is accepted while nothing is known of it here (this side lost its
   * memory) would be refused for ever: it is asked, once per connection, to boot again.
   */
  #admit(action: string): CallError | undefined {
    if (this.#service.action(action)) this.domain.counters.calls.add(action)
    const refusal = bootGate(action, this)
    if (!refusal && this.station.record.certificates?.delivery) this.#deliverAfter(action)
    if (refusal && !this.#askedToBoot && this.station.record.registration === undefined) {
      this.#askedToBoot = true
      const trigger = { requestedMessage: 'BootNotification' }
      this.connection.call(
        newCall('TriggerMessage', trigger, (outcome) => this.#askedAnswered(outcome)),
      )
    }
    return refusal
  }

  /** The answer leaves first: that to a boot may wait for the disk. A new request is about another. */
  #deliverAfter(action: string): void {
    if (action === 'BootNotification' || action === 'SignCertificate') return
    void Promise.resolve().then(() => deliverCertificate(this))
  }

  /** A 2.x station refuses to boot just where it was accepted last [2.0.1 F06]: so it is again. */
  #askedAnswered(outcome: CallOutcome): void {
    const { domain, station, version } = this
    const { registration } = station.record
    const refused =
      outcome.kind === 'result' &&
      'status' in outcome.payload &&
      outcome.payload.status === 'Rejected'
    if (version === 'ocpp1.6' || !refused || registration !== undefined) return
    if (domain.boot.status !== 'Accepted') return
    register(station, domain.boot, domain.heartbeatIntervalSeconds)
    domain.stations.save(station.record)
  }

  #ping(nowMicros: number): void {
    if (this.#awaitsPong) {
      this.connection.terminate()
      return
    }
    this.#awaitsPong = true
    this.#pingDueMicros = nowMicros + this.#options.pingIntervalMs * 1000
    this.connection.ping(() => {
      this.#awaitsPong = false
    })
  }

  sent(type: number, text: string): void {
    this.domain.counters.messagesSent += 1
    const { outlet, script } = this.#options
    if (outlet.showsFrames) outlet.frame(this.station.id, 'out', text)
    script?.sent(this, type, text)
  }

  received(type: number, text: string): void {
    this.#active = true
    const { counters } = this.domain
    if (type === 0) counters.unreadable += 1
    else counters.messagesReceived += 1
    const { outlet, script } = this.#options
    if (outlet.showsFrames) outlet.frame(this.station.id, 'in', text)
    script?.received(this, type, text)
  }

  found(finding: Finding): void {
    const { domain, station } = this
    const shown = redactFinding(finding)
    domain.counters.found(station.id, shown)
    domain.emit?.({ type: 'finding', stationId: station.id, finding: shown })
    this.#options.script?.found(this, shown)
  }

  lateAnswer(): void {
    this.domain.counters.lateAnswers += 1
  }

  handlerFailed(action: string, error: unknown): void {
    const { domain, station } = this
    domain.counters.handlerFailures += 1
    domain.emit?.({
      type: 'handlerFailed',
      stationId: station.id,
      action,
      error: stackOf(error),
    })
  }
}
