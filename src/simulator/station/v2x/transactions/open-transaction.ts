import type { MeterValueType, ReasonEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Authorization, Evse } from '../../evse.ts'
import type { LedgerEntry } from '../../ledger.ts'
import type { Station2x } from '../station-2x.ts'
import { EndedReadings } from './ended-readings.ts'

/** What a power loss left of a transaction. */
interface Interruption {
  /** Wire time of the loss, also in ms. */
  readonly at: string
  readonly atMs: number
  /** What the Ended event will carry if it is never resumed. */
  readonly readings: MeterValueType[]
  /** Who was charging. */
  readonly authorization: Authorization | undefined
}

/** A transaction between its first event and its last. */
export interface OpenTransaction {
  readonly entry: LedgerEntry
  seqNo: number
  tokenTold: boolean
  remoteStartTold: boolean
  /** The connector that the CSMS was told; 0 = none. */
  connectorTold: number
  /** Why the driver's right to charge ended, where it did before the transaction. */
  stopReason: ReasonEnumType | undefined
  readonly ended: EndedReadings
  interrupted: Interruption | undefined
}

/** Opens one on an EVSE that is up to date, and its page in the books. */
export function openTransaction(station: Station2x, evse: Evse): OpenTransaction {
  const { services } = station
  const startedAt = services.wireTime()
  const entry: LedgerEntry = {
    stationId: services.id,
    transactionId: services.nextId(),
    evse: evse.id,
    startedAt,
    stoppedAt: undefined,
    meterStartWh: evse.registerWh,
    meterWh: evse.registerWh,
    startAcknowledged: false,
    stopAcknowledged: false,
    dropped: false,
  }
  services.book(entry)
  return {
    entry,
    seqNo: 0,
    tokenTold: false,
    remoteStartTold: false,
    connectorTold: 0,
    stopReason: undefined,
    ended: new EndedReadings(station, evse, startedAt),
    interrupted: undefined,
  }
}
