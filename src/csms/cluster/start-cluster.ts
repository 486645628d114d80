import { Socket } from 'node:net'
import { addUsage, type ProcessUsage, processUsage } from '../../platform/process-usage.ts'
import type { Clocks } from '../../shared/clock.ts'
import {
  type Admitted,
  Door,
  refuse,
  stopping,
  type UpgradeRequest,
} from '../../transport/admission.ts'
import { type HttpListener, listenHttp } from '../../transport/http-listener.ts'
import { createApi } from '../api/api.ts'
import { type CertificateDesk, deskOf } from '../authority.ts'
import { clocksOf } from '../clock-settings.ts'
import { paymentsOf, randomRunId } from '../compose.ts'
import { Counters, type CountersSnapshot, mergeCounters } from '../counters.ts'
import type { StationAccess } from '../domain/security.ts'
import type { TokenNews } from '../domain/token.ts'
import { EventHub } from '../event-hub.ts'
import { type FileServer, openFileServer } from '../files/file-server.ts'
import { withFiles } from '../files/http-files.ts'
import type { Gatekeeper, Ticket } from '../gateway/admission.ts'
import { composeGatekeeper } from '../gateway/compose-gatekeeper.ts'
import { defaults, hostsOf, listeningUrls, portsOf } from '../options.ts'
import { ownerOf } from '../owner.ts'
import { PaymentDesk } from '../payments/payment-desk.ts'
import { withPaymentPage } from '../payments/payment-page.ts'
import type { CloseOptions, Server, ServerOptions } from '../server.ts'
import type { DataLock } from '../store/data-lock.ts'
import { claimData } from '../store/deal-data.ts'
import { ClusterOperations } from './cluster-operations.ts'
import { MemberLink, type Ready } from './member-link.ts'
import { type ClusterOptions, memberStarts, withTicketKeys } from './member-starts.ts'
import type { Decision } from './secure-entry.ts'
import { SecureFront } from './secure-front.ts'
import { TokenDesk } from './token-desk.ts'

/** How long a process may take to save and end after its connections are closed. */
const saveTimeoutMs = 10_000

/**
 * Starts a management system of several processes behind one port. This process accepts, admits and
 * answers the API; each of the others holds the stations that `ownerOf` deals to it. Throws what
 * `startCsms` throws.
 */
export async function startCluster(
  options: ServerOptions & { readonly processes: number },
): Promise<Server> {
  const clocks = clocksOf(options.clock)
  const runId = options.runId ?? randomRunId()
  const lock = await claim(options, clocks)
  const secure = options.security?.tls ? await SecureFront.prepare(options.processes) : undefined
  const cluster = new Cluster(withTicketKeys({ ...options, runId }), clocks, lock, secure)
  try {
    await cluster.open()
    return cluster
  } catch (error) {
    await cluster.giveUp()
    throw error
  }
}

async function claim(
  { dataDir: folder, processes = 1, observer }: ServerOptions,
  { real: clock }: Clocks,
): Promise<DataLock | undefined> {
  if (folder === undefined) return undefined
  return claimData({
    folder,
    processes,
    clock,
    report: (level, message) => observer?.({ type: 'store', level, message }),
  })
}

class Cluster implements Server {
  readonly runId: string
  urls: readonly string[] = []
  port = 0
  ftpPort: number | undefined
  readonly #options: ClusterOptions
  readonly #clocks: Clocks
  readonly #lock: DataLock | undefined
  /** What this process counts itself: refusals. */
  readonly #counters = new Counters()
  readonly #members: readonly MemberLink[]
  #door: Door<Ticket> | undefined
  #http: HttpListener | undefined
  readonly #hub: EventHub
  #files: FileServer | undefined
  #closing: Promise<void> | undefined
  #broken = false
  #listening = false
  readonly #secure: SecureFront | undefined
  #gatekeeper: Gatekeeper | undefined
  /** Stations that may connect where unknown ones may not. */
  readonly #known = new Set<string>()
  #certificates: CertificateDesk | undefined

