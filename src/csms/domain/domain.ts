import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Counters } from '../counters.ts'
import type { CsmsObserver } from '../events.ts'
import type { StationStore, TokenStore, TransactionStore } from '../store/store.ts'
import type { BusyTokens } from './authorization.ts'
import type { CertificateSigner } from './certificates.ts'
import type { BootPolicy } from './registration.ts'
import type { AccessChanged } from './security.ts'
import type { Station } from './station.ts'
import type { TariffBook } from './tariffs.ts'
import type { TokenNews } from './token.ts'
import type { PaymentSettings } from './web-payments.ts'

/** What the management system knows and decides, whatever version asks. */
export interface Domain {
  /** Simulated time: everything written on the wire. */
  readonly clock: Clock
  readonly stations: StationStore
  readonly tokens: TokenStore
  readonly transactions: TransactionStore
  readonly activeTokens: BusyTokens
  readonly boot: BootPolicy
  readonly heartbeatIntervalSeconds: number
  /** Vendors whose DataTransfer is accepted. */
  readonly vendors: ReadonlySet<string>
  readonly counters: Counters
  /** Undefined where nobody listens: then no event is even made. */
  readonly emit: CsmsObserver | undefined
  /** Undefined: nobody calculates what charging costs. */
  readonly tariffs?: TariffBook | undefined
  /** Undefined: nobody pays on the web. */
  readonly payments?: PaymentSettings | undefined
  /** Signs certificates of stations; undefined where there is no authority. */
  readonly authority?: CertificateSigner | undefined
  /** Sends a CALL of the management system's own accord; its effects are learned as of any other. */
  readonly command: SendCommand
  /** Other processes that know the tokens hear of what a transaction did to one. */
  readonly tokenNews?: ((news: TokenNews) => void) | undefined
  /** Whoever decides on upgrades hears what a station must present from now on. */
  readonly accessChanged?: AccessChanged | undefined
}

/** Never rejects; `answered` where the station answered with a result. */
export type SendCommand = (
  stationId: string,
  action: string,
  payload: object,
) => Promise<{ readonly status: string }>

/** What a handler gets besides the request. */
export interface StationContext {
  readonly version: OcppVersion
  readonly station: Station
  readonly domain: Domain
  /** Ends the connection when what is being answered is written. */
  end(code: number, reason: string): void
}
