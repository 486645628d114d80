import type { RpcService } from '../../ocpp/rpc/service.ts'
import type { Socket } from '../../ocpp/socket.ts'
import { type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
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
/** Close code for a connection that may not take the place of another [RFC 6455 7.4.1]. */
const unprovenCode = 1008
/** Close code where no station that is new here is taken any more. */
const fullCode = 1013
/** Stations that are remembered: whoever invents identities fills no memory. */
const mostStations = 500_000
/** Close code for what the operator ended: the connection broke no rule of the protocol. */
const endedCode = 4001

/** Why a socket is closed again: a WebSocket close code. */
interface Objection {
  readonly code: number
  readonly reason: string
}

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

  /** Connected stations by the version that they speak. */
  get connectionsByVersion(): Readonly<Record<OcppVersion, number>> {
    const counts = Object.fromEntries(ocppVersions.map((version) => [version, 0])) as Record<
      OcppVersion,
      number
    >
    for (const { version } of this.#sessions.values()) counts[version] += 1
    return counts
  }

  /** Ends connections as the operator says. @returns how many there were */
  end(isMeant: (station: Station) => boolean, reason: string): number {
    let count = 0
    for (const session of this.#sessions.values()) {
      if (!isMeant(session.station)) continue
      session.close(endedCode, reason, closeGraceMs)
      count += 1
    }
    return count
  }

  /** Forgets a station and ends its connection; its transactions stay in the books. */
  remove(stationId: string): void {
    const session = this.#sessions.get(stationId)
    if (session) {
      // What it still does is that of nobody.
      this.#sessions.delete(stationId)
      this.#leaving.add(session)
      session.close(endedCode, 'Removed by the operator', closeGraceMs)
    }
    this.#stations.delete(stationId)
    this.#domain.stations.remove(stationId)
    this.#domain.accessChanged?.(stationId, undefined)
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

  /**
   * Takes over an upgraded socket. A station that is already connected loses its old one, unless that
   * one proved who it is and the new one did not: then the new one is closed, and there is no session.
   */
  accept(socket: Socket, ticket: Ticket): Session | undefined {
    const { stationId, version, remoteAddress, security } = ticket
    const objection = this.#objectionTo(ticket)
    if (objection) {
      this.#turnAway(socket, ticket, objection)
      return undefined
    }
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
    this.#options.script?.opened(session)
    return session
  }

  /** Stops sweeping. The sockets are the listener's to close. */
  stop(): void {
    this.#cancelSweep()
  }

  #objectionTo({ stationId, security }: Ticket): Objection | undefined {
    const known = this.#domain.stations.get(stationId)
    if (!known) {
      return this.#domain.stations.count < mostStations
        ? undefined
        : { code: fullCode, reason: 'Too many stations are known' }
    }
    const proven = this.#sessions.has(stationId) && (known.security?.profile ?? 0) > 0
    return proven && security.profile === 0
      ? { code: unprovenCode, reason: 'This station is connected, and proved who it is' }
      : undefined
  }

  #turnAway(socket: Socket, { stationId, remoteAddress }: Ticket, objection: Objection): void {
    const { code: status, reason } = objection
    const { counters } = this.#domain
    counters.connectionsRefused += 1
    counters.refusals.add(String(status))
    this.#domain.emit?.({ type: 'refused', stationId, status, reason, remoteAddress })
    socket.close(status, reason)
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
    this.#options.script?.closed(session)
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