  constructor(
    options: ClusterOptions,
    clocks: Clocks,
    lock: DataLock | undefined,
    secure: SecureFront | undefined,
  ) {
    this.#secure = secure
    this.runId = options.runId
    this.#options = options
    this.#clocks = clocks
    this.#lock = lock
    const desk = new TokenDesk()
    const { observer, frames = false } = options
    this.#hub = new EventHub({ observer, frames, clock: clocks.real })
    this.#members = memberStarts(options, this.#hub.wanted, secure?.meeting).map(
      (start) =>
        new MemberLink(start, clocks.real, {
          desk,
          knock: (request) => this.#knocked(request),
          missed: (process) => this.#members[process]?.missed(),
          accessChanged: (id, access) => this.#accessChanged(id, access),
          tokenNews: (news) => this.#passOn(news, start.process),
          events: (events) => {
            for (const event of events) this.#hub.publish(event)
          },
          died: (reason) => this.#died(reason),
        }),
    )
    this.#hub.changed = (wanted) => {
      for (const member of this.#members) member.want(wanted)
    }
  }

  get connections(): number {
    return this.#members.reduce((sum, { connections }) => sum + connections, 0)
  }

  /** Listens as soon as every process is ready. */
  async open(): Promise<void> {
    const ready = await Promise.all(this.#members.map((member) => member.ready))
    const { port, secure } = portsOf(this.#options)
    this.#certificates = deskOf(this.#options, this.#clocks.simulated)
    const hosts = hostsOf(this.#options)
    const door = this.#makeDoor(ready)
    this.#files = await openFileServer(this.#options, this.#clocks.real)
    const request = await this.#requests(ready[0]?.storeKind ?? 'memory')
    this.#door = door
    if (port !== undefined) {
      this.#http = await listenHttp({
        hosts,
        port,
        request,
        upgrade: (upgrade, socket, head) => void door.handle(upgrade, socket, head),
      })
    }
    const plainPort = this.#http?.port ?? 0
    const securePort =
      (secure && (await this.#secure?.open(hosts, secure.port, this.#members, request))) ?? 0
    this.port = plainPort || securePort
    this.urls = listeningUrls(hosts, { port: plainPort, securePort })
    this.#listening = true
    this.ftpPort = this.#files?.ftpPort
    const ftp = this.#files?.ftpUrl === undefined ? [] : [this.#files.ftpUrl]
    for (const url of [...this.urls, ...ftp]) {
      this.#hub.publish({ type: 'listening', url, runId: this.runId })
    }
  }

  async counters(): Promise<CountersSnapshot> {
    const each = await Promise.all(
      this.#members.map(
        async (member) =>
          member.counters ?? member.ask({ kind: 'counters' }).catch(() => undefined),
      ),
    )
    const told = each.filter((counters) => counters !== undefined)
    return mergeCounters([this.#counters.snapshot(), ...told])
  }

  usage(): ProcessUsage {
    return this.#members.map(({ usage }) => usage).reduce(addUsage, processUsage())
  }

  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options)
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** After a start that failed. */
  async giveUp(): Promise<void> {
    this.#broken = true
    for (const member of this.#members) member.kill()
    await Promise.all(this.#members.map(({ ended }) => ended))
    await this.#secure?.close()
    await this.#files?.close()
    await this.#lock?.release()
  }

  /** What answers HTTP: the files of the stations, where drivers pay, and the operator's API. */
  async #requests(storeKind: Ready['storeKind']): Promise<ReturnType<typeof createApi>> {
    const { real: clock, simulated } = this.#clocks
    const operations = new ClusterOperations(this.#members, storeKind, () => this.counters())
    const files = this.#files?.folder
    const payments = paymentsOf(this.#options)
    const desk = payments && new PaymentDesk(payments, operations, simulated)
    await desk?.recall()
    const services = { operations, hub: this.#hub, clock, runId: this.runId, files }
    const api = createApi({ ...services, certificates: this.#certificates }, this.#options.api)
    const { publish } = this.#hub
    const pages = withPaymentPage(desk, clock, publish, api)
    return withFiles(files, publish, pages, this.#options.uploadLogin)
  }

  /** Decides on a connection that a process accepted with TLS. */
  async #knocked(request: UpgradeRequest): Promise<Decision> {
    const admission = (await this.#door?.decide(request)) ?? stopping
    if ('status' in admission) return admission
    const { ticket, protocol } = admission
    const process = ownerOf(ticket.stationId, this.#members.length)
    this.#members[process]?.expect()
    return { ticket: { ticket, process }, protocol }
  }

  #makeDoor(ready: readonly Ready[]): Door<Ticket> {
    for (const { stationIds } of ready) for (const id of stationIds) this.#known.add(id)
    const gatekeeper = composeGatekeeper(this.#options, {
      isKnown: (stationId) => this.#known.has(stationId),
      ledger: this.#certificates?.ledger,
      counters: this.#counters,
      emit: this.#hub.publish,
    })
    for (const [stationId, access] of ready.flatMap((member) => member.access)) {
      gatekeeper.accessChanged(stationId, access)
    }
    this.#gatekeeper = gatekeeper
    return new Door<Ticket>({
      maxConnections: this.#options.maxConnections ?? defaults.maxConnections,
      connections: () => this.connections,
      admit: (request) => gatekeeper.admit(request),
      take: (request, socket, head, admitted: Admitted<Ticket>) => {
        const { stationId } = admitted.ticket
        const owner = this.#members[ownerOf(stationId, this.#members.length)]
        if (owner && socket instanceof Socket) {
          owner.handOver({ request, socket, head, admitted })
        } else {
          refuse(socket, { status: 500, reason: 'The connection cannot be handed over.' })
        }
      },
    })
  }

  /** To every process but the one that tells; one that is gone has nothing to learn. */
  #passOn(news: TokenNews, from: number): void {
    const { idToken } = news
    for (const member of this.#members.filter((_member, process) => process !== from)) {
      const told =
        news.kind === 'spent'
          ? member.ask({ kind: 'removeToken', idToken })
          : member.ask({ kind: 'editToken', edit: { kind: 'debit', idToken, amount: news.amount } })
      told.catch(() => undefined)
    }
  }

  #accessChanged(stationId: string, access: StationAccess | undefined): void {
    if (access) this.#known.add(stationId)
    else this.#known.delete(stationId)
    this.#gatekeeper?.accessChanged(stationId, access)
  }

  #died(reason: string): void {
    // A start that fails is told by whoever waits for it.
    if (this.#broken || !this.#listening) return
    this.#broken = true
    this.#hub.publish({ type: 'processEnded', message: reason })
    this.#options.broken?.(reason)
  }

  async #close({ code = 1001, reason = 'Stopping', timeoutMs = 5_000 }: CloseOptions) {
    this.#broken = true
    this.#door?.close()
    this.#http?.stop()
    const cancel = this.#clocks.real.after(timeoutMs + saveTimeoutMs, () => {
      for (const member of this.#members) member.kill()
    })
    for (const member of this.#members) member.close(code, reason, timeoutMs)
    await Promise.all(this.#members.map(({ ended }) => ended))
    cancel()
    this.#hub.close()
    await this.#http?.closed()
    await this.#secure?.close()
    await this.#files?.close()
    await this.#lock?.release()
  }
}
