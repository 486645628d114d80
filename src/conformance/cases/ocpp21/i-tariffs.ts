import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { metered, transactionId } from '../transaction-events.ts'
import {
  absent,
  any,
  type Filled,
  fresh,
  not,
  type Operator,
  oneOf,
  tokenOf,
  value,
} from '../values.ts'
import { calculating } from './device-model21.ts'
import { asked, call, case21 } from './moves21.ts'
import { costBy, costSoFar } from './payment-moves21.ts'
import {
  acceptedToken,
  authorized,
  booted21,
  charges,
  charging,
  event,
  pluggedIn,
  status,
  stillThere,
  unplugged,
} from './states21.ts'

type Tariff = RequestOf<Actions21, 'SetDefaultTariff'>['tariff']
type Prices = Omit<Tariff, 'tariffId' | 'currency' | 'validFrom'>

/** A price a kWh, whatever time it is. */
const plain: Prices = {
  energy: { prices: [{ priceKwh: 3 }], taxRates: [{ type: 'VAT', tax: 21 }] },
}

/** Two prices a kWh, by the station's own time [2.1 I07.FR.17]. */
const byTime: Prices = {
  energy: {
    prices: [
      { priceKwh: 0.5, conditions: { startTimeOfDay: '08:00', endTimeOfDay: '20:00' } },
      { priceKwh: 0.25, conditions: { startTimeOfDay: '20:00', endTimeOfDay: '08:00' } },
    ],
  },
}

const taxRates = [{ type: 'VAT', tax: 20 }]

/** Everything that a tariff may charge for, but for reservations. */
const wholePrices = (priceKwh: number): Prices => ({
  energy: { prices: [{ priceKwh }], taxRates },
  chargingTime: { prices: [{ priceMinute: 0.05 }], taxRates },
  idleTime: { prices: [{ priceMinute: 0.1 }], taxRates },
  fixedFee: { prices: [{ priceFixed: 1 }], taxRates },
  minCost: { exclTax: 1, inclTax: 1.2, taxRates },
  maxCost: { exclTax: 50, inclTax: 60, taxRates },
})

/** Those who reserve pay by the minute in one tariff, and once in the other. */
const byMinute: Prices = {
  ...wholePrices(0.3),
  reservationTime: { prices: [{ priceMinute: 0.02 }], taxRates },
}
const once: Prices = {
  ...wholePrices(0.4),
  reservationFixed: { prices: [{ priceFixed: 2 }], taxRates },
}

/** As it is ordered. */
const tariffOf = (name: string, prices: Prices) => ({
  tariffId: fresh(name),
  currency: 'EUR',
  ...prices,
})

/** As it has to come: ids are the CSMS's own. */
const tariffMatching = (prices: Prices, tariffId: Operator = any) => ({
  tariffId,
  currency: 'EUR',
  ...prices,
})

interface Setting {
  readonly evseId?: number
  /** Name of its id in the order, and in what is saved. */
  readonly as?: string
  /** What the id must not be. */
  readonly unlike?: string
  readonly answer?: ResponseOf<Actions21, 'SetDefaultTariff'>['status']
  readonly clause: string
}

/** The CSMS gives EVSEs a default tariff; 0: all of them [2.1 I07]. */
function setsDefault(prices: Prices, setting: Setting): Move {
  const { evseId = 0, as = 'tariff', unlike, answer = 'Accepted', clause } = setting
  const id = unlike === undefined ? any : not(value(unlike))
  return asked('SetDefaultTariff', {
    order: { evseId, tariff: tariffOf(as, prices) },
    expect: { evseId, tariff: tariffMatching(prices, id) },
    answer: { status: answer },
    save: { [as]: '$.tariff.tariffId' },
    clause,
  })
}

/** One that is for later. */
const setsFuture: readonly Move[] = [
  moment('tariffFrom', 3600),
  asked('SetDefaultTariff', {
    order: { evseId: 0, tariff: { ...tariffOf('tariff', byTime), validFrom: value('tariffFrom') } },
    expect: { evseId: 0, tariff: { ...tariffMatching(byTime), validFrom: any } },
    answer: { status: 'Accepted' },
    save: { validFrom: '$.tariff.validFrom' },
    clause: '2.1 I07.FR.12, FR.17',
  }),
  sameMoment('validFrom', 'tariffFrom', '2.1 I07.FR.18, FR.19'),
]

