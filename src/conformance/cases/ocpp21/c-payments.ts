import type { ConformanceCase, Move } from '../case.ts'
import { timeOfNow } from '../moments.ts'
import { metered } from '../transaction-events.ts'
import { absent, any, type Filled, type Operator, regex, tokenOf, value } from '../values.ts'
import { webPayments21 } from './c-web-payments.ts'
import { calculates, limitsSupported, reports } from './device-model21.ts'
import { call, case21 } from './moves21.ts'
import { endedWithCost, paidStart, settlement, startedForPayment } from './payment-moves21.ts'
import { booted21, charges, event, status, stillThere, unplugged } from './states21.ts'

/** A prepaid token is asked for each time: no cache may keep it [2.1 C17.FR.01, FR.02]. */
function asksForPrepaid(
  fixture: string,
  is: 'Accepted' | 'NoCredit',
  clause: string,
): readonly Move[] {
  return [
    call(
      'Authorize',
      { idToken: tokenOf(fixture) },
      {
        expect: { idTokenInfo: { status: is, cacheExpiryDateTime: any } },
        save: { cacheExpiryDateTime: '$.idTokenInfo.cacheExpiryDateTime' },
        clause,
      },
    ),
    timeOfNow('cacheExpiryDateTime', clause),
  ]
}

/** In the currency of the station; a purse with a limit has something in it. */
const someCredit: Operator = { $between: [0.01, 1_000_000] }

/** What is left is the limit of the transaction, and told once [2.1 C17.FR.03, E16.FR.03, FR.08]. */
const limitedToCredit: readonly Move[] = [
  event('Started', 'Authorized', {
    idToken: tokenOf('prepaidToken'),
    info: { chargingState: 'EVConnected' },
    expect: { idTokenInfo: { status: 'Accepted' }, transactionLimit: { maxCost: someCredit } },
    // Caches take what they hear here, too [2.1 C10.FR.05].
    prefer: { idTokenInfo: { cacheExpiryDateTime: any } },
    save: { credit: '$.transactionLimit.maxCost' },
    clause: '2.1 C17.FR.03',
  }),
  event('Updated', 'LimitSet', {
    info: { chargingState: 'Charging', transactionLimit: { maxCost: value('credit') } },
    expect: { transactionLimit: absent },
    clause: '2.1 C17.FR.03, E16.FR.08',
  }),
]

/** No country is XX. */
const noVatNumber = 'XX0000000000'

/** The CSMS says whether a VAT number is one, and of which EVSE it was asked [2.1 C18.FR.09, FR.10]. */
function validates(vatNumber: Filled<string>, is: 'Accepted' | 'Rejected', evseId?: number): Move {
  return call(
    'VatNumberValidation',
    { vatNumber, ...(evseId !== undefined && { evseId }) },
    {
      expect: { status: is, vatNumber, ...(evseId !== undefined && { evseId }) },
      ...(evseId === undefined && { prefer: { evseId: absent } }),
      clause: '2.1 C18.FR.09, FR.10',
    },
  )
}

/** Who settles what was paid at the station's terminal, and who writes the receipt. */
function paying(by: { readonly settles: 'csms' | 'station' }, end: readonly Move[]) {
  const terminal = {
    'PaymentCtrlr.Enabled': true,
    'PaymentCtrlr.SettlementByCSMS': by.settles === 'csms',
    'PaymentCtrlr.ReceiptByCSMS': true,
  }
  return [
    ...booted21,
    ...reports({ ...calculates('station'), ...terminal }),
    ...paidStart,
    charges('Charging'),
    ...endedWithCost,
    ...end,
    ...reports({ ...calculates('csms'), 'PaymentCtrlr.SettlementByCSMS': false }),
  ]
}

