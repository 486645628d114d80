import type { Evse } from '../evse.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { MeterValue } from './measurands.ts'

/** How many values StopTransaction may carry; beyond, every other one in between is left out. */
const longestData = 100

/** One 1.6 transaction, from StartTransaction to StopTransaction. */
export class Transaction {
  readonly evse: Evse
  /** Of the EVSE, 1-based. */
  readonly connector: number
  /** Of the station. */
  readonly connectorId: number
  readonly idTag: string
  readonly ledger: LedgerEntry
  /** Undefined until the CSMS named one. */
  id: number | undefined
  #data: MeterValue[] | undefined

  constructor(evse: Evse, idTag: string, stationId: string, startedAt: string) {
    this.evse = evse
    this.connector = evse.connector
    this.connectorId = evse.connectorId
    this.idTag = idTag
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

  keep(value: MeterValue | undefined): void {
    if (!value) return
    this.#data ??= []
    this.#data.push(value)
    if (this.#data.length <= longestData) return
    const last = this.#data.length - 1
    this.#data = this.#data.filter((_, i) => i === 0 || i === last || i % 2 === 0)
  }

  /** Closes the books at the register of now. */
  close(stoppedAt: string): void {
    this.ledger.stoppedAt = stoppedAt
    this.ledger.meterWh = this.evse.registerWh
  }
}
