import { randomBytes } from 'node:crypto'
import { IdSequence } from '../ocpp/ids.ts'
import { RpcService } from '../ocpp/rpc/service.ts'
import { PayloadValidators } from '../ocpp/schemas.ts'
import { officialValidators } from '../platform/official-validators.ts'
import type { Clocks } from '../shared/clock.ts'
import { authorityOf } from './authority.ts'
import { Counters } from './counters.ts'
import { ActiveTokens, type BusyTokens } from './domain/authorization.ts'
import type { Domain, SendCommand, StationContext } from './domain/domain.ts'
import { occupyToken } from './domain/ledger.ts'
import type { AccessChanged } from './domain/security.ts'
import { newStation } from './domain/station.ts'
import { TariffBook } from './domain/tariffs.ts'
import type { Token, TokenNews } from './domain/token.ts'
import { isOpen } from './domain/transaction.ts'
import type { PaymentSettings } from './domain/web-payments.ts'
import { EventOutlet } from './event-outlet.ts'
import { effectTable } from './gateway/command-effects.ts'
import { Commander, type Effects, type Preparation } from './gateway/commander.ts'
import { Gateway, type Services } from './gateway/gateway.ts'
import { keepNextPassword } from './gateway/password-change.ts'
import { MessageLog } from './message-log.ts'
import { type CsmsOptions, defaults } from './options.ts'
import { readPayments } from './payments/payment-file.ts'
import type { Store, TokenStore } from './store/store.ts'
import { readTariffs } from './tariff-file.ts'
import { effects21, effects201, handlers21, handlers201 } from './v2x/blocks.ts'
import { divided } from './v2x/provisioning/message-limits.ts'
import { passwordIn2x } from './v2x/security/security-settings.ts'
import { commandEffects16 } from './v16/command-effects.ts'
import { handlers16 } from './v16/handlers.ts'
import { passwordIn16 } from './v16/security-settings.ts'

/** A management system without a port: sockets are handed to its gateway. */
export interface CsmsParts {
  readonly runId: string
  readonly domain: Domain
  readonly gateway: Gateway
  readonly commander: Commander
  /** Where it tells what happens; who wants what may change. */
  readonly outlet: EventOutlet
  /** The latest messages; undefined where none are kept. */
  readonly messages: MessageLog | undefined
}

/** What a process shares with others that belong to the same management system. */
export interface Company {
  readonly activeTokens: BusyTokens
  /** Part of every message id, at most 12 characters, of no other process. */
  readonly idOwner: string
  /** Whoever decides on upgrades. */
  readonly accessChanged?: AccessChanged | undefined
  readonly tokenNews?: ((news: TokenNews) => void) | undefined
}

/** @param company default: this process is the whole management system */
export function composeCsms(
  store: Store,
  clocks: Clocks,
  options: CsmsOptions,
  company: Company = { activeTokens: new ActiveTokens(), idOwner: 'csms' },
): CsmsParts {
  const runId = options.runId ?? randomRunId()
  seed(store, options)
  const messages = messageLogOf(clocks, options)
  const outlet = outletOf(options, messages)
  const services = servicesOf(options)
  const domain = domainOf(store, clocks, options, company, {
    outlet,
    command: (stationId, action, payload) => commander.send(stationId, action, payload),
    tariffs: tariffsOf(services, options),
    payments: paymentsOf(options),
  })
  for (const version of options.prepare ?? []) services[version].prepare()
  const ids = new IdSequence(runId, company.idOwner)
  const callTimeoutMs = options.callTimeoutMs ?? defaults.callTimeoutMs
  const gateway = new Gateway(services, {
    domain,
    clock: clocks.real,
    nextMessageId: () => ids.next(),
    callTimeoutMs,
    longestQueue: options.longestQueue ?? defaults.longestQueue,
    pingIntervalMs: options.pingIntervalMs ?? defaults.pingIntervalMs,
    outlet,
    store,
    script: options.script,
  })
  const commander = new Commander(
    gateway,
    services,
    effects,
    clocks.real,
    callTimeoutMs,
    prepareCommand,
    ({ station }, action, payload) => divided(station, action, payload),
  )
  options.script?.begin({
    clock: clocks.real,
    send: (stationId, action, payload, timeoutMs) =>
      commander.send(stationId, action, payload, timeoutMs),
  })
  return { runId, domain, gateway, commander, outlet, messages }
}

