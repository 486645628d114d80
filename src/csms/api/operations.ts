import type { CommandOutcome } from '../gateway/commander.ts'
import type { Store } from '../store/store.ts'
import type { StationDetails } from '../views.ts'

/** JSON texts of a list's items, many to a piece, separated as `joinRows` does. */
export type Rows = Iterable<string> | AsyncIterable<string>

export interface Holdings {
  readonly connections: number
  readonly stations: number
  readonly transactions: number
}

export interface TransactionQuery {
  readonly stationId: string | undefined
  readonly open: boolean | undefined
  /** Ordinal to go on from. */
  readonly after: number
  readonly limit: number | undefined
}

export interface TransactionPage {
  readonly rows: Rows
  /** What the next page comes after; undefined where this is the last. */
  readonly next: number | undefined
}

/**
 * What an operator can ask and do: the API's side of a management system, of one process or of
 * several.
 */
export interface Operations {
  readonly storeKind: Store['kind']
  holdings(): Holdings | Promise<Holdings>
  /** All stations, or those that are connected, or not. */
  stations(connected: boolean | undefined): Rows
  station(stationId: string): StationDetails | undefined | Promise<StationDetails | undefined>
  /** In order of arrival. */
  transactions(query: TransactionQuery): TransactionPage | Promise<TransactionPage>
  /** Never rejects because of the station. @param waitMs default: the management system's */
  command(
    stationId: string,
    action: string,
    payload: object,
    waitMs: number | undefined,
  ): Promise<CommandOutcome>
}
