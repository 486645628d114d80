import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import type { TransactionRecord } from '../domain/transaction.ts'

/** Hears of every change of a store, on the hot path: note it and do nothing else. */
export interface Changes {
  station(record: StationRecord): void
  stationRemoved(record: StationRecord): void
  /** @param token undefined: it was removed */
  token(key: string, token: Token | undefined): void
  transaction(record: TransactionRecord): void
}

/** Tokens are the same without regard to case [1.6 CiString20Type] [2.0.1 identifierString]. */
export const tokenKey = (idToken: string): string => idToken.toLowerCase()
