import type { AuthorizationStatus } from '../../ocpp/authorization-status.ts'
import type { TransactionCost } from './costs.ts'
import type { SignedReading } from './signed-data.ts'
import type { TransactionLimit } from './token.ts'

/**
 * A charging transaction, one model for both generations. Instants are those of the payloads, as
 * they stood on the wire; energy registers are in Wh. Records are written in place.
 */
export interface TransactionRecord {
  /** Position in the order of arrival, from 1; the cursor of lists. */
  readonly ordinal: number
  readonly stationId: string
  /** 1.6: a number made here; 2.x: the station's string; 0 and -1 where a 1.6 station had none. */
  readonly transactionId: number | string
  /** 2.x only. */
  evseId: number | undefined
  connectorId: number | undefined
  idToken: string | undefined
  /** What its start was answered; the answer to a repeated start. */
  authorization: AuthorizationStatus | undefined
  /** Undefined where the start never arrived. */
  startedAt: string | undefined
  stoppedAt: string | undefined
  meterStartWh: number | undefined
  meterStopWh: number | undefined
  /** Known once the transaction has stopped and both registers were reported. */
  energyWh: number | undefined
  /** The latest import register reported while it was open. */
  lastRegisterWh: number | undefined
  stopReason: string | undefined
  /** Who presented himself to stop it: another one of the group, perhaps. */
  stopIdToken: string | undefined
  /** Its station was offline when it started or stopped. */
  offline: boolean
  remoteStartId: number | undefined
  reservationId: number | undefined
  /** 2.x: ChargingStateEnumType. */
  chargingState: string | undefined
  /** 1.6: the station has used the id, so it must have received it. */
  idConfirmed: boolean
  /** What the meter signed; absent where it signs nothing. */
  signedData?: SignedReading[]
  /** 2.1: what its station calculates with. */
  tariffId?: string
  /** What it costs; absent where nobody calculates. */
  cost?: TransactionCost
  /** 2.1: the limits of its token that its station was told. */
  limitTold?: TransactionLimit
  /** 2.1: paid at a terminal or on the web; the idToken is what the payment provider calls it. */
  directPayment?: true
  /** 2.x: lowest and highest seqNo seen, and those between that have not come yet. */
  firstSeqNo: number | undefined
  lastSeqNo: number | undefined
  missingSeqNos: number[] | undefined
}

/** What is known when a transaction is first heard of. */
export type NewTransaction = Pick<TransactionRecord, 'stationId' | 'transactionId'> &
  Partial<TransactionRecord>

/** Every record has the usual fields in the same order, so that the engine sees one shape. */
export function newTransaction(ordinal: number, known: NewTransaction): TransactionRecord {
  const transaction: TransactionRecord = {
    ordinal,
    stationId: known.stationId,
    transactionId: known.transactionId,
    evseId: known.evseId,
    connectorId: known.connectorId,
    idToken: known.idToken,
    authorization: known.authorization,
    startedAt: known.startedAt,
    stoppedAt: known.stoppedAt,
    meterStartWh: known.meterStartWh,
    meterStopWh: known.meterStopWh,
    energyWh: known.energyWh,
    lastRegisterWh: known.lastRegisterWh,
    stopReason: known.stopReason,
    stopIdToken: known.stopIdToken,
    offline: known.offline ?? false,
    remoteStartId: known.remoteStartId,
    reservationId: known.reservationId,
    chargingState: known.chargingState,
    idConfirmed: known.idConfirmed ?? false,
    firstSeqNo: known.firstSeqNo,
    lastSeqNo: known.lastSeqNo,
    missingSeqNos: known.missingSeqNos,
  }
  if (known.signedData) transaction.signedData = known.signedData
  if (known.tariffId !== undefined) transaction.tariffId = known.tariffId
  if (known.cost) transaction.cost = known.cost
  if (known.directPayment) transaction.directPayment = true
  return transaction
}

export function isOpen(transaction: TransactionRecord): boolean {
  return transaction.stoppedAt === undefined
}

/** Register differences in Wh, free of the dust that kWh leave in binary fractions. */
export function energyBetween(
  startWh: number | undefined,
  stopWh: number | undefined,
): number | undefined {
  if (startWh === undefined || stopWh === undefined) return undefined
  return Math.round((stopWh - startWh) * 1000) / 1000
}
