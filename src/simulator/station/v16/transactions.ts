import { stopReasons16 } from '../../../ocpp/v16/enumerations.ts'
import type { IssuedCall } from '../../executors/load-station.ts'
import type { PowerCause, StationServices, StopCause, StopDetail } from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import type { Configuration } from './configuration.ts'
import type { MeterValue, ReadingContext } from './measurands.ts'
import type { ListKey, MeterReadings } from './meter-readings.ts'
import { type Starter, Transaction } from './transaction.ts'
import {
  type AnswerReader,
  type Attempted,
  MeterMessage,
  type MeterPlace,
  StartMessage,
  type StopFacts,
  StopMessage,
  type StopReason,
} from './transaction-messages.ts'

/** Spelling of the causes [1.6 7.36]. */
const reasonOf: Readonly<Record<StopCause, StopReason>> = {
  local: 'Local',
  remote: 'Remote',
  evDisconnected: 'EVDisconnected',
  deauthorized: 'DeAuthorized',
  tariffNotAccepted: 'Local',
  unlock: 'UnlockCommand',
  fault: 'Other',
  softReset: 'SoftReset',
  hardReset: 'HardReset',
  powerLoss: 'PowerLoss',
  reboot: 'Reboot',
  emergency: 'EmergencyStop',
  other: 'Other',
}

const reasons: ReadonlySet<string> = new Set<StopReason>(stopReasons16)

function isReason(text: string | undefined): text is StopReason {
  return text !== undefined && reasons.has(text)
}

interface Interrupted {
  readonly transaction: Transaction
  readonly facts: StopFacts
}

/** The transactions of one 1.6 station: at most one per EVSE is open. */
export class Transactions {
  readonly #station: StationServices
  readonly #configuration: Configuration
  readonly #readings: MeterReadings
  readonly #reader: AnswerReader
  /** By EVSE: the open one, or the last that was. */
  #last: (Transaction | undefined)[] | undefined
  /** Ended by a power loss; told when power is back. */
  #interrupted: Interrupted[] | undefined

  constructor(
    station: StationServices,
    configuration: Configuration,
    readings: MeterReadings,
    reader: AnswerReader,
  ) {
    this.#station = station
    this.#configuration = configuration
    this.#readings = readings
    this.#reader = reader
  }

  open(evse: Evse): Transaction | undefined {
    const last = this.#last?.[evse.id]
    return last?.ledger.stoppedAt === undefined ? last : undefined
  }

  /** The open or the last one on this EVSE. */
  last(evse: Evse): Transaction | undefined {
    return this.#last?.[evse.id]
  }

  /** The open one that the CSMS calls by this id. */
  withId(id: number): Transaction | undefined {
    return this.#last?.find(
      (transaction) => transaction?.id === id && transaction.ledger.stoppedAt === undefined,
    )
  }

  /** Begins one on an EVSE that is up to date [1.6 4.8]. */
  begin(evse: Evse, starter: Starter, attempted: Attempted, traffic?: IssuedCall): void {
    const { id, queue } = this.#station
    const transaction = new Transaction(evse, starter, id, this.#station.wireTime())
    this.#last ??= []
    this.#last[evse.id] = transaction
    this.#station.book(transaction.ledger)
    this.#readings.begin(evse)
    this.#keep(transaction, 'StopTxnSampledData', 'Transaction.Begin')
    queue.add(new StartMessage(transaction, this.#reader, attempted, traffic))
  }

  /** Ends an open one on an EVSE that is up to date [1.6 4.10]. */
  end(
    transaction: Transaction,
    stop: StopDetail,
    attempted: Attempted,
    traffic?: IssuedCall,
  ): void {
    const facts = this.#close(transaction, stop)
    const message = new StopMessage(transaction, facts, this.#reader, attempted, traffic)
    this.#station.queue.add(message)
  }

  /** MeterValues, of an open one or of none: in the queue, in order. */
  meter(
    place: MeterPlace,
    values: readonly MeterValue[],
    attempted: Attempted,
    traffic?: IssuedCall,
  ): void {
    this.#station.queue.add(new MeterMessage(place, values, attempted, traffic))
  }

  /** Takes the values that StopTransaction will carry. */
  keepPeriodic(transaction: Transaction): void {
    this.#keep(transaction, 'StopTxnSampledData', 'Sample.Periodic')
  }

  keepAligned(transaction: Transaction): void {
    this.#keep(transaction, 'StopTxnAlignedData', 'Sample.Clock')
  }

  /** Energy stops flowing for a while, or flows again. */
  keepInterruption(transaction: Transaction, ended: boolean): void {
    const context = ended ? 'Interruption.End' : 'Interruption.Begin'
    this.#keep(transaction, 'StopTxnSampledData', context)
  }

  /** The register at a fault, whatever the meter told before. */
  keepOther(transaction: Transaction): void {
    this.#keep(transaction, 'StopTxnSampledData', 'Other')
  }

  /** The loss ends what is open, with the time and the register of the loss. */
  interrupt(cause: PowerCause): void {
    for (const evse of this.#station.evses) {
      const transaction = this.open(evse)
      if (!transaction) continue
      this.#interrupted ??= []
      const stop = { cause: cause === 'reset' ? 'hardReset' : 'powerLoss' } as const
      this.#interrupted.push({ transaction, facts: this.#close(transaction, stop) })
    }
  }

  /** Power is back: what was interrupted is told now [1.6 4.10, reason PowerLoss or HardReset]. */
  tellInterrupted(): void {
    const interrupted = this.#interrupted ?? []
    this.#interrupted = undefined
    for (const { transaction, facts } of interrupted) {
      this.#station.queue.add(new StopMessage(transaction, facts, this.#reader, undefined))
    }
  }

  #close(transaction: Transaction, stop: StopDetail): StopFacts {
    transaction.close(this.#station.wireTime())
    this.#keep(transaction, 'StopTxnSampledData', 'Transaction.End')
    const byOwner = stop.cause === 'local' ? transaction.idTag : undefined
    return {
      reason: isReason(stop.reason) ? stop.reason : reasonOf[stop.cause],
      idTag: stop.token?.idToken ?? byOwner,
    }
  }

  #keep(transaction: Transaction, list: ListKey, context: ReadingContext): void {
    if (this.#configuration.readings(list).length === 0) return
    const most = this.#configuration.number('StopTransactionMaxMeterValues')
    transaction.keep(this.#readings.take(transaction.evse, list, context), most)
  }
}
