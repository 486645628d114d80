import { randomBytes } from 'node:crypto'
import { RpcService } from '../ocpp/rpc/service.ts'
import { PayloadValidators } from '../ocpp/schemas.ts'
import { officialSchemas } from '../platform/official-schemas.ts'
import { realClock } from '../platform/real-clock.ts'
import type { Clocks } from '../shared/clock.ts'
import { csmsError } from '../shared/errors.ts'
import { IdSequence } from '../shared/ids.ts'
import { listenWebSocket } from '../transport/websocket-server.ts'
import { createApi } from './api/api.ts'
import { Counters, type CountersSnapshot } from './counters.ts'
import { ActiveTokens } from './domain/authorization.ts'
import type { Domain, StationContext } from './domain/domain.ts'
import { occupyToken } from './domain/ledger.ts'
import { newStation } from './domain/station.ts'
import { isOpen, type TransactionRecord } from './domain/transaction.ts'
import { Gatekeeper } from './gateway/admission.ts'
import { effectTable } from './gateway/command-effects.ts'
import { Commander, type CommandOutcome, type Effects } from './gateway/commander.ts'
import { Credentials } from './gateway/credentials.ts'
import { Gateway, type Services } from './gateway/gateway.ts'
import { type CsmsOptions, defaults, type StationSeed } from './options.ts'
import { openLowdbStore } from './store/lowdb-store.ts'
import { MemoryStore } from './store/memory-store.ts'
import type { Store } from './store/store.ts'
import { commandEffects2x } from './v2x/command-effects.ts'
import { handlers2x } from './v2x/handlers.ts'
import { commandEffects16 } from './v16/command-effects.ts'
import { handlers16 } from './v16/handlers.ts'
import { type StationView, stationView } from './views.ts'

