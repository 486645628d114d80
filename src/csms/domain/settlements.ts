import type { AddressType, NotifySettlementRequest } from 'typed-ocpp/dist/ocpp21/types.js'

/** What became of a payment at a station's terminal [2.1 C19 to C22]. */
export interface SettlementRecord extends Omit<NotifySettlementRequest, 'customData'> {
  /** When it was heard of, or made here. */
  readonly at: string
  /** Absent: the terminal of the station settled it. */
  readonly by?: 'csms'
}

/** A VAT number that was to be validated [2.1 C18.FR.08]. */
export interface VatNumberRecord {
  readonly vatNumber: string
  /** Where its driver pays; absent where the station named none. */
  readonly evseId?: number
  readonly status: 'Accepted' | 'Rejected'
  /** Whose it is. */
  readonly company?: AddressType
  readonly at: string
}

/** An EVSE that is kept for somebody who pays on the web [2.1 C25]. */
export interface WebPaymentRecord {
  /** 0: every EVSE of the station. */
  readonly evseId: number
  readonly since: string
  /** When the station gives it up unless the transaction begins. */
  readonly until: string
}

/** A tariff that a station has, as far as is known [2.1 I07, I09]. */
export interface StationTariffRecord {
  readonly tariffId: string
  readonly kind: string
  readonly validFrom?: string
  readonly evseIds?: readonly number[]
  readonly idTokens?: readonly string[]
}

/** The latest of a station that are kept, of payments on the web and VAT numbers likewise. */
export const mostSettlements = 100
/** Tariffs of a station that are remembered. */
export const mostStationTariffs = 500