/** Who pays with a purse, or at a terminal [2.1 C17 to C24]. */
const terminals: readonly ConformanceCase[] = [
  case21({
    id: 'C_103',
    title: 'A driver with money on his card charges for no more than that',
    profile: 'Core',
    feature: 'P-0',
    needs: ['prepaidToken'],
    moves: [
      ...booted21,
      ...reports(limitsSupported),
      ...asksForPrepaid('prepaidToken', 'Accepted', '2.1 C17.FR.01'),
      status(1, 'Occupied'),
      ...limitedToCredit,
      ...unplugged,
    ],
  }),
  case21({
    id: 'C_104',
    title: 'A driver without money on his card does not charge',
    profile: 'Core',
    feature: 'P-0',
    needs: ['noCreditToken'],
    moves: [
      ...booted21,
      ...asksForPrepaid('noCreditToken', 'NoCredit', '2.1 C17.FR.02'),
      stillThere,
    ],
  }),
  case21({
    id: 'C_108',
    title: 'The CSMS knows which VAT numbers there are',
    profile: 'Core',
    feature: 'P-0',
    needs: ['vatNumber'],
    moves: [
      ...booted21,
      validates(value('vatNumber'), 'Accepted', 1),
      validates(noVatNumber, 'Rejected', 1),
      validates(value('vatNumber'), 'Accepted'),
      validates(noVatNumber, 'Rejected'),
    ],
  }),
  case21({
    id: 'C_113',
    title: 'Who has paid, and stops before anything was charged, pays nothing',
    profile: 'Core',
    feature: 'P-0',
    moves: [
      ...booted21,
      ...paidStart,
      event('Ended', 'StopAuthorized', {
        info: { chargingState: 'EVConnected', stoppedReason: 'Local' },
        meterValue: metered('Transaction.End', 0),
        expect: { totalCost: 0 },
        clause: '2.1 C20.FR.03',
      }),
      status(1, 'Available'),
      settlement('Canceled', { amount: 0, clause: '2.1 C20.FR.05' }),
    ],
  }),
  case21({
    id: 'C_117',
    title: 'The CSMS hears what was paid for, and settles it by itself',
    profile: 'Core',
    feature: 'P-0',
    moves: paying({ settles: 'csms' }, []),
  }),
  case21({
    id: 'C_118',
    title: 'The station settles, and the CSMS writes the receipt',
    profile: 'Core',
    feature: 'P-0',
    moves: paying({ settles: 'station' }, [
      settlement('Settled', {
        expect: { receiptUrl: regex(String.raw`^https?://\S+$`) },
        clause: '2.1 C21.FR.03',
      }),
    ]),
  }),
  ...(['Failed', 'Rejected'] as const).map((is) =>
    case21({
      id: is === 'Failed' ? 'C_119' : 'C_120',
      title:
        is === 'Failed'
          ? 'The CSMS hears that a payment could not be settled'
          : 'The CSMS hears that the payment provider did not want to settle',
      profile: 'Core',
      feature: 'P-0',
      moves: paying({ settles: 'station' }, [
        settlement(is, { clause: is === 'Failed' ? '2.1 C22.FR.02' : '2.1 C22.FR.01' }),
        stillThere,
      ]),
    }),
  ),
  case21({
    id: 'C_125',
    title: 'Somebody paid elsewhere: the CSMS starts for him, and tells what it cost',
    profile: 'Core',
    feature: 'P-0',
    moves: [
      ...booted21,
      ...reports({ ...limitsSupported, ...calculates('csms') }),
      ...startedForPayment,
      event('Ended', 'StopAuthorized', {
        info: { chargingState: 'EVConnected', stoppedReason: 'Local' },
        meterValue: metered('Transaction.End', 5000),
        expect: { totalCost: { $between: [0, 1_000_000] } },
        clause: '2.1 I03.FR.02',
      }),
      status(1, 'Available'),
    ],
  }),
  case21({
    id: 'C_126',
    title: 'Somebody paid elsewhere: the CSMS starts for him, and the station tells what it cost',
    profile: 'Core',
    feature: 'P-0',
    moves: [
      ...booted21,
      ...reports({ ...limitsSupported, ...calculates('station') }),
      ...startedForPayment,
      ...endedWithCost,
      ...reports(calculates('csms')),
    ],
  }),
]

/** C. Authorization by payment. */
export const payments21: readonly ConformanceCase[] = [...terminals, ...webPayments21]
