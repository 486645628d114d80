import type { Evse } from '../evse.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { MeterValue } from './measurands.ts'

/** How many values StopTransaction may carry where the template allows no fewer [1.6 errata 3.91]. */
export const longestTransactionData = 100

/** Who starts, and with which reservation. */
export interface Starter {
  readonly idTag: string
  readonly reservationId?: number | undefined
}

/** One 1.6 transaction, from StartTransaction to StopTransaction. */
export class Transaction {
  readonly evse: Evse
  /** Of the EVSE, 1-based. */
  readonly connector: number
  /** Of the station. */
  readonly connectorId: number
  readonly idTag: string
  /** Of the reservation that it ended. */
  readonly reservationId: number | undefined
  /** Those of this group may stop it, too [1.6 3.10]. */
  parentIdTag: string | undefined
  readonly ledger: LedgerEntry
  /** Undefined until the CSMS named one. */
  id: number | undefined
  #data: MeterValue[] | undefined

  constructor(evse: Evse, { idTag, reservationId }: Starter, stationId: string, startedAt: string) {
    this.evse = evse
    this.connector = evse.connector
    this.connectorId = evse.connectorId
    this.idTag = idTag
    this.reservationId = reservationId
    this.ledger = {
      stationId,
      transactionId: '',
      evse: evse.id,
      startedAt,
      stoppedAt: undefined,
      meterStartWh: evse.registerWh,
      meterWh: evse.registerWh,
      startAcknowledged: false,
      stopAcknowledged: false,
      dropped: false,
    }
  }

  /** transactionId in messages: -1 as long as the CSMS named none [1.6 errata 3.18]. */
  get wireId(): number {
    return this.id ?? -1
  }

  /** What StopTransaction will carry as transactionData; undefined = nothing. */
  get data(): MeterValue[] | undefined {
    return this.#data
  }

  /**
   * Keeps values for StopTransaction. Beyond `most`, every other one between the first and the last
   * is left out [1.6 errata 3.91, key StopTransactionMaxMeterValues].
   */
  keep(values: readonly MeterValue[], most: number): void {
    if (values.length === 0) return
    this.#data = [...(this.#data ?? []), ...values]
    while (this.#data.length > most) {
      const last: number = this.#data.length - 1
      this.#data = this.#data.filter((_, i) => i === 0 || i === last || i % 2 === 0)
    }
  }

  /** Closes the books at the register of now. */
  close(stoppedAt: string): void {
    this.ledger.stoppedAt = stoppedAt
    this.ledger.meterWh = this.evse.registerWh
  }
}
