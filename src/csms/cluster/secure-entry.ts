import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Server as NetServer, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  type Admission,
  type Admitted,
  refuse,
  stopping,
  type UpgradeRequest,
  upgradeRequest,
} from '../../transport/admission.ts'
import { relayRequest } from '../../transport/api-relay.ts'
import { httpServer } from '../../transport/http-listener.ts'
import type { ServerTls } from '../../transport/tls-settings.ts'
import { packUpgrade, type UpgradeParcel } from '../../transport/upgrade-parcel.ts'
import { listenRelayed, relayUpgrade } from '../../transport/upgrade-relay.ts'
import type { Ticket } from '../gateway/admission.ts'

/** Where the processes of a cluster reach each other with what came in encrypted. */
export interface Meeting {
  /** Of this process. */
  readonly own: string
  /** By process, this one included. */
  readonly members: readonly string[]
  /** The front's API. */
  readonly api: string
}

/** What the front decided: for whom a connection is, or why it is refused. */
export type Decision = Admission<Seat>

export interface Seat {
  readonly ticket: Ticket
  /** Which process the station belongs to. */
  readonly process: number
}

export interface SecureEntryOptions {
  readonly process: number
  readonly tls: ServerTls
  readonly meeting: Meeting
  /** Asks the front. */
  decide(request: UpgradeRequest): Promise<Decision>
  /** A station of this process is here, over a connection of its own or a relayed one. */
  take(arrived: Arrived): void
  /** One that was let in did not get to its process. */
  missed(process: number): void
  handshakeFailed(reason: string, remoteAddress: string): void
  /** As `HttpOptions`. */
  readonly patienceMs?: number | undefined
}

/** Over a connection of this process's own, or over a relayed one. */
export type Arrived =
  | {
      readonly ticket: Ticket
      readonly socket: Duplex
      readonly request: IncomingMessage
      readonly head: Buffer
      readonly protocol: string
    }
  | { readonly ticket: Ticket; readonly socket: Socket; readonly parcel: UpgradeParcel }

/**
 * TLS of one process of several: it accepts at the port that all share, shakes hands and asks the
 * front. Stations of its own it keeps, those of others it passes on as plain bytes (ADR 6).
 */
export class SecureEntry {
  readonly #options: SecureEntryOptions
  readonly #http: HttpServer
  readonly #relayed: NetServer
  readonly #shared: NetServer[] = []
  readonly #sockets = new Set<Socket>()
  #closed = false

  static async open(options: SecureEntryOptions): Promise<SecureEntry> {
    const relayed = await listenRelayed<Ticket>(options.meeting.own, (parcel, ticket, socket) =>
      options.take({ parcel, ticket, socket }),
    )
    return new SecureEntry(options, relayed)
  }

  private constructor(options: SecureEntryOptions, relayed: NetServer) {
    this.#options = options
    this.#relayed = relayed
    this.#http = httpServer({
      tls: options.tls,
      request: (request, response) => relayRequest(options.meeting.api, request, response),
      upgrade: (request, socket, head) => void this.#upgrade(request, socket, head),
      handshakeFailed: (reason, remoteAddress) => options.handshakeFailed(reason, remoteAddress),
      patienceMs: options.patienceMs,
    })
    // It never listens itself; Node begins to count the time of slow peers only now.
    this.#http.emit('listening')
  }

  /** Accepts what comes to a listening socket that the front shares with all its processes. */
  accept(shared: NetServer): void {
    this.#shared.push(shared)
    shared.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      this.#http.emit('connection', socket)
    })
  }

  /** Lets nobody in any more. */
  stop(): void {
    this.#closed = true
    for (const server of this.#shared) server.close()
    this.#relayed.close()
    this.#http.close()
  }

  /** Drops what is left. */
  close(): void {
    this.stop()
    for (const socket of this.#sockets) socket.destroy()
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // The peer may vanish while its admission is being decided.
    const ignore = () => {}
    socket.on('error', ignore)
    const decided = await this.#options.decide(upgradeRequest(request, socket))
    const decision: Decision = this.#closed ? stopping : decided
    if ('status' in decision) {
      refuse(socket, decision)
      if (!('status' in decided)) this.#options.missed(decided.ticket.process)
      return
    }
    await this.#seat(request, socket, head, decision)
    socket.removeListener('error', ignore)
  }

  async #seat(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { ticket: seat, protocol }: Admitted<Seat>,
  ): Promise<void> {
    const { process, meeting, take, missed } = this.#options
    const { ticket } = seat
    if (seat.process === process) {
      take({ ticket, socket, request, head, protocol })
      return
    }
    const path = meeting.members[seat.process] ?? ''
    const parcel = packUpgrade(request, socket, head, protocol)
    try {
      await relayUpgrade(path, socket, { parcel, ticket })
    } catch {
      missed(seat.process)
      refuse(socket, { status: 503, reason: 'The connection cannot be passed on.' })
    }
  }
}
