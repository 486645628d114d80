import type { RequestOf, ResponseOf } from '../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../ocpp/v21/actions.ts'
import type { CallMove, Saves } from './case.ts'
import type { Moves } from './moves.ts'
import { counted, type Filled, fresh, type Matching, now, type ValueRef } from './values.ts'

/** The part of a TransactionEventRequest that every version has. */
interface SomeEvent {
  readonly eventType: unknown
  readonly triggerReason: unknown
  readonly transactionInfo: object
  readonly evse?: object
}

type OwnFields = 'transactionInfo' | 'eventType' | 'triggerReason' | 'evse'

/** What a case says of a TransactionEvent, and wants of its answer. */
export type EventDetails<Request extends SomeEvent, Response> = {
  readonly [Field in Exclude<keyof Request, OwnFields>]?: Filled<Request[Field]>
} & {
  /** Default: where a transaction starts, connector 1 of EVSE 1. */
  readonly evse?: NonNullable<Request['evse']> | 'unknown'
  /** Name of the transaction, where a case has several. */
  readonly of?: string
  /** Beside the id. */
  readonly info?: {
    readonly [Field in keyof Request['transactionInfo']]?: Filled<Request['transactionInfo'][Field]>
  }
  readonly expect?: Matching<Response>
  readonly prefer?: Matching<Response>
  readonly save?: Saves
  readonly clause?: string
}

type Request21 = RequestOf<Actions21, 'TransactionEvent'>
type Response21 = ResponseOf<Actions21, 'TransactionEvent'>

/** The transactionId that events tell. */
export function transactionId(of = 'transaction'): ValueRef {
  return fresh(of)
}

/** What the meter shows, Wh: nobody knows the price of energy without it. */
export function metered(
  context: 'Transaction.Begin' | 'Sample.Periodic' | 'Transaction.End',
  registerWh: number,
) {
  const sample = {
    value: registerWh,
    context,
    measurand: 'Energy.Active.Import.Register',
    unitOfMeasure: { unit: 'Wh' },
  } as const
  return [{ timestamp: now(), sampledValue: [sample] }]
}

/**
 * TransactionEvent; ids and sequence numbers come by themselves [2.0.1 E01]. 2.1 only adds to what
 * 2.0.1 says: who makes events of 2.0.1 takes less.
 */
export function transactionEvent(
  { call }: Moves<Actions21>,
  eventType: Request21['eventType'],
  triggerReason: Request21['triggerReason'],
  details: EventDetails<Request21, Response21> & { readonly clause: string },
): CallMove {
  const { of = 'transaction', info = {}, expect, prefer, save, clause, evse, ...rest } = details
  const where = evse ?? (eventType === 'Started' ? { id: 1, connectorId: 1 } : 'unknown')
  return call(
    'TransactionEvent',
    {
      timestamp: now(),
      seqNo: counted(of),
      ...(where !== 'unknown' && { evse: where }),
      ...rest,
      eventType,
      triggerReason,
      transactionInfo: { ...info, transactionId: transactionId(of) },
    },
    { ...(expect && { expect }), ...(prefer && { prefer }), ...(save && { save }), clause },
  )
}
