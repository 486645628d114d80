import { realClock } from '../platform/real-clock.ts'
import type { Clocks } from '../shared/clock.ts'
import { listenWebSocket, type WebSocketListener } from '../transport/websocket-server.ts'
import { createApi } from './api/api.ts'
import { LocalOperations } from './api/local-operations.ts'
import { type CsmsParts, composeCsms } from './compose.ts'
import type { CountersSnapshot } from './counters.ts'
import type { TransactionRecord } from './domain/transaction.ts'
import type { CommandOutcome } from './gateway/commander.ts'
import { composeGatekeeper } from './gateway/compose-gatekeeper.ts'
import { type CsmsOptions, defaults, hostsOf, listeningUrl } from './options.ts'
import type { CloseOptions } from './server.ts'
import { claimData } from './store/deal-data.ts'
import { openLowdbStore } from './store/lowdb-store.ts'
import { MemoryStore } from './store/memory-store.ts'
import type { Store } from './store/store.ts'
import { type StationView, stationView } from './views.ts'

/** A management system that runs. */
export interface Csms extends AsyncDisposable {
  /** `ws://127.0.0.1:9000`; stations append their identity. */
  readonly url: string
  readonly port: number
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
 * on one port. Throws `CSMS_PORT_IN_USE`, `CSMS_LISTEN_FAILED`, `CSMS_DATA_IN_USE`,
 * `CSMS_DATA_UNWRITABLE` or `CSMS_CONFIG_INVALID`.
 */
export async function startCsms(options: CsmsOptions = {}): Promise<Csms> {
  const clocks: Clocks = options.clocks ?? { real: realClock, simulated: realClock }
  const store = await openStore(options, clocks)
  let parts: CsmsParts | undefined
  try {
    parts = composeCsms(store, clocks, options)
    return new RunningCsms(parts, store, await listen(parts, store, clocks, options), options)
  } catch (error) {
    parts?.gateway.stop()
    await store[Symbol.asyncDispose]()
    throw error
  }
}

async function openStore(options: CsmsOptions, { real: clock }: Clocks): Promise<Store> {
  const { dataDir: folder } = options
  if (folder === undefined) return new MemoryStore()
  const report = (level: 'info' | 'warning', message: string) =>
    options.observer?.({ type: 'store', level, message })
  const lock = await claimData({ folder, processes: 1, clock, report })
  const snapshotDelayMs = options.snapshotDelayMs ?? defaults.snapshotDelayMs
  return openLowdbStore({ folder, lock, snapshotDelayMs, clock, report })
}

function listen(
  { domain, gateway, commander, runId }: CsmsParts,
  store: Store,
  { real }: Clocks,
  options: CsmsOptions,
): Promise<WebSocketListener> {
  const { counters, emit } = domain
  const isKnown = (stationId: string) => store.stations.get(stationId) !== undefined
  const gatekeeper = composeGatekeeper(options, { isKnown, counters, emit })
  return listenWebSocket({
    clock: real,
    hosts: hostsOf(options),
    port: options.port ?? defaults.port,
    maxPayload: options.maxPayloadBytes ?? defaults.maxPayloadBytes,
    maxConnections: options.maxConnections ?? defaults.maxConnections,
    compression: options.compression ?? false,
    admit: (request) => gatekeeper.admit(request),
    accepted: (socket, ticket) => void gateway.accept(socket, ticket),
    request: createApi({
      operations: new LocalOperations(store, gateway, commander),
      clock: real,
      runId,
      emit,
    }),
  })
}

class RunningCsms implements Csms {
  readonly url: string
  readonly port: number
  readonly runId: string
  readonly #parts: CsmsParts
  readonly #store: Store
  readonly #listener: WebSocketListener
  #closing: Promise<void> | undefined

  constructor(parts: CsmsParts, store: Store, listener: WebSocketListener, options: CsmsOptions) {
    this.#parts = parts
    this.#store = store
    this.#listener = listener
    this.port = listener.port
    this.runId = parts.runId
    const urls = hostsOf(options).map((host) => listeningUrl(host, listener.port))
    this.url = urls[0] ?? ''
    for (const url of urls) parts.domain.emit?.({ type: 'listening', url, runId: this.runId })
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
    await this.#store[Symbol.asyncDispose]()
  }
}