/** The CSMS gives the running transaction another tariff, in the same currency [2.1 I11]. */
function changesTariff(
  prices: Prices,
  answer: ResponseOf<Actions21, 'ChangeTransactionTariff'>['status'],
  clause: string,
): Move {
  return asked('ChangeTransactionTariff', {
    order: { transactionId: transactionId(), tariff: tariffOf('changed', prices) },
    expect: { transactionId: transactionId(), tariff: tariffMatching(prices) },
    answer: { status: answer },
    save: { changed: '$.tariff.tariffId' },
    clause,
  })
}

/** The station goes on with a tariff, and says so [2.1 I07.FR.32, I11.FR.07]. */
function goesOnWith(
  tariffId: Filled<string>,
  triggerReason: 'TariffChanged' | 'ChargingStateChanged',
  clause: string,
): Move {
  return event('Updated', triggerReason, {
    info: { chargingState: 'Charging', tariffId },
    clause,
  })
}

const ownPrices = { idTokenInfo: { status: 'Accepted' } } as const

/** The driver's own tariff comes with his authorization, without a date [2.1 I08.FR.01, FR.09]. */
const toldOwnTariff: Move = call(
  'Authorize',
  { idToken: tokenOf('tariffToken') },
  {
    expect: { ...ownPrices, tariff: { tariffId: any, currency: any, validFrom: absent } },
    save: { ownId: '$.tariff.tariffId', ownTariff: '$.tariff' },
    clause: '2.1 I08.FR.01, FR.09',
  },
)

/** The next time the same id is the same tariff [2.1 I08.FR.08]. */
const toldAgain: Move = call(
  'Authorize',
  { idToken: tokenOf('tariffToken') },
  {
    expect: {
      ...ownPrices,
      tariff: oneOf(value('ownTariff'), { tariffId: not(value('ownId')) }),
    },
    save: { ownId: '$.tariff.tariffId' },
    clause: '2.1 I08.FR.01, FR.08',
  },
)

/** EVSE 1 has one tariff, and EVSE 2 the other. */
const assignments = {
  status: 'Accepted',
  tariffAssignments: [
    { tariffId: value('everywhere'), tariffKind: 'DefaultTariff', evseIds: [2] },
    { tariffId: value('first'), tariffKind: 'DefaultTariff', evseIds: [1] },
  ],
} as const

const local = { profile: 'Core', feature: 'P-0' } as const

/** What stations calculate with by themselves [2.1 I07, I09, I10]. */
const defaults: readonly ConformanceCase[] = [
  case21({
    id: 'I_101',
    title: 'The CSMS gives every EVSE a tariff for later, with prices by the time of day',
    ...local,
    moves: [...booted21, ...calculating(setsFuture), stillThere],
  }),
  case21({
    id: 'I_102',
    title: 'A tariff is too long for the station, and the CSMS goes on',
    ...local,
    moves: [
      ...booted21,
      ...calculating([
        setsDefault(wholePrices(0.3), { answer: 'TooManyElements', clause: '2.1 I07.FR.12' }),
      ]),
      stillThere,
    ],
  }),
  case21({
    id: 'I_105',
    title: 'The station knows no conditions of prices, and the CSMS goes on',
    ...local,
    moves: [
      ...booted21,
      ...calculating([
        setsDefault(byTime, { answer: 'ConditionNotSupported', clause: '2.1 I07.FR.12, FR.17' }),
      ]),
      stillThere,
    ],
  }),
  case21({
    id: 'I_106',
    title: 'One tariff for all, another for the first EVSE: two ids; and the CSMS reads them back',
    ...local,
    moves: [
      ...booted21,
      ...calculating([
        setsDefault(byMinute, { as: 'everywhere', clause: '2.1 I07.FR.12' }),
        setsDefault(once, {
          as: 'first',
          unlike: 'everywhere',
          evseId: 1,
          clause: '2.1 I07.FR.11, I08.FR.08',
        }),
        asked('GetTariffs', {
          order: { evseId: 0 },
          answer: assignments,
          clause: '2.1 I09.FR.01',
        }),
      ]),
      stillThere,
    ],
  }),
  case21({
    id: 'I_110',
    title: 'The CSMS takes a tariff away, and then all that are left: none',
    ...local,
    moves: [
      ...booted21,
      ...calculating([
        setsDefault(plain, { clause: '2.1 I07.FR.12' }),
        asked('ClearTariffs', {
          order: { tariffIds: [value('tariff')] },
          expect: { tariffIds: [value('tariff')], evseId: absent },
          answer: { clearTariffsResult: [{ tariffId: value('tariff'), status: 'Accepted' }] },
          clause: '2.1 I10.FR.02',
        }),
        asked('ClearTariffs', {
          order: {},
          expect: { tariffIds: absent, evseId: absent },
          answer: { clearTariffsResult: [{ status: 'NoTariff' }] },
          clause: '2.1 I10.FR.01, FR.06',
        }),
      ]),
      stillThere,
    ],
  }),
]

