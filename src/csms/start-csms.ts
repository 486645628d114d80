import { realClock } from '../platform/real-clock.ts'
import type { Clocks } from '../shared/clock.ts'
import { listenWebSocket, type WebSocketListener } from '../transport/websocket-server.ts'
import { createApi } from './api/api.ts'
import { LocalOperations } from './api/local-operations.ts'
import { type CertificateDesk, deskOf } from './authority.ts'
import { type CsmsParts, composeCsms } from './compose.ts'
import type { CountersSnapshot } from './counters.ts'
import { ActiveTokens } from './domain/authorization.ts'
import { accessOf } from './domain/security.ts'
import type { TransactionRecord } from './domain/transaction.ts'
import { EventHub } from './event-hub.ts'
import type { CsmsObserver } from './events.ts'
import { type FileServer, openFileServer } from './files/file-server.ts'
import { withFiles } from './files/http-files.ts'
import type { Gatekeeper } from './gateway/admission.ts'
import type { CommandOutcome } from './gateway/commander.ts'
import { composeGatekeeper } from './gateway/compose-gatekeeper.ts'
import { type CsmsOptions, defaults, hostsOf, listeningUrls, portsOf } from './options.ts'
import { PaymentDesk } from './payments/payment-desk.ts'
import { withPaymentPage } from './payments/payment-page.ts'
import type { CloseOptions } from './server.ts'
import { claimData } from './store/deal-data.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { type StationView, stationView } from './views.ts'

/** A management system that runs. */
export interface Csms extends AsyncDisposable {
  /** `ws://127.0.0.1:9000`; stations append their identity. */
  readonly url: string
  /** `wss://127.0.0.1:9443` where it speaks TLS. */
  readonly secureUrl: string | undefined
  /** One for each address and port. */
  readonly urls: readonly string[]
  readonly port: number
  /** Of the file server; undefined where there is none. */
  readonly ftpPort: number | undefined
  /** Salt of the message ids. */
  readonly runId: string
  /** Connected stations. */
  readonly connections: number
  /** Sends one CALL to one station and waits for how it ends. Never rejects. */
  sendCommand(
    stationId: string,
    action: string,
    payload: object,
    options?: { readonly timeoutMs?: number },
  ): Promise<CommandOutcome>
  stations(): StationView[]
  /** In order of arrival. The records are live: read them, do not keep them. */
  transactions(): Iterable<TransactionRecord>
  counters(): CountersSnapshot
  /** Closes every connection, stops listening, saves. Later calls wait for the first. */
  close(options?: CloseOptions): Promise<void>
}

/**
 * Starts the embedded management system: OCPP 1.6, 2.0.1 and 2.1, the operator's API and health, all
 * on one port. Throws `CSMS_PORT_IN_USE`, `CSMS_LISTEN_FAILED`, `CSMS_TLS_INVALID`,
 * `CSMS_DATA_IN_USE`, `CSMS_DATA_UNWRITABLE` or `CSMS_CONFIG_INVALID`.
 */
export async function startCsms(options: CsmsOptions = {}): Promise<Csms> {
  const clocks: Clocks = options.clocks ?? { real: realClock, simulated: realClock }
  const store = await claimStore(options, clocks)
  let parts: CsmsParts | undefined
  let gatekeeper: Gatekeeper | undefined
  const hub = hubOf(options, clocks)
  let files: FileServer | undefined
  try {
    files = await openFileServer(options, clocks.real)
    parts = composeCsms(
      store,
      clocks,
      { ...options, observer: hub.publish },
      {
        activeTokens: new ActiveTokens(),
        idOwner: 'csms',
        accessChanged: (stationId, access) => gatekeeper?.accessChanged(stationId, access),
      },
    )
    followWanted(hub, parts)
    const certificates = deskOf(options, clocks.simulated)
    gatekeeper = gatekeeperOf(parts, store, options, certificates)
    const request = await requestsOf(parts, store, clocks, options, { hub, files, certificates })
    const listener = await listen(parts, clocks, options, gatekeeper, request)
    return new RunningCsms(parts, store, listener, options, hub, files)
  } catch (error) {
    parts?.gateway.stop()
    await files?.close()
    await store[Symbol.asyncDispose]()
    throw error
  }
}

async function claimStore(options: CsmsOptions, { real: clock }: Clocks): Promise<Store> {
  const { dataDir: folder, observer } = options
  if (folder === undefined) return openStore(options, { clock, observer })
  const report = (level: 'info' | 'warning', message: string) =>
    observer?.({ type: 'store', level, message })
  const lock = await claimData({ folder, processes: 1, clock, report })
  return openStore(options, { clock, observer, lock })
}

function hubOf({ observer, frames = false }: CsmsOptions, { real }: Clocks): EventHub {
  return new EventHub({ observer, frames, clock: real })
}

