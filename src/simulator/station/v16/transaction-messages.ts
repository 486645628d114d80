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

/** What all of them have: the traffic they serve, and who hears of the first outcome. */
abstract class QueuedMessage {
  readonly traffic: IssuedCall | undefined
  readonly #attempted: Attempted

  constructor(attempted: Attempted, traffic: IssuedCall | undefined) {
    this.#attempted = attempted
    this.traffic = traffic
  }

  attempted(outcome: CallOutcome): void {
    this.#attempted?.(outcome)
    this.traffic?.done(outcome)
  }
}

export type StopReason = NonNullable<RequestOf<Actions16, 'StopTransaction'>['reason']>

export class StartMessage extends QueuedMessage implements TransactionMessage {
  readonly action = 'StartTransaction'
  readonly intermediate = false
  readonly #transaction: Transaction
  readonly #reader: AnswerReader

  constructor(
    transaction: Transaction,
    reader: AnswerReader,
    attempted: Attempted,
    traffic?: IssuedCall,
  ) {
    super(attempted, traffic)
    this.#transaction = transaction
    this.#reader = reader
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

export class StopMessage extends QueuedMessage implements TransactionMessage {
  readonly action = 'StopTransaction'
  readonly intermediate = false
  readonly #transaction: Transaction
  readonly #facts: StopFacts
  readonly #reader: AnswerReader

  constructor(
    transaction: Transaction,
    facts: StopFacts,
    reader: AnswerReader,
    attempted: Attempted,
    traffic?: IssuedCall,
  ) {
    super(attempted, traffic)
    this.#transaction = transaction
    this.#facts = facts
    this.#reader = reader
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
export class MeterMessage extends QueuedMessage implements TransactionMessage {
  readonly action = 'MeterValues'
  readonly intermediate = true
  readonly #place: MeterPlace
  readonly #values: readonly MeterValue[]

  constructor(
    place: MeterPlace,
    values: readonly MeterValue[],
    attempted: Attempted,
    traffic?: IssuedCall,
  ) {
    super(attempted, traffic)
    this.#place = place
    this.#values = values
  }

  payload(): RequestOf<Actions16, 'MeterValues'> {
    const { connectorId, wireId } = this.#place
    const meterValue = [...this.#values]
    return wireId === undefined
      ? { connectorId, meterValue }
      : { connectorId, transactionId: wireId, meterValue }
  }

  /** Nobody's books depend on a single sample. */
  delivered(): void {
    return undefined
  }

  dropped(): void {
    return undefined
  }
}
