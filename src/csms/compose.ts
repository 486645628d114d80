import { randomBytes } from 'node:crypto'
import { RpcService } from '../ocpp/rpc/service.ts'
import { PayloadValidators } from '../ocpp/schemas.ts'
import { officialSchemas } from '../platform/official-schemas.ts'
import type { Clocks } from '../shared/clock.ts'
import { csmsError } from '../shared/errors.ts'
import { IdSequence } from '../shared/ids.ts'
import { Counters } from './counters.ts'
import { ActiveTokens } from './domain/authorization.ts'
import type { Domain, StationContext } from './domain/domain.ts'
import { occupyToken } from './domain/ledger.ts'
import { newStation } from './domain/station.ts'
import { isOpen } from './domain/transaction.ts'
import { Gatekeeper } from './gateway/admission.ts'
import { effectTable } from './gateway/command-effects.ts'
import { Commander, type Effects } from './gateway/commander.ts'
import { Credentials } from './gateway/credentials.ts'
import { Gateway, type Services } from './gateway/gateway.ts'
import { type CsmsOptions, defaults, type StationSeed } from './options.ts'
import type { Store, TokenStore } from './store/store.ts'
import { commandEffects2x } from './v2x/command-effects.ts'
import { handlers2x } from './v2x/handlers.ts'
import { commandEffects16 } from './v16/command-effects.ts'
import { handlers16 } from './v16/handlers.ts'

/** A management system without a port: sockets are handed to its gateway. */
export interface CsmsParts {
  readonly runId: string
  readonly domain: Domain
  readonly gatekeeper: Gatekeeper
  readonly gateway: Gateway
  readonly commander: Commander
}

/** Puts the parts together. Throws `CSMS_CONFIG_INVALID` for a seed that it cannot read. */
export function composeCsms(store: Store, clocks: Clocks, options: CsmsOptions): CsmsParts {
  const runId = options.runId ?? randomBytes(4).toString('hex')
  const domain = domainOf(store, clocks, options)
  const gatekeeper = gatekeeperOf(domain, seed(store, options), options)
  const services = servicesOf(options)
  for (const version of options.prepare ?? []) services[version].prepare()
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
  return { runId, domain, gatekeeper, gateway, commander }
}

const effects: Effects = {
  'ocpp1.6': effectTable(commandEffects16),
  'ocpp2.0.1': effectTable(commandEffects2x),
  'ocpp2.1': effectTable(commandEffects2x),
}

function servicesOf(options: CsmsOptions): Services {
  const validators = options.validators ?? new PayloadValidators(officialSchemas)
  return {
    'ocpp1.6': new RpcService<StationContext>('ocpp1.6', 'csms', handlers16, validators),
    'ocpp2.0.1': new RpcService<StationContext>('ocpp2.0.1', 'csms', handlers2x, validators),
    'ocpp2.1': new RpcService<StationContext>('ocpp2.1', 'csms', handlers2x, validators),
  }
}

function domainOf(store: Store, clocks: Clocks, options: CsmsOptions): Domain {
  const domain: Domain = {
    clock: clocks.simulated,
    stations: store.stations,
    tokens: options.unknownTokens === 'accept' ? trusting(store.tokens) : store.tokens,
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

/** Takes tokens that nobody named for accepted ones; they are not stored. */
function trusting(tokens: TokenStore): TokenStore {
  return {
    get count() {
      return tokens.count
    },
    get: (idToken) => tokens.get(idToken) ?? { idToken, status: 'Accepted' },
    save: (token) => tokens.save(token),
    list: () => tokens.list(),
  }
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
    const message = `the password hash of station ${id} cannot be read: ${String(error)}`
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
    ({ remoteAddress }, stationId, status, reason) => {
      domain.counters.connectionsRefused += 1
      domain.emit?.({ type: 'refused', stationId, status, reason, remoteAddress })
    },
  )
}
