import type { EVSEType } from 'typed-ocpp/dist/ocpp20/types.js'
import type {
  AuthorizeResponse,
  TransactionEventRequest,
  TransactionEventResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handlers } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { IdToken, StepResult } from '../../steps/actor.ts'
import type { Act } from '../../steps/acts.ts'
import type { Occurrence, PhysicalEvent, PowerCause } from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import type { Station2x } from './station-2x.ts'

/**
 * What a TriggerMessage sets off, once it is answered; undefined = cannot now, and it is Rejected;
 * NotImplemented = no such station.
 */
export type Trigger = (
  station: Station2x,
  at: EVSEType | undefined,
) => (() => void) | 'NotImplemented' | undefined

/**
 * One functional block of OCPP 2.x on the station's side: what it serves, and what it does when
 * something happens. Holds no state: what belongs to one station is a `StationPart`.
 */
export interface Block {
  /** Of the specification: A to S. */
  readonly letter: string
  /** Actions of 2.0.1; 2.1 has them all, and its payloads only add fields. */
  readonly handlers?: Handlers<Actions201, Station2x>
  /** Actions that only 2.1 has, or that it answers in another way. */
  readonly handlers21?: Handlers<Actions21, Station2x>
  /** By requestedMessage [2.0.1 F06]; CustomTrigger of 2.1 by its name. */
  readonly triggers?: Readonly<Record<string, Trigger>>
  /** The CSMS accepted the station; `first` is no repetition that it triggered. */
  registered?(station: Station2x, first: boolean): void
  /** The socket is back without a reboot; `offlineMs` is simulated. */
  reconnected?(station: Station2x, offlineMs: number): void
  /** The socket is closed. */
  disconnected?(station: Station2x): void
  /** What only some versions can tell of; undefined: no matter of this block. */
  acted?(station: Station2x, evse: Evse, act: Act): Promise<StepResult> | undefined
  /** After the messages of transactions and statuses were handed over. */
  happened?(station: Station2x, evse: Evse, event: PhysicalEvent): void
  /**
   * A TransactionEvent is about to be queued: a block adds what it knows (reservationId,
   * costDetails, operationMode ...). What only 2.1 has stays away from a 2.0.1 station.
   */
  transactionEvent?(station: Station2x, evse: Evse, event: TransactionEventRequest): void
  /** The CSMS answered it, maybe long after: `event.transactionInfo` says of which transaction. */
  transactionAnswered?(
    station: Station2x,
    evse: Evse,
    event: TransactionEventRequest,
    answer: TransactionEventResponse,
  ): void
  /** A token may charge; `answer` is of the CSMS, where it was asked. Before `barred`. */
  authorized?(
    station: Station2x,
    evse: Evse,
    token: IdToken,
    answer: AuthorizeResponse | undefined,
  ): void
  /** A value for templates; undefined: not of this block. */
  variable?(station: Station2x, evse: Evse, name: string): unknown
  /** Why this place is closed to a token that may charge, one clause without a full stop. */
  barred?(station: Station2x, evse: Evse, token: IdToken): string | undefined
  /** Something that the security log may want to hold. */
  noticed?(station: Station2x, occurrence: Occurrence | { readonly kind: 'renewalLost' }): void
  /** Power is cut or the station reboots. */
  powerLost?(station: Station2x): void
  /** Before the boot: what is volatile is forgotten. */
  powerRestored?(station: Station2x, cause: PowerCause): void
  /** The run is over: no timer is left running. */
  stopped?(station: Station2x): void
}
