import type { Server, Socket } from 'node:net'
import { processUsage } from '../../platform/process-usage.ts'
import type { CancelTimer, Clock, Clocks } from '../../shared/clock.ts'
import { stackOf } from '../../shared/errors.ts'
import type { UpgradeRequest } from '../../transport/admission.ts'
import { unpackUpgrade } from '../../transport/upgrade-parcel.ts'
import { WebSocketUpgrader } from '../../transport/websocket-upgrader.ts'
import { LocalOperations } from '../api/local-operations.ts'
import { clocksOf } from '../clock-settings.ts'
import { type CsmsParts, composeCsms } from '../compose.ts'
import { isLimited } from '../domain/authorization.ts'
import { accessOf, type StationAccess } from '../domain/security.ts'
import type { Wanted } from '../event-hub.ts'
import type { CsmsEvent } from '../events.ts'
import { defaults } from '../options.ts'
import { orphanPatienceMs } from '../store/deal-data.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { answerTo, type Sources } from './answer.ts'
import { MemberTokens } from './member-tokens.ts'
import type { FromMember, Load, MemberStart, ToMember } from './messages.ts'
import { type Arrived, type Decision, SecureEntry } from './secure-entry.ts'

const usageIntervalMs = 1_000

/** A socket that the front may still read from. */
interface Arriving {
  readonly message: Extract<ToMember, { kind: 'upgrade' }>
  readonly socket: Socket
}

/**
 * One of several processes of a management system: it owns the stations that `ownerOf` deals to it,
 * their sockets, their state and their data. The front accepts and asks; no message passes it.
 */
export class Member {
  readonly #send: (message: FromMember) => void
  readonly #clocks: Clocks
  readonly #parts: CsmsParts
  readonly #store: Store
  readonly #sources: Sources
  readonly #tokens: MemberTokens
  readonly #upgrader: WebSocketUpgrader
  readonly #events: EventBatch
  readonly #arriving = new Map<number, Arriving>()
  #secure: SecureEntry | undefined
  /** Upgrades that the front has not decided on. */
  readonly #knocking = new Map<number, (decision: Decision) => void>()
  #knocks = 0
  #taken = 0
  #loadIsDue = false
  #stopUsage: CancelTimer

  static async start(start: MemberStart, send: (message: FromMember) => void): Promise<Member> {
    const clocks = clocksOf(start.clock)
    const events = new EventBatch(clocks.real, send, start.wanted)
    const { settings, process, processes } = start
    const store = await openStore(settings, {
      clock: clocks.real,
      observer: (event) => events.tell(event),
      numbering: { process, processes, wallMs: () => clocks.real.wallMs() },
      patienceMs: orphanPatienceMs,
    })
    const member = new Member(start, { send, clocks, events, store })
    await member.#openSecure(start)
    member.#ready(start)
    return member
  }

