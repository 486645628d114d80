import type { CallOutcome } from '../../../ocpp/rpc/call.ts'
import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { IssuedCall } from '../../executors/load-station.ts'
import type { TransactionMessage } from '../transaction-queue.ts'
import type { MeterValue } from './measurands.ts'
import type { Transaction } from './transaction.ts'

/** Who reads the answers. */
export interface AnswerReader {
  startAnswered(transaction: Transaction, answer: object): void
  /** @param idTag the one that `idTagInfo` of the answer is about */
  stopAnswered(idTag: string, answer: object): void
}

/** Hears the first outcome, for the step that waits. */
export type Attempted = ((outcome: CallOutcome) => void) | undefined

export type StopReason = NonNullable<RequestOf<Actions16, 'StopTransaction'>['reason']>

export class StartMessage implements TransactionMessage {
  readonly action = 'StartTransaction'
  readonly intermediate = false
  readonly traffic: IssuedCall | undefined
  readonly #transaction: Transaction
  readonly #reader: AnswerReader
  readonly #attempted: Attempted

  constructor(
    transaction: Transaction,
    reader: AnswerReader,
    attempted: Attempted,
    traffic?: IssuedCall,
  ) {
    this.#transaction = transaction
    this.#reader = reader
    this.#attempted = attempted
    this.traffic = traffic
  }

  payload(): RequestOf<Actions16, 'StartTransaction'> {
    const { connectorId, idTag, ledger, reservationId } = this.#transaction
    const request = {
      connectorId,
      idTag,
      meterStart: ledger.meterStartWh,
      timestamp: ledger.startedAt,
    }
    return reservationId === undefined ? request : { ...request, reservationId }
  }

  attempted(outcome: CallOutcome): void {
    this.#attempted?.(outcome)
    this.traffic?.done(outcome)
  }

  delivered(answer: object): void {
    this.#reader.startAnswered(this.#transaction, answer)
  }

  dropped(): void {
    this.#transaction.ledger.dropped = true
  }
}

/** Where and why a transaction stopped. */
export interface StopFacts {
  readonly reason: StopReason
  readonly idTag: string | undefined
}

export class StopMessage implements TransactionMessage {
  readonly action = 'StopTransaction'
  readonly intermediate = false
  readonly traffic: IssuedCall | undefined
  readonly #transaction: Transaction
  readonly #facts: StopFacts
  readonly #reader: AnswerReader
  readonly #attempted: Attempted

  constructor(
    transaction: Transaction,
    facts: StopFacts,
    reader: AnswerReader,
    attempted: Attempted,
    traffic?: IssuedCall,
  ) {
    this.#transaction = transaction
    this.#facts = facts
    this.#reader = reader
    this.#attempted = attempted
    this.traffic = traffic
  }

  payload(): RequestOf<Actions16, 'StopTransaction'> {
    const { wireId, ledger, data } = this.#transaction
    const { reason, idTag } = this.#facts
    return {
      transactionId: wireId,
      meterStop: ledger.meterWh,
      timestamp: ledger.stoppedAt ?? ledger.startedAt,
      reason,
      ...(idTag !== undefined && { idTag }),
      ...(data && { transactionData: data }),
    }
  }

  attempted(outcome: CallOutcome): void {
    this.#attempted?.(outcome)
    this.traffic?.done(outcome)
  }

  delivered(answer: object): void {
    this.#transaction.ledger.stopAcknowledged = true
    this.#reader.stopAnswered(this.#facts.idTag ?? this.#transaction.idTag, answer)
  }

  dropped(): void {
    this.#transaction.ledger.dropped = true
  }
}

/** What meter values are of: a transaction, or a connector without one. */
export interface MeterPlace {
  readonly connectorId: number
  /** Of the transaction when the message goes out; undefined: there is none. */
  readonly wireId: number | undefined
}

/** Meter values: queued, and the first to go when there is no room. */
export class MeterMessage implements TransactionMessage {
  readonly action = 'MeterValues'
  readonly intermediate = true
  readonly traffic: IssuedCall | undefined
  readonly #place: MeterPlace
  readonly #values: readonly MeterValue[]
  readonly #attempted: Attempted

  constructor(
    place: MeterPlace,
    values: readonly MeterValue[],
    attempted: Attempted,
    traffic?: IssuedCall,
  ) {
    this.#place = place
    this.#values = values
    this.#attempted = attempted
    this.traffic = traffic
  }

  payload(): RequestOf<Actions16, 'MeterValues'> {
    const { connectorId, wireId } = this.#place
    const meterValue = [...this.#values]
    return wireId === undefined
      ? { connectorId, meterValue }
      : { connectorId, transactionId: wireId, meterValue }
  }

  attempted(outcome: CallOutcome): void {
    this.#attempted?.(outcome)
    this.traffic?.done(outcome)
  }

  /** Nobody's books depend on a single sample. */
  delivered(): void {
    return undefined
  }

  dropped(): void {
    return undefined
  }
}
