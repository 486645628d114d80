import type { RpcService } from '../../ocpp/rpc/service.ts'
import type { Socket } from '../../ocpp/socket.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { type CancelTimer, isoTime } from '../../shared/clock.ts'
import type { Domain, StationContext } from '../domain/domain.ts'
import { accessOf, connectedWith } from '../domain/security.ts'
import { newStation, Station, type StationRecord } from '../domain/station.ts'
import type { Ticket } from './admission.ts'
import { Session, type SessionOptions } from './session.ts'

export type Services = Readonly<Record<OcppVersion, RpcService<StationContext>>>

/** Resolution of call timeouts, pings and `lastSeen`. */
const sweepIntervalMs = 250
/** How long a replaced or refused peer may take to finish the closing handshake. */
const closeGraceMs = 5_000
/** Close code for a connection that gave way to a newer one of the same identity. */
const replacedCode = 4000

/** The stations that are connected, one session each. */
export class Gateway {
  readonly #services: Services
  readonly #options: SessionOptions
  readonly #domain: Domain
  readonly #sessions = new Map<string, Session>()
  /** Replaced sessions whose socket is not closed yet. */
  readonly #leaving = new Set<Session>()
  /** Everything that was ever connected to this process. */
  readonly #stations = new Map<string, Station>()
  /** Hears of every connection that is over. */
  closed: (() => void) | undefined
  #cancelSweep: CancelTimer

  constructor(services: Services, options: SessionOptions) {
    this.#services = services
    this.#options = options
    this.#domain = options.domain
    this.#cancelSweep = this.#sweepLater()
  }

  /** Connected stations. */
  get connections(): number {
    return this.#sessions.size
  }

  session(stationId: string): Session | undefined {
    return this.#sessions.get(stationId)
  }

  /** A station with its live state; undefined where nobody knows the id. */
  station(stationId: string): Station | undefined {
    const live = this.#stations.get(stationId)
    if (live) return live
    const record = this.#domain.stations.get(stationId)
    if (!record) return undefined
    const station = this.#newStation(record)
    this.#stations.set(stationId, station)
    return station
  }

  /** Takes over an upgraded socket. A station that is already connected loses its old one. */
  accept(socket: Socket, { stationId, version, remoteAddress, security }: Ticket): Session {
    const station = this.station(stationId) ?? this.#admit(stationId)
    const { record } = station
    record.protocol = version
    record.connectedSince = isoTime(this.#domain.clock.wallMs())
    record.lastSeen = record.connectedSince
    const upgraded = connectedWith(record, security)
    this.#domain.stations.save(record)
    if (upgraded) this.#domain.accessChanged?.(stationId, accessOf(record) ?? {})
    this.#domain.counters.connectionsAccepted += 1
    this.#replace(stationId)
    const session = new Session(
      socket,
      this.#services[version],
      station,
      this.#options,
      (closed, code, reason) => this.#closed(closed, code, reason),
    )
    this.#sessions.set(stationId, session)
    const { profile, tlsVersion } = security
    this.#domain.emit?.({
      type: 'connected',
      stationId,
      version,
      remoteAddress,
      securityProfile: profile,
      tlsVersion,
    })
    return session
  }

  /** Stops sweeping. The sockets are the listener's to close. */
  stop(): void {
    this.#cancelSweep()
  }

  #admit(stationId: string): Station {
    const record = newStation(stationId)
    this.#domain.stations.save(record)
    const station = this.#newStation(record)
    this.#stations.set(stationId, station)
    return station
  }

  #newStation(record: StationRecord): Station {
    const { transactions } = this.#domain
    return new Station(record, transactions.ofStation(record.id), transactions)
  }

  #replace(stationId: string): void {
    const old = this.#sessions.get(stationId)
    if (!old) return
    this.#domain.counters.connectionsReplaced += 1
    this.#leaving.add(old)
    old.close(replacedCode, 'Replaced by a newer connection of this identity', closeGraceMs)
  }

  /** Compares the session, not the id: a replaced socket may close after its successor opened. */
  #closed(session: Session, code: number, reason: string): void {
    const { station } = session
    this.#leaving.delete(session)
    this.#domain.emit?.({ type: 'disconnected', stationId: station.id, code, reason })
    this.closed?.()
    if (this.#sessions.get(station.id) !== session) return
    this.#sessions.delete(station.id)
    station.record.connectedSince = undefined
    station.record.lastSeen = isoTime(this.#domain.clock.wallMs())
    this.#domain.stations.save(station.record)
  }

  #sweepLater(): CancelTimer {
    return this.#options.clock.after(sweepIntervalMs, () => {
      this.#cancelSweep = this.#sweepLater()
      this.#sweep()
    })
  }

  #sweep(): void {
    const nowMicros = this.#options.clock.monotonicMicros()
    const seen = isoTime(this.#domain.clock.wallMs())
    for (const session of this.#sessions.values()) {
      if (session.sweep(nowMicros)) session.station.record.lastSeen = seen
    }
    for (const session of this.#leaving) session.sweep(nowMicros)
  }
}