  private constructor(
    start: MemberStart,
    made: {
      readonly send: (message: FromMember) => void
      readonly clocks: Clocks
      readonly events: EventBatch
      readonly store: Store
    },
  ) {
    const { settings, process, wanted } = start
    const { send, clocks, events, store } = made
    this.#send = send
    this.#clocks = clocks
    this.#events = events
    this.#store = store
    this.#tokens = new MemberTokens(send, (idToken) => isLimited(store.tokens, idToken))
    const observer = (event: CsmsEvent) => events.tell(event)
    const options = { ...settings, clocks, frames: wanted.frames, observer }
    const idOwner = `csms${process + 1}`
    this.#parts = composeCsms(store, clocks, options, {
      activeTokens: this.#tokens,
      idOwner,
      accessChanged: (stationId, access) => send({ kind: 'access', stationId, access }),
      tokenNews: (news) => send({ kind: 'tokenNews', news }),
    })
    const { domain, gateway, outlet } = this.#parts
    outlet.want(wanted)
    gateway.closed = () => this.#tellLoadSoon()
    const operations = new LocalOperations(store, this.#parts)
    this.#sources = { store, counters: domain.counters, operations }
    this.#upgrader = new WebSocketUpgrader({
      clock: clocks.real,
      maxPayload: settings.maxPayloadBytes ?? defaults.maxPayloadBytes,
      compression: settings.compression ?? true,
    })
    this.#stopUsage = this.#usageLater()
  }

  #ready({ tellsStations }: MemberStart): void {
    const stationIds: string[] = []
    const access: (readonly [string, StationAccess])[] = []
    for (const record of this.#store.stations.list()) {
      if (tellsStations) stationIds.push(record.id)
      const own = accessOf(record)
      if (own) access.push([record.id, own])
    }
    this.#send({ kind: 'ready', storeKind: this.#store.kind, stationIds, access })
  }

  async #openSecure({ settings, process, meeting }: MemberStart): Promise<void> {
    const tls = settings.security?.tls
    if (!tls || !meeting) return
    const own = meeting.members[process] ?? ''
    const { domain } = this.#parts
    this.#secure = await SecureEntry.open({
      process,
      tls,
      meeting: { ...meeting, own },
      decide: (request) => this.#decide(request),
      take: (arrived) => this.#takeSecure(arrived),
      missed: (whose) => this.#send({ kind: 'missed', process: whose }),
      handshakeFailed(reason, remoteAddress) {
        domain.counters.handshakesFailed += 1
        domain.emit?.({ type: 'handshakeFailed', reason, remoteAddress })
      },
    })
  }

  share(server: Server): void {
    this.#secure?.accept(server)
  }

  decided(id: number, decision: Decision): void {
    this.#knocking.get(id)?.(decision)
    this.#knocking.delete(id)
  }

  #decide(request: UpgradeRequest): Promise<Decision> {
    this.#knocks += 1
    const id = this.#knocks
    return new Promise((resolve) => {
      this.#knocking.set(id, resolve)
      this.#send({ kind: 'knock', id, request })
    })
  }

  #takeSecure(arrived: Arrived): void {
    this.#taken += 1
    const { ticket, socket } = arrived
    const [request, head, protocol] =
      'parcel' in arrived
        ? ([
            unpackUpgrade(arrived.parcel, arrived.socket),
            Buffer.from(arrived.parcel.head),
            arrived.parcel.protocol,
          ] as const)
        : ([arrived.request, arrived.head, arrived.protocol] as const)
    this.#upgrader.upgrade(request, socket, head, protocol, (webSocket) => {
      this.#parts.gateway.accept(webSocket, ticket)
    })
  }

  /** A socket of one of this process's stations; without it the peer was gone before it got here. */
  arrive(message: Extract<ToMember, { kind: 'upgrade' }>, socket: Socket | undefined): void {
    if (socket) {
      // The peer may vanish before the socket is taken.
      socket.on('error', () => {})
      this.#arriving.set(message.id, { message, socket })
    }
    this.#send({ kind: 'arrived', id: message.id })
  }

  take(id: number): void {
    const arriving = this.#arriving.get(id)
    this.#arriving.delete(id)
    this.#taken += 1
    if (!arriving) return
    const { message, socket } = arriving
    const { parcel, ticket } = message
    const request = unpackUpgrade(parcel, socket)
    const head = Buffer.from(parcel.head)
    socket.removeAllListeners('error')
    this.#upgrader.upgrade(request, socket, head, parcel.protocol, (webSocket) => {
      this.#parts.gateway.accept(webSocket, ticket)
    })
  }

  claimed(id: number, granted: boolean): void {
    this.#tokens.claimed(id, granted)
  }

  want(wanted: Wanted): void {
    this.#events.wanted = wanted
    this.#parts.outlet.want(wanted)
  }

  async answer({ id, question }: Extract<ToMember, { kind: 'ask' }>): Promise<void> {
    try {
      this.#send({ kind: 'answer', id, answer: await answerTo(question, this.#sources) })
    } catch (error) {
      this.#send({ kind: 'unanswered', id, reason: stackOf(error) })
    }
  }

  /** Closes every connection and saves; tells what happened since the start. */
  async close({ code, reason, timeoutMs }: Extract<ToMember, { kind: 'close' }>): Promise<void> {
    for (const { socket } of this.#arriving.values()) socket.destroy()
    this.#secure?.stop()
    await this.#upgrader.close(code, reason, timeoutMs)
    this.#secure?.close()
    this.#parts.gateway.stop()
    this.#stopUsage()
    await this.#store[Symbol.asyncDispose]()
    this.#events.flush()
    const counters = this.#parts.domain.counters.snapshot()
    this.#send({ kind: 'closed', counters, usage: processUsage() })
  }

  get #load(): Load {
    return { taken: this.#taken, connections: this.#upgrader.connections }
  }

  /** Whole fleets go at once: they are told in one message. */
  #tellLoadSoon(): void {
    if (this.#loadIsDue) return
    this.#loadIsDue = true
    this.#clocks.real.after(0, () => {
      this.#loadIsDue = false
      this.#send({ kind: 'load', load: this.#load })
    })
  }

  #usageLater(): CancelTimer {
    return this.#clocks.real.after(usageIntervalMs, () => {
      this.#send({ kind: 'usage', load: this.#load, usage: processUsage() })
      this.#stopUsage = this.#usageLater()
    })
  }
}

/** Events of a millisecond or so go as one message. */
class EventBatch {
  readonly #clock: Clock
  readonly #send: (message: FromMember) => void
  #events: CsmsEvent[] = []

  wanted: Wanted

  constructor(clock: Clock, send: (message: FromMember) => void, wanted: Wanted) {
    this.#clock = clock
    this.#send = send
    this.wanted = wanted
  }

  tell(event: CsmsEvent): void {
    if (!this.wanted.events) return
    this.#events.push(event)
    if (this.#events.length === 1) this.#clock.after(0, () => this.flush())
  }

  flush(): void {
    if (this.#events.length === 0) return
    this.#send({ kind: 'events', events: this.#events })
    this.#events = []
  }
}
