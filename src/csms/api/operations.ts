import type { OcppVersion } from '../../ocpp/version.ts'
import type { CountersSnapshot } from '../counters.ts'
import type { AccessChange } from '../domain/security.ts'
import type { TariffView } from '../domain/tariffs.ts'
import type { Token } from '../domain/token.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import type { LoggedMessage, MessageFilter } from '../message-log.ts'
import type { Store } from '../store/store.ts'
import type { StationDetails, StationView } from '../views.ts'
import type { PartName, PartQuery } from './station-parts.ts'

/** JSON texts of a list's items, many to a piece, separated as `joinRows` does. */
export type Rows = Iterable<string> | AsyncIterable<string>

export interface Holdings {
  readonly connections: number
  readonly connectionsByVersion: Readonly<Record<OcppVersion, number>>
  readonly stations: number
  readonly tokens: number
  readonly transactions: number
  /** Written to journals since the start. */
  readonly journalBytes: number
  /** How many stores cannot save at present. */
  readonly stuckStores: number
}

/** A part of a list in the order of its keys. */
interface Part<Key> {
  /** What comes behind it. */
  readonly after: Key
  /** Undefined: everything. */
  readonly limit: number | undefined
}

/** By identity. */
export interface StationQuery extends Part<string> {
  readonly connected: boolean | undefined
}

/** By idToken in lower case. */
export type TokenQuery = Part<string>

/** By ordinal. */
export interface TransactionQuery extends Part<number> {
  readonly stationId: string | undefined
  readonly open: boolean | undefined
}

export interface Page<Key> {
  readonly rows: Rows
  /** What the next page comes after; undefined where this is the last. */
  readonly next: Key | undefined
}

/** What a process of the management system used since it began. */
interface Used {
  /** 0: the one that listens; the others from 1 on. */
  readonly process: number
  readonly cpuSeconds: number
  readonly rssBytes: number
}

export interface Measures {
  readonly holdings: Holdings
  readonly counters: CountersSnapshot
  readonly processes: readonly Used[]
}

/** A field that is absent stays as it is, null removes it. */
export type TokenChange = {
  readonly [Field in Exclude<keyof Token, 'idToken' | 'status'>]?: Token[Field] | null
} & { readonly status?: Token['status'] }

/** How a change of a token ended; undefined: there was no such token to change. */
export interface TokenChanged {
  readonly token: Token
  /** It was not known before. */
  readonly isNew: boolean
}

/** `register`: the station was not known. */
export interface StationEdit {
  readonly kind: 'register' | 'change'
  readonly stationId: string
  readonly change: AccessChange
}

/** `wrong`: it was known already, or it was not. */
export type StationEdited =
  | { readonly status: 'done'; readonly station: StationView }
  | { readonly status: 'wrong' }

/** `busy`: it has open transactions. */
export type StationRemoved = 'removed' | 'unknown' | 'busy'

/** Whose connections are meant. */
export type Connections =
  | { readonly stationId: string }
  /** Those that proved themselves with this client certificate. */
  | { readonly certificateSerial: string }

/** `replace`: the token is as said, whether it was known or not. */
export type TokenEdit =
  | { readonly kind: 'replace'; readonly token: Token }
  | { readonly kind: 'change'; readonly idToken: string; readonly change: TokenChange }
  /** Of a prepaid token, in another process. */
  | { readonly kind: 'debit'; readonly idToken: string; readonly amount: number }

/** What one station told or holds; undefined: there is no such station. */
export interface StationPart {
  readonly value: unknown
}

/**
 * What an operator can ask and do: the API's side of a management system, of one process or of
 * several.
 */
export interface Operations {
  readonly storeKind: Store['kind']
  holdings(): Holdings | Promise<Holdings>
  measures(): Measures | Promise<Measures>
  /** Why no station should be sent here now; none: it is ready. */
  troubles(): readonly string[] | Promise<readonly string[]>
  stations(query: StationQuery): Page<string> | Promise<Page<string>>
  station(stationId: string): StationDetails | undefined | Promise<StationDetails | undefined>
  stationPart(
    stationId: string,
    part: PartName,
    query: PartQuery,
  ): StationPart | undefined | Promise<StationPart | undefined>
  /** Resolves when it is stored, and rejects where it cannot be. */
  editStation(edit: StationEdit): Promise<StationEdited>
  /**
   * Forgets a station and ends its connection; as `editStation`.
   * @param force ends its open transactions, too
   */
  removeStation(stationId: string, force: boolean): Promise<StationRemoved>
  /** Ends connections; what is signed with a certificate that is meant is not delivered any more. */
  endConnections(meant: Connections, reason: string): number | Promise<number>
  /** In order of arrival. */
  transactions(query: TransactionQuery): Page<number> | Promise<Page<number>>
  tokens(query: TokenQuery): Page<string> | Promise<Page<string>>
  token(idToken: string): Token | undefined | Promise<Token | undefined>
  /** In every process; resolves when it is stored, and rejects where it cannot be. */
  editToken(edit: TokenEdit): Promise<TokenChanged | undefined>
  /** As `editToken`. @returns whether it was known */
  removeToken(idToken: string): Promise<boolean>
  /** Those of the file; none without one. */
  tariffs(): readonly TariffView[] | Promise<readonly TariffView[]>
  /** In order of time. */
  messages(filter: MessageFilter): readonly LoggedMessage[] | Promise<readonly LoggedMessage[]>
  /** Never rejects because of the station. @param waitMs default: the management system's */
  command(
    stationId: string,
    action: string,
    payload: object,
    waitMs: number | undefined,
  ): Promise<CommandOutcome>
}
