import type { NotifySettlementRequest } from 'typed-ocpp/dist/ocpp21/types.js'

/** What became of a payment at a station's terminal [2.1 C19 to C22]. */
export interface SettlementRecord extends Omit<NotifySettlementRequest, 'customData'> {
  /** When it was heard of. */
  readonly at: string
}

/** A tariff that a station has, as far as is known [2.1 I07, I09]. */
export interface StationTariffRecord {
  readonly tariffId: string
  readonly kind: string
  readonly validFrom?: string
  readonly evseIds?: readonly number[]
  readonly idTokens?: readonly string[]
}

/** The latest of a station that are kept. */
export const mostSettlements = 100
/** Tariffs of a station that are remembered. */
export const mostStationTariffs = 500
