import type { ReasonEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import type {
  ChargingStateEnumType,
  MeterValueType,
  TransactionEventRequest,
  TransactionEventResponse,
  TransactionType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { TxStartPoint, TxStopPoint } from '../../../scenario/plan.ts'
import type { IdToken } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { type ReadingKind, readEvse } from '../metering/readings.ts'
import type { Station2x } from '../station-2x.ts'
import { type OpenTransaction, openTransaction } from './open-transaction.ts'
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

/** Those that only 2.1 has are said by what only 2.1 does. */
export type Trigger2x = TransactionEventRequest['triggerReason']

/** Something that a transaction must be told of. */
export interface Occurrence extends TransactionEventCause {
  readonly change: FactsChange
  readonly trigger: Trigger2x
  /** The stoppedReason if this ends the transaction. */
  readonly reason?: ReasonEnumType
  /** The token presented with it. */
  readonly token?: IdToken
  /** Where it is another than the one of now: several occurrences of one moment. */
  readonly chargingState?: ChargingStateEnumType
  /** A sample for an Updated event; Started and Ended take their own. */
  readonly sample?: {
    readonly kind: ReadingKind
    readonly context: Parameters<typeof readEvse>[3]
  }
}

/** What a session tells its station. */
export interface SessionHost extends Station2x {
  /** The event is complete but for what other blocks know. */
  telling(session: Session, event: TransactionEventRequest): void
  answered(session: Session, answer: TransactionEventResponse, event: TransactionEventRequest): void
  /** The end was sent, or waits for the network. */
  ended(session: Session): void
}

/**
 * The transactions of one EVSE: what happens becomes TransactionEvents with their sequence numbers,
 * by the station's start and stop points, and pages in the books [2.0.1 E01-E15].
 */
export class Session implements TransactionEventListener {
  readonly evse: Evse
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

  /** Wh since the transaction began; 0 where none is open. */
  get energyWh(): number {
    const { evse } = this
    return this.#transaction ? evse.outlet.importWh - this.#transaction.entry.meterStartWh : 0
  }

  /** Wire time, ms, at which the open transaction began. */
  get startedMs(): number | undefined {
    return this.#transaction && Date.parse(this.#transaction.entry.startedAt)
  }

  /** Tells the transaction, if one is open or begins with it; `undefined` = nobody was told. */
  occur(occurrence: Occurrence): TransactionEventType | undefined {
    const { model } = this.#host
    const eventType = this.#tracker.change(
      occurrence.change,
      this.#startPoints,
      model.list('TxCtrlr.TxStopPoint') as readonly TxStopPoint[],
    )
    if (eventType === undefined) return undefined
    this.evse.advance()
    if (eventType === 'Started') this.#begin()
    if (this.#transaction) this.#tell(eventType, occurrence, this.#transaction)
    return eventType
  }

  /** Power is cut: the readings of this moment are what the transaction will end with. */
  interrupt(): void {
    const transaction = this.#transaction
    if (!transaction || transaction.interrupted) return
    this.evse.advance()
    const { services } = this.#host
    const at = services.wireTime()
    transaction.interrupted = {
      at,
      atMs: services.wireMs(),
      readings: transaction.ended.close(at),
      authorization: this.evse.authorization,
    }
    transaction.entry.meterWh = this.evse.registerWh
  }

  /** Power is back: nobody is authorised, and what was open is ended unless it was already. */
  restore(trigger: Trigger2x, reason: ReasonEnumType): void {
    const connected = this.evse.cable !== undefined
    const change = { connected, authorized: false, energy: false, decisive: true } as const
    this.occur({ change, trigger, reason })
  }

  /**
   * Power is back before it is too late, and the EV is still there: the transaction goes on
   * [2.1 E17]. Energy does not flow yet.
   *
   * @param withinMs simulated ms from the loss
   * @param withEnergy it will flow again, if it did
   * @returns false: there is none that can go on
   */
  resume(withinMs: number, withEnergy: boolean): boolean {
    const interrupted = this.#transaction?.interrupted
    const { evse } = this
    if (!this.#transaction || !interrupted || evse.cable === undefined) return false
    if (this.#host.services.wireMs() - interrupted.atMs > withinMs) return false
    this.#transaction.interrupted = undefined
    this.#transaction.ended.resume(interrupted.readings)
    evse.authorization = this.#tracker.authorized ? interrupted.authorization : undefined
    this.occur({
      change: withEnergy ? {} : { energy: false },
      trigger: 'TxResumed',
      reason: 'PowerLoss',
    })
    return true
  }

  /** The run is over: no timer is left. */
  stopped(): void {
    this.#transaction?.ended.stop()
  }

  attempted(event: TransactionEventRequest): void {
    if (event.eventType === 'Ended') this.#host.ended(this)
  }

  answered(answer: TransactionEventResponse, event: TransactionEventRequest): void {
    this.#host.answered(this, answer, event)
  }

  /** Nothing begins on what is out of service [2.0.1 G03]. */
  get #startPoints(): readonly TxStartPoint[] {
    const { model, connectors } = this.#host
    if (!this.#tracker.open && !connectors.inService(this.evse)) return []
    return model.list('TxCtrlr.TxStartPoint') as readonly TxStartPoint[]
  }

  #begin(): void {
    this.#transaction = openTransaction(this.#host, this.evse)
    this.#lastTransactionId = this.#transaction.entry.transactionId
  }

  #tell(
    eventType: TransactionEventType,
    occurrence: Occurrence,
    transaction: OpenTransaction,
  ): void {
    const { services } = this.#host
    if (occurrence.change.authorized === false) transaction.stopReason ??= occurrence.reason
    if (occurrence.change.authorized === true) transaction.stopReason = undefined
    const event = this.#event(eventType, occurrence, transaction)
    const { entry } = transaction
    if (!transaction.interrupted) entry.meterWh = this.evse.registerWh
    if (eventType === 'Ended') {
      entry.stoppedAt = event.timestamp
      this.#transaction = undefined
    }
    this.#host.telling(this, event)
    services.queue.add(new TransactionEventMessage(event, entry, this, occurrence))
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
    const untold = this.#untoldToken(transaction)
    const token = occurrence.token ?? untold
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
        return present(readEvse(this.#host, this.evse, 'sampledStarted', 'Transaction.Begin', at))
      case 'Ended':
        return transaction.interrupted?.readings ?? transaction.ended.close(at)
      case 'Updated':
        if (!sample) return []
        return present(readEvse(this.#host, this.evse, sample.kind, sample.context, at))
    }
  }
}

function present(reading: MeterValueType | undefined): MeterValueType[] {
  return reading ? [reading] : []
}