/** A password is kept before it leaves: the station may take it and be cut off. */
const prepareCommand: Preparation = (session, action, payload) => {
  const password =
    session.version === 'ocpp1.6' ? passwordIn16(action, payload) : passwordIn2x(action, payload)
  return password === undefined ? undefined : keepNextPassword(password, session)
}

const effects: Effects = {
  'ocpp1.6': effectTable(commandEffects16),
  'ocpp2.0.1': effectTable(effects201),
  'ocpp2.1': effectTable(effects21),
}

function servicesOf(options: CsmsOptions): Services {
  const validators = options.validators ?? new PayloadValidators(officialValidators)
  return {
    'ocpp1.6': new RpcService<StationContext>('ocpp1.6', 'csms', handlers16, validators),
    'ocpp2.0.1': new RpcService<StationContext>('ocpp2.0.1', 'csms', handlers201, validators),
    'ocpp2.1': new RpcService<StationContext>('ocpp2.1', 'csms', handlers21, validators),
  }
}

/** Throws `CSMS_CONFIG_INVALID`. */
function tariffsOf(services: Services, { tariffsFile }: CsmsOptions): TariffBook | undefined {
  if (tariffsFile === undefined) return undefined
  const check = services['ocpp2.1'].action('SetDefaultTariff')?.checkRequest
  return new TariffBook(readTariffs(tariffsFile, (tariff) => check?.({ evseId: 0, tariff })?.text))
}

/** Throws `CSMS_CONFIG_INVALID`. */
export function paymentsOf({ paymentsFile }: CsmsOptions): PaymentSettings | undefined {
  return paymentsFile === undefined ? undefined : readPayments(paymentsFile)
}

function messageLogOf({ real }: Clocks, { messageLog = 0 }: CsmsOptions): MessageLog | undefined {
  return messageLog > 0 ? new MessageLog(real, messageLog) : undefined
}

function outletOf(
  { observer, frames = false }: CsmsOptions,
  messages: MessageLog | undefined,
): EventOutlet {
  const events = observer !== undefined
  return new EventOutlet(observer ?? nobody, { events, frames: events && frames }, messages)
}

function nobody(): void {
  // Nothing is sent here: nobody wants it.
}

function domainOf(
  store: Store,
  clocks: Clocks,
  options: CsmsOptions,
  { activeTokens, accessChanged, tokenNews }: Company,
  {
    outlet,
    command,
    tariffs,
    payments,
  }: {
    readonly outlet: EventOutlet
    readonly command: SendCommand
    readonly tariffs: TariffBook | undefined
    readonly payments: PaymentSettings | undefined
  },
): Domain {
  const domain: Domain = {
    clock: clocks.simulated,
    stations: store.stations,
    tokens: options.unknownTokens === 'accept' ? trusting(store.tokens) : store.tokens,
    transactions: store.transactions,
    activeTokens,
    boot: options.boot ?? { status: 'Accepted' },
    heartbeatIntervalSeconds: options.heartbeatIntervalSeconds ?? defaults.heartbeatIntervalSeconds,
    vendors: new Set(options.vendors),
    counters: new Counters(),
    authority:
      options.caDir === undefined ? undefined : authorityOf(options.caDir, clocks.simulated),
    tariffs,
    payments,
    command,
    tokenNews,
    accessChanged,
    get emit() {
      return outlet.emit
    },
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
    remove: (idToken) => tokens.remove(idToken),
    list: () => tokens.list(),
    sorted: (after) => tokens.sorted(after),
  }
}

/** Puts the named stations and tokens into the store; the passwords stay out of it. */
function seed(store: Store, { stations = [], tokens = [] }: CsmsOptions): void {
  for (const { id } of stations) {
    if (!store.stations.get(id)) store.stations.save(newStation(id))
  }
  for (const token of tokens) store.tokens.save(withStoredBalance(token, store.tokens))
}

/** What is named is what a prepaid token begins with: what it has paid since is not given back. */
function withStoredBalance(token: Token, tokens: TokenStore): Token {
  const { balance } = tokens.get(token.idToken) ?? {}
  return token.balance === undefined || balance === undefined ? token : { ...token, balance }
}

/** Eight hexadecimal digits. */
export function randomRunId(): string {
  return randomBytes(4).toString('hex')
}