/** A management system that runs. */
export interface Csms extends AsyncDisposable {
  /** `ws://127.0.0.1:9000`; stations append their identity. */
  readonly url: string
  readonly port: number
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

export interface CloseOptions {
  /** Default 1001, going away. */
  readonly code?: number
  readonly reason?: string
  /** How long stations may take to finish the closing handshake; default 5000. */
  readonly timeoutMs?: number
}

/**
 * Starts the embedded management system: OCPP 1.6, 2.0.1 and 2.1, the operator's API and health, all
 * on one port. Throws `CSMS_PORT_IN_USE`, `CSMS_LISTEN_FAILED`, `CSMS_DATA_UNWRITABLE` or
 * `CSMS_CONFIG_INVALID`.
 */
export async function startCsms(options: CsmsOptions = {}): Promise<Csms> {
  const clocks: Clocks = options.clocks ?? { real: realClock, simulated: realClock }
  const store = await openStore(options, clocks)
  try {
    return await startOn(store, clocks, options)
  } catch (error) {
    await store[Symbol.asyncDispose]()
    throw error
  }
}

async function startOn(store: Store, clocks: Clocks, options: CsmsOptions): Promise<Csms> {
  const runId = options.runId ?? randomBytes(4).toString('hex')
  const domain = domainOf(store, clocks, options)
  const credentials = seed(store, options)
  const services = servicesOf(options)
  const ids = new IdSequence(runId, 'csms')
  const callTimeoutMs = options.callTimeoutMs ?? defaults.callTimeoutMs
  const gateway = new Gateway(services, {
    domain,
    clock: clocks.real,
    nextMessageId: () => ids.next(),
    callTimeoutMs,
    longestQueue: options.longestQueue ?? defaults.longestQueue,
    pingIntervalMs: options.pingIntervalMs ?? defaults.pingIntervalMs,
    frames: options.frames === true && domain.emit !== undefined,
  })
  const commander = new Commander(gateway, services, effects, clocks.real, callTimeoutMs)
  const host = options.host ?? defaults.host
  const gatekeeper = gatekeeperOf(domain, credentials, options)
  const listener = await listenWebSocket({
    clock: clocks.real,
    host,
    port: options.port ?? defaults.port,
    maxPayload: options.maxPayloadBytes ?? defaults.maxPayloadBytes,
    maxConnections: options.maxConnections ?? defaults.maxConnections,
    compression: options.compression ?? false,
    admit: (request) => gatekeeper.admit(request),
    accepted: (socket, ticket) => void gateway.accept(socket, ticket),
    request: createApi({ domain, gateway, commander, store, clock: clocks.real, runId }),
  })
  const url = `ws://${host.includes(':') ? `[${host}]` : host}:${listener.port}`
  domain.emit?.({ type: 'listening', url, runId })
  let closing: Promise<void> | undefined
  const close = async ({ code = 1001, reason = 'Stopping', timeoutMs = 5_000 }: CloseOptions) => {
    await listener.close(code, reason, timeoutMs)
    gateway.stop()
    await store[Symbol.asyncDispose]()
  }
  return {
    url,
    port: listener.port,
    runId,
    get connections() {
      return gateway.connections
    },
    sendCommand: (stationId, action, payload, { timeoutMs } = {}) =>
      commander.send(stationId, action, payload, timeoutMs),
    stations: () => Array.from(store.stations.list(), stationView),
    transactions: () => store.transactions.list(),
    counters: () => domain.counters.snapshot(),
    close(how = {}) {
      closing ??= close(how)
      return closing
    },
    [Symbol.asyncDispose]() {
      closing ??= close({})
      return closing
    },
  }
}

const effects: Effects = {
  'ocpp1.6': effectTable(commandEffects16),
  'ocpp2.0.1': effectTable(commandEffects2x),
  'ocpp2.1': effectTable(commandEffects2x),
}

function servicesOf(options: CsmsOptions): Services {
  const validators = new PayloadValidators(options.schemas ?? officialSchemas)
  return {
    'ocpp1.6': new RpcService<StationContext>('ocpp1.6', 'csms', handlers16, validators),
    'ocpp2.0.1': new RpcService<StationContext>('ocpp2.0.1', 'csms', handlers2x, validators),
    'ocpp2.1': new RpcService<StationContext>('ocpp2.1', 'csms', handlers2x, validators),
  }
}

async function openStore(options: CsmsOptions, clocks: Clocks): Promise<Store> {
  if (options.dataDir === undefined) return new MemoryStore()
  return openLowdbStore({
    folder: options.dataDir,
    snapshotDelayMs: options.snapshotDelayMs ?? defaults.snapshotDelayMs,
    clock: clocks.real,
    report: (level, message) => options.observer?.({ type: 'store', level, message }),
  })
}

function domainOf(store: Store, clocks: Clocks, options: CsmsOptions): Domain {
  const domain: Domain = {
    clock: clocks.simulated,
    stations: store.stations,
    tokens: store.tokens,
    transactions: store.transactions,
    activeTokens: new ActiveTokens(),
    boot: options.boot ?? { status: 'Accepted' },
    heartbeatIntervalSeconds: options.heartbeatIntervalSeconds ?? defaults.heartbeatIntervalSeconds,
    vendors: new Set(options.vendors),
    counters: new Counters(),
    emit: options.observer,
  }
  for (const transaction of store.transactions.list()) {
    if (isOpen(transaction)) occupyToken(domain, transaction)
  }
  return domain
}

/** Puts the named stations and tokens into the store; the passwords stay out of it. */
function seed(store: Store, { stations = [], tokens = [] }: CsmsOptions): Credentials {
  const credentials = new Credentials()
  for (const station of stations) {
    if (!store.stations.get(station.id)) store.stations.save(newStation(station.id))
    setPassword(credentials, station)
  }
  for (const token of tokens) store.tokens.save(token)
  return credentials
}

function setPassword(credentials: Credentials, { id, password, passwordHash }: StationSeed): void {
  try {
    if (password !== undefined) credentials.set(id, { plain: password })
    if (passwordHash !== undefined) credentials.set(id, { hash: passwordHash })
  } catch (error) {
    const message = `the password hash of station ${id} is ${error instanceof Error ? error.message : 'invalid'}`
    throw csmsError('CSMS_CONFIG_INVALID', { file: 'stations', message }, error)
  }
}

function gatekeeperOf(domain: Domain, credentials: Credentials, options: CsmsOptions): Gatekeeper {
  const policy = {
    unknownStations: options.unknownStations ?? 'accept',
    authentication: options.authentication ?? 'optional',
  } as const
  return new Gatekeeper(
    policy,
    domain.stations,
    credentials,
    (request, stationId, status, reason) => {
      domain.counters.connectionsRefused += 1
      const { remoteAddress } = request
      domain.emit?.({ type: 'refused', stationId, status, reason, remoteAddress })
    },
  )
}
