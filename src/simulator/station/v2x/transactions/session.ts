import type {
  ChargingStateEnumType,
  IdTokenInfoType,
  MeasurandEnumType,
  MeterValueType,
  ReadingContextEnumType,
  ReasonEnumType,
  TransactionEventRequest,
  TransactionType,
  TriggerReasonEnumType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { TxStartPoint, TxStopPoint } from '../../../scenario/plan.ts'
import type { IdToken } from '../../../steps/actor.ts'
import type { StationServices } from '../../behaviour.ts'
import type { Evse } from '../../evse.ts'
import type { LedgerEntry } from '../../ledger.ts'
import { meterValue } from '../metering/meter-values.ts'
import type { DeviceModel } from '../provisioning/device-model/device-model.ts'
import {
  chargingState,
  type TransactionEventCause,
  type TransactionEventListener,
  TransactionEventMessage,
  wireToken,
} from './transaction-event.ts'
import {
  type FactsChange,
  type TransactionEventType,
  TransactionTracker,
} from './transaction-tracker.ts'

/** Something that a transaction must be told of. */
export interface Occurrence extends TransactionEventCause {
  readonly change: FactsChange
  readonly trigger: TriggerReasonEnumType
  /** The stoppedReason if this ends the transaction. */
  readonly reason?: ReasonEnumType
  /** The token presented with it. */
  readonly token?: IdToken
  /** Where it is another than the one of now: several occurrences of one moment. */
  readonly chargingState?: ChargingStateEnumType
  /** A sample for an Updated event; Started and Ended take their own. */
  readonly sample?: { readonly measurands: string; readonly context: ReadingContextEnumType }
}

/** What a session tells its station. */
export interface SessionHost {
  readonly services: StationServices
  readonly model: DeviceModel
  /** The CSMS judged the token of the transaction that is open. */
  judged(session: Session, info: IdTokenInfoType, event: TransactionEventRequest): void
  /** The end was sent, or waits for the network. */
  ended(session: Session): void
}

interface OpenTransaction {
  readonly entry: LedgerEntry
  seqNo: number
  tokenTold: boolean
  remoteStartTold: boolean
  /** The connector that the CSMS was told; 0 = none. */
  connectorTold: number
  /** Why the driver's right to charge ended, where it did before the transaction. */
  stopReason: ReasonEnumType | undefined
  /** For the Ended event, which repeats it [2.0.1 E06]. */
  readonly begin: MeterValueType | undefined
  /** Instant and reading of a power loss. */
  interrupted: { readonly at: string; readonly end: MeterValueType | undefined } | undefined
}

/**
 * The transactions of one EVSE: what happens becomes TransactionEvents with their sequence numbers,
 * by the station's start and stop points, and pages in the books [2.0.1 E01-E15].
 */
export class Session implements TransactionEventListener {
  readonly evse: Evse
  /** The EVSE gives no energy because the CSMS did not accept the idToken [2.0.1 E05]. */
  withheld = false
  readonly #host: SessionHost
  readonly #tracker = new TransactionTracker()
  #transaction: OpenTransaction | undefined
  #lastTransactionId: string | undefined
  #lastRemoteStartId: number | undefined

  constructor(evse: Evse, host: SessionHost) {
    this.evse = evse
    this.#host = host
  }

  /** A transaction is open that no power loss interrupted. */
  get open(): boolean {
    return this.#transaction !== undefined && this.#transaction.interrupted === undefined
  }

  /** Of the open transaction; else of the last one. */
  get transactionId(): string | undefined {
    return this.#lastTransactionId
  }

  /** Of the last transaction that the CSMS started. */
  get remoteStartId(): number | undefined {
    return this.#lastRemoteStartId
  }

  /** A cable was there when a transaction was last told. */
  get connected(): boolean {
    return this.#tracker.connected
  }

  get authorized(): boolean {
    return this.#tracker.authorized
  }

  /** Tells the transaction, if one is open or begins with it; `undefined` = nobody was told. */
  occur(occurrence: Occurrence): TransactionEventType | undefined {
    const { model } = this.#host
    const eventType = this.#tracker.change(
      occurrence.change,
      model.list('TxCtrlr.TxStartPoint') as readonly TxStartPoint[],
      model.list('TxCtrlr.TxStopPoint') as readonly TxStopPoint[],
    )
    if (eventType === undefined) return undefined
    this.evse.advance()
    if (eventType === 'Started') this.#begin()
    if (this.#transaction) this.#tell(eventType, occurrence, this.#transaction)
    return eventType
  }

  /** Power is cut: the reading of this moment is what the transaction will end with. */
  interrupt(): void {
    const transaction = this.#transaction
    if (!transaction) return
    this.evse.advance()
    const at = this.#host.services.wireTime()
    transaction.interrupted = { at, end: this.#read('TxEndedMeasurands', 'Transaction.End', at) }
    transaction.entry.meterWh = this.evse.registerWh
  }

  /** Power is back: nobody is authorised, and what was open is ended unless it was already. */
  restore(trigger: TriggerReasonEnumType, reason: ReasonEnumType): void {
    const connected = this.evse.cable !== undefined
    const change = { connected, authorized: false, energy: false, decisive: true } as const
    this.occur({ change, trigger, reason })
  }

  attempted(event: TransactionEventRequest): void {
    if (event.eventType === 'Ended') this.#host.ended(this)
  }

  judged(info: IdTokenInfoType, event: TransactionEventRequest): void {
    this.#host.judged(this, info, event)
  }

  #begin(): void {
    const station = this.#host.services
    const at = station.wireTime()
    const transactionId = station.nextId()
    const entry: LedgerEntry = {
      stationId: station.id,
      transactionId,
      evse: this.evse.id,
      startedAt: at,
      stoppedAt: undefined,
      meterStartWh: this.evse.registerWh,
      meterWh: this.evse.registerWh,
      startAcknowledged: false,
      stopAcknowledged: false,
      dropped: false,
    }
    station.book(entry)
    this.#lastTransactionId = transactionId
    this.#transaction = {
      entry,
      seqNo: 0,
      tokenTold: false,
      remoteStartTold: false,
      connectorTold: 0,
      stopReason: undefined,
      begin: this.#read('TxEndedMeasurands', 'Transaction.Begin', at),
      interrupted: undefined,
    }
  }

  #tell(
    eventType: TransactionEventType,
    occurrence: Occurrence,
    transaction: OpenTransaction,
  ): void {
    const station = this.#host.services
    if (occurrence.change.authorized === false) transaction.stopReason ??= occurrence.reason
    if (occurrence.change.authorized === true) transaction.stopReason = undefined
    const event = this.#event(eventType, occurrence, transaction)
    const { entry } = transaction
    if (!transaction.interrupted) entry.meterWh = this.evse.registerWh
    if (eventType === 'Ended') {
      entry.stoppedAt = event.timestamp
      this.#transaction = undefined
    }
    station.queue.add(new TransactionEventMessage(event, entry, this, occurrence))
  }

  #event(
    eventType: TransactionEventType,
    occurrence: Occurrence,
    transaction: OpenTransaction,
  ): TransactionEventRequest {
    const { evse } = this
    const timestamp = transaction.interrupted?.at ?? this.#host.services.wireTime()
    const transactionInfo = this.#info(eventType, occurrence, transaction)
    const event: TransactionEventRequest = {
      eventType,
      timestamp,
      triggerReason: occurrence.trigger,
      seqNo: transaction.seqNo,
      transactionInfo,
    }
    transaction.seqNo += 1
    const newCable = evse.cable !== undefined && evse.cable !== transaction.connectorTold
    if (eventType === 'Started' || newCable) {
      transaction.connectorTold = evse.cable ?? 0
      event.evse = { id: evse.id, connectorId: evse.connector }
    }
    const token = occurrence.token ?? this.#untoldToken(transaction)
    if (token) event.idToken = wireToken(token)
    const readings = this.#readings(eventType, occurrence, transaction, timestamp)
    if (readings.length > 0) event.meterValue = readings
    if (transactionInfo.chargingState === 'Charging' && evse.plan.current === 'AC') {
      event.numberOfPhasesUsed = evse.outlet.phases
    }
    return event
  }

  #info(
    eventType: TransactionEventType,
    occurrence: Occurrence,
    transaction: OpenTransaction,
  ): TransactionType {
    const info: TransactionType = {
      transactionId: transaction.entry.transactionId,
      chargingState:
        occurrence.chargingState ?? (this.#tracker.connected ? chargingState(this.evse) : 'Idle'),
    }
    const remoteStartId = this.evse.authorization?.remoteStartId
    if (remoteStartId !== undefined && !transaction.remoteStartTold) {
      transaction.remoteStartTold = true
      this.#lastRemoteStartId = remoteStartId
      info.remoteStartId = remoteStartId
    }
    if (eventType === 'Ended') {
      info.stoppedReason = transaction.stopReason ?? occurrence.reason ?? 'Other'
    }
    return info
  }

  /** Each authorization is told once, with the first event after it [2.0.1 E03]. */
  #untoldToken(transaction: OpenTransaction): IdToken | undefined {
    const told = transaction.tokenTold
    transaction.tokenTold = this.#tracker.authorized
    return told || !this.#tracker.authorized ? undefined : this.evse.authorization?.token
  }

  #readings(
    eventType: TransactionEventType,
    { sample }: Occurrence,
    transaction: OpenTransaction,
    at: string,
  ): MeterValueType[] {
    switch (eventType) {
      case 'Started':
        return present(this.#read('TxStartedMeasurands', 'Transaction.Begin', at))
      case 'Ended':
        return [
          ...present(transaction.begin),
          ...present(
            transaction.interrupted
              ? transaction.interrupted.end
              : this.#read('TxEndedMeasurands', 'Transaction.End', at),
          ),
        ]
      case 'Updated': {
        if (!sample) return []
        const measurands = this.#measurands(sample.measurands)
        return present(meterValue(this.evse.outlet, measurands, sample.context, at))
      }
    }
  }

  #read(
    variable: 'TxStartedMeasurands' | 'TxEndedMeasurands',
    context: ReadingContextEnumType,
    at: string,
  ): MeterValueType | undefined {
    const measurands = this.#measurands(`SampledDataCtrlr.${variable}`)
    return meterValue(this.evse.outlet, measurands, context, at)
  }

  #measurands(variable: string): readonly MeasurandEnumType[] {
    return this.#host.model.list(variable) as readonly MeasurandEnumType[]
  }
}

function present(reading: MeterValueType | undefined): MeterValueType[] {
  return reading ? [reading] : []
}