/** Nothing is told that nobody wants. */
function followWanted(hub: EventHub, { outlet }: CsmsParts): void {
  outlet.want(hub.wanted)
  hub.changed = (wanted) => outlet.want(wanted)
}

function gatekeeperOf(
  { domain }: CsmsParts,
  store: Store,
  options: CsmsOptions,
  certificates: CertificateDesk | undefined,
): Gatekeeper {
  const gatekeeper = composeGatekeeper(options, {
    isKnown: (stationId) => store.stations.get(stationId) !== undefined,
    ledger: certificates?.ledger,
    counters: domain.counters,
    emit: (event) => domain.emit?.(event),
  })
  for (const station of store.stations.list()) {
    const access = accessOf(station)
    if (access) gatekeeper.accessChanged(station.id, access)
  }
  return gatekeeper
}

/** What answers HTTP: the files of the stations, and the operator's API. */
async function requestsOf(
  parts: CsmsParts,
  store: Store,
  { real: clock, simulated }: Clocks,
  options: CsmsOptions,
  services: {
    readonly hub: EventHub
    readonly files: FileServer | undefined
    readonly certificates: CertificateDesk | undefined
  },
): Promise<ReturnType<typeof createApi>> {
  const { domain, runId } = parts
  const { hub, certificates } = services
  const files = services.files?.folder
  const operations = new LocalOperations(store, parts)
  const { payments } = domain
  const desk = payments && new PaymentDesk(payments, operations, simulated)
  await desk?.recall()
  const emit: CsmsObserver = (event) => domain.emit?.(event)
  const api = createApi({ operations, hub, clock, runId, files, certificates }, options.api)
  return withFiles(files, emit, withPaymentPage(desk, clock, emit, api), options.uploadLogin)
}

function listen(
  { domain, gateway }: CsmsParts,
  { real }: Clocks,
  options: CsmsOptions,
  gatekeeper: Gatekeeper,
  request: ReturnType<typeof createApi>,
): Promise<WebSocketListener> {
  const { counters } = domain
  return listenWebSocket({
    clock: real,
    hosts: hostsOf(options),
    ...portsOf(options),
    maxPayload: options.maxPayloadBytes ?? defaults.maxPayloadBytes,
    maxConnections: options.maxConnections ?? defaults.maxConnections,
    compression: options.compression ?? true,
    admit: (request) => gatekeeper.admit(request),
    accepted: (socket, ticket) => void gateway.accept(socket, ticket),
    handshakeFailed(reason, remoteAddress) {
      counters.handshakesFailed += 1
      domain.emit?.({ type: 'handshakeFailed', reason, remoteAddress })
    },
    request,
  })
}

class RunningCsms implements Csms {
  readonly url: string
  readonly secureUrl: string | undefined
  readonly urls: readonly string[]
  readonly port: number
  readonly ftpPort: number | undefined
  readonly runId: string
  readonly #parts: CsmsParts
  readonly #store: Store
  readonly #listener: WebSocketListener
  readonly #hub: EventHub
  readonly #files: FileServer | undefined
  #closing: Promise<void> | undefined

  constructor(
    parts: CsmsParts,
    store: Store,
    listener: WebSocketListener,
    options: CsmsOptions,
    hub: EventHub,
    files: FileServer | undefined,
  ) {
    this.#files = files
    this.#hub = hub
    this.#parts = parts
    this.#store = store
    this.#listener = listener
    this.port = listener.port || listener.securePort
    this.runId = parts.runId
    this.urls = listeningUrls(hostsOf(options), listener)
    this.url = this.urls[0] ?? ''
    this.secureUrl = this.urls.find((url) => url.startsWith('wss:'))
    this.ftpPort = files?.ftpPort
    const ftp = files?.ftpUrl === undefined ? [] : [files.ftpUrl]
    for (const url of [...this.urls, ...ftp]) {
      parts.domain.emit?.({ type: 'listening', url, runId: this.runId })
    }
  }

  get connections(): number {
    return this.#parts.gateway.connections
  }

  sendCommand(
    stationId: string,
    action: string,
    payload: object,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<CommandOutcome> {
    return this.#parts.commander.send(stationId, action, payload, options.timeoutMs)
  }

  stations(): StationView[] {
    return Array.from(this.#store.stations.list(), stationView)
  }

  transactions(): Iterable<TransactionRecord> {
    return this.#store.transactions.list()
  }

  counters(): CountersSnapshot {
    return this.#parts.domain.counters.snapshot()
  }

  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options)
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close({ code = 1001, reason = 'Stopping', timeoutMs = 5_000 }: CloseOptions) {
    await this.#listener.close(code, reason, timeoutMs)
    this.#parts.gateway.stop()
    await this.#files?.close()
    this.#hub.close()
    await this.#store[Symbol.asyncDispose]()
  }
}
