import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Counters } from '../counters.ts'
import type { CsmsObserver } from '../events.ts'
import type { StationStore, TokenStore, TransactionStore } from '../store/store.ts'
import type { BusyTokens } from './authorization.ts'
import type { BootPolicy } from './registration.ts'
import type { Station } from './station.ts'

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
}

/** What a handler gets besides the request. */
export interface StationContext {
  readonly version: OcppVersion
  readonly station: Station
  readonly domain: Domain
}
