import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Move } from '../case.ts'
import { metered, transactionId } from '../transaction-events.ts'
import { any, type Filled, fresh, type Matching, now, value } from '../values.ts'
import { asked, call } from './moves21.ts'
import { event, status } from './states21.ts'

type Event = RequestOf<Actions21, 'TransactionEvent'>
type Settlement = RequestOf<Actions21, 'NotifySettlement'>

/** What the payment provider calls a payment: nobody had it before. */
const pspRef = fresh('payment')

/** The idToken of somebody who paid [2.1 C18.FR.06, C24.FR.01]. */
const payment = { idToken: pspRef, type: 'DirectPayment' } as const

/** The card is good for so much, and that is the limit of the transaction [2.1 C18.FR.06]. */
export const paidStart: readonly Move[] = [
  status(1, 'Occupied'),
  event('Started', 'Authorized', {
    idToken: {
      ...payment,
      additionalInfo: [{ additionalIdToken: '4242', type: 'CardLast4Digits' }],
    },
    info: { chargingState: 'EVConnected', transactionLimit: { maxCost: 50 } },
    meterValue: metered('Transaction.Begin', 0),
    prefer: { idTokenInfo: { status: 'Accepted' } },
    clause: '2.1 C18.FR.06, E03.FR.02',
  }),
]

/** What the station calculated for 5 kWh by a tariff of 3 a kWh and 21 % tax, in EUR [2.1 I12]. */
const total = { exclTax: 15, inclTax: 18.15 } as const

/** So far; the periods of it come at the end [2.1 I12.FR.02]. */
export const costSoFar = {
  totalCost: {
    currency: 'EUR',
    typeOfCost: 'NormalCost',
    energy: { ...total, taxRates: [{ type: 'VAT', tax: 21 }] },
    total,
  },
  totalUsage: { energy: 5000, chargingTime: 60, idleTime: 0 },
} as const

/** All of it, by a tariff [2.1 I12.FR.01, FR.04]. */
export function costBy(tariffId: Filled<string>): Filled<NonNullable<Event['costDetails']>> {
  const dimensions = [{ type: 'Energy', volume: 5000 }] as const
  return { ...costSoFar, chargingPeriods: [{ tariffId, startPeriod: now(-60), dimensions }] }
}

/** The driver has had enough, and the station knows what it cost. */
export const endedWithCost: readonly Move[] = [
  event('Ended', 'StopAuthorized', {
    info: { chargingState: 'EVConnected', stoppedReason: 'Local', tariffId: 'AD_HOC' },
    meterValue: metered('Transaction.End', 5000),
    costDetails: costBy('AD_HOC'),
    clause: '2.1 E07, I12.FR.01',
  }),
  status(1, 'Available'),
]

/**
 * Somebody paid elsewhere, and the CSMS starts for him; it should know for how much, whatever its operator
 * told it [2.1 C24.FR.01, FR.02, C25.FR.23, FR.24].
 */
export const startedForPayment: readonly Move[] = [
  asked('RequestStartTransaction', {
    order: { evseId: 1, remoteStartId: 125, idToken: payment },
    expect: { evseId: 1, remoteStartId: any, idToken: payment },
    answer: { status: 'Accepted' },
    save: { remoteStartId: '$.remoteStartId' },
    clause: '2.1 C24.FR.01, C25.FR.23',
  }),
  status(1, 'Occupied'),
  event('Started', 'RemoteStart', {
    idToken: payment,
    info: { chargingState: 'Charging', remoteStartId: value('remoteStartId') },
    meterValue: metered('Transaction.Begin', 0),
    expect: { idTokenInfo: { status: 'Accepted' } },
    prefer: { transactionLimit: any },
    clause: '2.1 E01.FR.12, C24.FR.02, C25.FR.24',
  }),
]

interface Judged {
  readonly clause: string
  readonly amount?: number
  readonly expect?: Matching<{ readonly receiptUrl?: string }>
}

/** What became of the payment: the terminal of the station settled it, or tried to [2.1 C21, C22]. */
export function settlement(
  is: Settlement['status'],
  { clause, amount = total.inclTax, expect }: Judged,
): Move {
  return call(
    'NotifySettlement',
    {
      transactionId: transactionId(),
      pspRef,
      status: is,
      settlementAmount: amount,
      settlementTime: now(),
      ...(is === 'Failed' && { statusInfo: 'The provider cannot be reached' }),
    },
    { clause, ...(expect && { expect }) },
  )
}
