import type {
  ChargingStateEnumType,
  IdTokenEnumType,
  IdTokenType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type {
  TransactionEventRequest,
  TransactionEventResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { CallOutcome } from '../../../../ocpp/rpc/call.ts'
import type { IssuedCall } from '../../../executors/load-station.ts'
import type { IdToken, StepResult } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import type { LedgerEntry } from '../../ledger.ts'
import { doneWith, failed, resultOf } from '../../step-result.ts'
import type { TransactionMessage } from '../../transaction-queue.ts'

/** Hears what became of a TransactionEvent. */
export interface TransactionEventListener {
  /** The first transmission is over, or the message waits for the network. */
  attempted(event: TransactionEventRequest): void
  /** The CSMS answered. */
  answered(answer: TransactionEventResponse, event: TransactionEventRequest): void
}

/** Who waits for the answer to a TransactionEvent. */
export interface TransactionEventCause {
  readonly traffic?: IssuedCall
  readonly attempted?: (outcome: CallOutcome) => void
}

/** Trigger reasons of events that no station may drop [2.1 E12.FR.04]. */
const aboutLimits: ReadonlySet<string> = new Set([
  'LimitSet',
  'CostLimitReached',
  'EnergyLimitReached',
  'TimeLimitReached',
  'SoCLimitReached',
])

/** One TransactionEvent on its way; marks the books when it is answered [2.0.1 E04, E13]. */
export class TransactionEventMessage implements TransactionMessage {
  readonly action = 'TransactionEvent'
  readonly #event: TransactionEventRequest
  readonly #entry: LedgerEntry
  readonly #listener: TransactionEventListener
  readonly #cause: TransactionEventCause

  constructor(
    event: TransactionEventRequest,
    entry: LedgerEntry,
    listener: TransactionEventListener,
    cause: TransactionEventCause,
  ) {
    this.#event = event
    this.#entry = entry
    this.#listener = listener
    this.#cause = cause
  }

  get traffic(): IssuedCall | undefined {
    return this.#cause.traffic
  }

  get transactionId(): string {
    return this.#event.transactionInfo.transactionId
  }

  /**
   * One that tells who charges, or where, is not: nothing else tells it [2.0.1 E04.FR.08]; nor is one
   * about a limit [2.1 E12.FR.04].
   */
  get intermediate(): boolean {
    const { eventType, idToken, evse, triggerReason } = this.#event
    return eventType === 'Updated' && !idToken && !evse && !aboutLimits.has(triggerReason)
  }

  payload(offline: boolean): object {
    return offline ? { ...this.#event, offline: true } : this.#event
  }

  attempted(outcome: CallOutcome): void {
    this.#cause.attempted?.(outcome)
    this.#listener.attempted(this.#event)
    this.#cause.traffic?.done(outcome)
  }

  delivered(answer: object): void {
    const { eventType } = this.#event
    if (eventType === 'Started') this.#entry.startAcknowledged = true
    if (eventType === 'Ended') this.#entry.stopAcknowledged = true
    this.#listener.answered(answer as TransactionEventResponse, this.#event)
  }

  dropped(): void {
    this.#entry.dropped = true
  }
}

/** What the answer to a TransactionEvent means for the step that sent it. */
export function transactionResult(outcome: CallOutcome): StepResult {
  if (outcome.kind !== 'result') return resultOf('TransactionEvent', outcome)
  const { idTokenInfo } = outcome.payload as TransactionEventResponse
  if (idTokenInfo === undefined || idTokenInfo.status === 'Accepted') {
    return doneWith(outcome.payload)
  }
  return failed(`the CSMS says that the idToken is ${idTokenInfo.status}`, outcome.payload)
}

/** What energy does at an EVSE, in the words of a transaction. */
export function chargingState(evse: Evse): ChargingStateEnumType {
  if (evse.cable === undefined) return 'Idle'
  if (!evse.energized) return 'EVConnected'
  const suspendedBy = evse.outlet.suspendedBy
  if (suspendedBy === undefined) return 'Charging'
  return suspendedBy === 'ev' ? 'SuspendedEV' : 'SuspendedEVSE'
}

/** The token as the wire takes it; scenarios check its type. [2.0.1 IdTokenType] */
export function wireToken({ idToken, type, additionalInfo }: IdToken): IdTokenType {
  const token: IdTokenType = { idToken, type: type as IdTokenEnumType }
  if (!additionalInfo?.length) return token
  return { ...token, additionalInfo: additionalInfo.map((one) => ({ ...one })) }
}
