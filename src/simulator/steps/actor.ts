import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Cancel } from '../../shared/cancel.ts'
import type { Clocks } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'
import type { EvPlan } from '../scenario/plan.ts'
import type { Act } from './acts.ts'

/** Which plug; 1-based. Steps that name none mean EVSE 1, connector 1. */
export interface ConnectorRef {
  readonly evse: number
  readonly connector: number
}

export interface IdToken {
  readonly idToken: string
  /** 2.x IdTokenEnumType; ignored by 1.6. */
  readonly type: string
  /** 2.x: what is presented besides, compared with nothing [2.0.1 AdditionalInfoType]. */
  readonly additionalInfo?: readonly {
    readonly additionalIdToken: string
    readonly type: string
  }[]
  /** Paid at the terminal of a 2.1 station; the token is what its payment provider calls that. */
  readonly payment?: PaymentCard
}

/** A card, or a wallet, at a payment terminal [2.1 C18]. */
export interface PaymentCard {
  /** `Visa`. */
  readonly brand: string
  /** `CC`, `Debit`. */
  readonly recognition: string
  readonly last4: string
  /** What the payment provider will make of the settlement. */
  readonly settlement: 'Settled' | 'Rejected' | 'Failed'
  /** Wanted on the receipt. */
  readonly vatNumber: string | undefined
}

/** What came of one thing a script asked a station to do. */
export interface StepResult {
  readonly ok: boolean
  /** Why not, in one sentence, with what the CSMS said. Empty when ok. */
  readonly reason: string
  /** The last answer to what the step sent, for `save` and `answer`; undefined if none came. */
  readonly answer: object | undefined
}

/** What changes about the grid; what is left out stays as it was. */
export interface GridChange {
  readonly frequencyHz?: number
  /** Phase to neutral. */
  readonly voltageV?: number
  /** What the building draws besides the EVs, W; negative = it generates. */
  readonly loadW?: number
  /** What a local energy management system wants of each EV, W; negative = back. */
  readonly externalW?: number
  /** A fault that neither frequency nor voltage shows; `none` ends it. */
  readonly fault?: string
}

export interface ChargeGoal {
  /** Simulated milliseconds. */
  readonly forMs?: number
  /** State of charge, 0 to 1. */
  readonly untilSoc?: number
  /** Wh charged since the session began. */
  readonly untilEnergyWh?: number
  /** Sample interval for this session, simulated milliseconds; otherwise the station's own. */
  readonly meterEveryMs?: number
}

/** A CALL that the CSMS sent, as scripts see it (also those that were refused). */
export interface IncomingCall {
  readonly action: string
  readonly payload: object
  /** Real monotonic microseconds of its arrival. */
  readonly atMicros: number
  /** Position among all the CALLs the CSMS sent to this station; starts at 0. */
  readonly ordinal: number
  /** What the station answered; undefined while it has not, or has otherwise. */
  readonly answer: object | undefined
  /** The code of the CALLERROR that it answered, as on the wire. */
  readonly callError: string | undefined
  /** Left without an answer for good. */
  readonly unanswered: boolean
}

/** Replaces the station's own answer to a CALL, and what it would do. */
export type ReplyOverride =
  /** Valid or not. */
  | { readonly kind: 'with'; readonly payload: object }
  | { readonly kind: 'refused'; readonly status: string }
  | { readonly kind: 'callError'; readonly code: RpcErrorCode; readonly description: string }
  | { readonly kind: 'never' }

/** How a station was told to answer. */
export interface ToldReply {
  /** Undefined: as it would by itself, and with what it does. */
  readonly reply: ReplyOverride | undefined
  /** Real time from the CALL to the answer. */
  readonly afterMs: number
}

/** Of the next CALL of this action. */
export interface OneShotReply extends ToldReply {
  readonly action: string
}

/**
 * A station as a script plays it: physical and version-neutral acts, and raw OCPP when one wants
 * to. Acts resolve when the station has done what it does by itself (sent, waited for the answer);
 * they reject only with `Cancelled`.
 */
export interface StationActor {
  readonly id: string
  /** Run-wide index. */
  readonly index: number
  readonly fleet: string
  readonly version: OcppVersion
  readonly clocks: Clocks
  /** The stream that scripts draw from. */
  readonly random: Random
  /** The station's own idToken. */
  readonly ownToken: IdToken

  /** Connects if need be and sends BootNotification until Accepted, by the specified rules. */
  boot(cancel: Cancel): Promise<StepResult>
  /** As `boot`, but sends nothing where the station is accepted already. */
  stand(cancel: Cancel): Promise<StepResult>
  /** Takes the station off the network until `reconnect`; it goes on working offline. */
  disconnect(how: { readonly code?: number; readonly halfOpen?: boolean }): void
  /**
   * Puts it back on the network and waits until it is connected.
   *
   * @param backOff at the next attempt it would have made; otherwise at once
   */
  reconnect(cancel: Cancel, backOff?: boolean): Promise<StepResult>
  /** Power is cut: no closing handshake, energy stops; what is not persistent is forgotten. */
  powerLoss(): void
  /** Power is back: reconnects, boots (PowerUp), deals with open transactions, drains the queue. */
  powerUp(cancel: Cancel): Promise<StepResult>
  /** Closes the socket with this code (1006: drops it); the station then reconnects by itself. */
  closeSocket(code: number, reason: string): void

  plugIn(at: ConnectorRef, ev: EvPlan): Promise<StepResult>
  authorize(at: ConnectorRef, token: IdToken, cancel: Cancel): Promise<StepResult>
  /** Starts charging: 1.6 StartTransaction; 2.x whatever TxStartPoint still lacks. */
  start(at: ConnectorRef, cancel: Cancel): Promise<StepResult>
  charge(at: ConnectorRef, goal: ChargeGoal, cancel: Cancel): Promise<StepResult>
  suspendEv(at: ConnectorRef, forMs: number | undefined, cancel: Cancel): Promise<StepResult>
  /** Ends the transaction as the driver does; `reason` is the wire name of the version. */
  stop(
    at: ConnectorRef,
    how: { readonly reason?: string; readonly token?: IdToken },
    cancel: Cancel,
  ): Promise<StepResult>
  unplug(at: ConnectorRef, cancel: Cancel): Promise<StepResult>
  fault(
    at: ConnectorRef,
    what: { readonly code: string; readonly info?: string },
  ): Promise<StepResult>
  clearFault(at: ConnectorRef): Promise<StepResult>

  /** What only some versions can tell of. */
  act(at: ConnectorRef, act: Act): Promise<StepResult>
  /** The grid that the station hangs on changes. */
  gridEvent(change: GridChange): void

  /** Sends a raw CALL, valid or not, past the offline queue. */
  call(action: string, payload: object, timeoutMs?: number): Promise<CallOutcome>
  sendRaw(text: string): void
  /** Sends the station's last CALL once more, byte for byte. */
  duplicateLast(): void
  /** Sends a CALL without waiting for the outstanding one. */
  pipeline(action: string, payload: object): void

  /** The most recent CALLs of the CSMS, oldest first; bounded. */
  readonly incoming: readonly IncomingCall[]
  /** Calls `fn` for each further one, after it was answered; returns how to stop. */
  onIncoming(fn: (call: IncomingCall) => void): () => void
  overrideReply(reply: OneShotReply): void

  /** Values for templates: transactionId, reservationId ... of the last session on this connector. */
  variable(name: string, at: ConnectorRef): unknown
}