/** What transactions are calculated with [2.1 I08, I11, I12]. */
const transactions: readonly ConformanceCase[] = [
  case21({
    id: 'I_109',
    title: 'A driver has prices of his own: they come with his authorization',
    ...local,
    needs: ['tariffToken'],
    moves: [
      ...booted21,
      ...calculating([
        toldOwnTariff,
        toldAgain,
        status(1, 'Occupied'),
        event('Started', 'Authorized', {
          idToken: tokenOf('tariffToken'),
          info: { chargingState: 'Charging', tariffId: value('ownId') },
          meterValue: metered('Transaction.Begin', 0),
          expect: { idTokenInfo: { status: 'Accepted' } },
          clause: '2.1 I08.FR.22',
        }),
        ...unplugged,
      ]),
    ],
  }),
  ...(['TooManyElements', 'ConditionNotSupported'] as const).map((is) =>
    case21({
      id: is === 'TooManyElements' ? 'I_113' : 'I_114',
      title:
        is === 'TooManyElements'
          ? 'Another tariff for a transaction is too long, and the CSMS goes on'
          : 'The station knows no conditions for a transaction’s prices, and the CSMS goes on',
      ...local,
      moves: [
        ...charging,
        ...calculating([
          changesTariff(is === 'TooManyElements' ? wholePrices(0.4) : byTime, is, '2.1 I11'),
          charges('Charging'),
        ]),
        ...unplugged,
      ],
    }),
  ),
  case21({
    id: 'I_115',
    title: 'The CSMS gives a transaction another tariff, and hears that it holds',
    ...local,
    moves: [
      ...charging,
      ...calculating([
        changesTariff(byTime, 'Accepted', '2.1 I11'),
        goesOnWith(value('changed'), 'TariffChanged', '2.1 I11.FR.07'),
      ]),
      ...unplugged,
    ],
  }),
  case21({
    id: 'I_122',
    title: 'The station tells what a transaction costs, while it runs and at its end',
    ...local,
    moves: [
      ...booted21,
      ...calculating([
        setsDefault(plain, { clause: '2.1 I07.FR.12' }),
        ...pluggedIn,
        authorized,
        event('Updated', 'Authorized', acceptedToken),
        charges('Charging'),
        goesOnWith(value('tariff'), 'ChargingStateChanged', '2.1 I07.FR.32'),
        event('Updated', 'RunningCost', {
          info: { chargingState: 'Charging' },
          meterValue: metered('Sample.Periodic', 5000),
          costDetails: costSoFar,
          clause: '2.1 I12.FR.02, FR.03',
        }),
        event('Ended', 'StopAuthorized', {
          info: { chargingState: 'EVConnected', stoppedReason: 'Local' },
          meterValue: metered('Transaction.End', 5000),
          costDetails: costBy(value('tariff')),
          clause: '2.1 I12.FR.01, FR.04',
        }),
        status(1, 'Available'),
      ]),
    ],
  }),
]

/** I. Tariffs, and what stations calculate with them. */
export const tariffs21: readonly ConformanceCase[] = [...defaults, ...transactions]
