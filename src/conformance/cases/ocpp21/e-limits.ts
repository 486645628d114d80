import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { costTold } from '../ocpp201/i-cost.ts'
import { absent, any, fresh, type Operator, optional, tokenOf, value } from '../values.ts'
import { calculating, limitsSupported, reports } from './device-model21.ts'
import { moveOf21 } from './inherited21.ts'
import { asked, call, case21 } from './moves21.ts'
import { booted21, charging, event, pluggedIn, status, unplugged } from './states21.ts'

type Event = RequestOf<Actions21, 'TransactionEvent'>
type Limit = keyof Omit<NonNullable<Event['transactionInfo']['transactionLimit']>, 'customData'>

/** What is told when a limit is reached [2.1 E16.FR.05, FR.06]. */
const reached = {
  maxCost: { trigger: 'CostLimitReached', reason: 'LocalOutOfCredit' },
  maxEnergy: { trigger: 'EnergyLimitReached', reason: 'EnergyLimitReached' },
  maxTime: { trigger: 'TimeLimitReached', reason: 'TimeLimitReached' },
} as const satisfies Partial<Record<Limit, object>>

type Reached = keyof typeof reached

/** A CSMS names only limits that the station supports [2.1 E16.FR.12]. */
const withLimits: readonly Move[] = [...booted21, ...reports(limitsSupported)]

/** A limit of the CSMS is told where it is lower than that of the driver, and not otherwise. */
const below = (limit: number): Operator => ({ $between: [0, limit - 0.01] })

/** The driver sets a limit: the CSMS may have a lower one [2.1 E16.FR.01, FR.07, FR.08]. */
function driverSets(limit: Reached, to: number): Move {
  return event('Updated', 'LimitSet', {
    info: { chargingState: 'Charging', transactionLimit: { [limit]: to } },
    expect: { transactionLimit: optional({ [limit]: optional(below(to)) }) },
    clause: '2.1 E16.FR.08',
  })
}

/** Energy no longer flows, and whoever has no more use of it ends the transaction [2.1 E16.FR.05]. */
function stopsAt(limit: Reached, end: Move): readonly Move[] {
  return [
    event('Updated', reached[limit].trigger, {
      info: { chargingState: 'SuspendedEVSE' },
      clause: '2.1 E16.FR.05',
    }),
    end,
    ...unplugged,
  ]
}

/** The transaction ends with its energy [2.1 E16.FR.06]. */
function endsAt(limit: Reached, more: Pick<Event, 'costDetails'> = {}): readonly Move[] {
  const { trigger, reason } = reached[limit]
  return [
    event('Ended', trigger, {
      ...more,
      info: { chargingState: 'EVConnected', stoppedReason: reason },
      clause: '2.1 E16.FR.06',
    }),
    status(1, 'Available'),
  ]
}

/** Something that can be reached; in Wh, s, or the currency of the station. */
const someLimit: Operator = { $between: [0.01, 1_000_000_000] }

/** A token is limited in one way: what nobody set is not told. */
const noLimit = { maxCost: absent, maxEnergy: absent, maxTime: absent } as const

/** The driver of a limited token begins: the limit is in the first answer that can hold it. */
function beginsWith(fixture: string, limit: Reached): readonly Move[] {
  return [
    call(
      'Authorize',
      { idToken: tokenOf(fixture) },
      { expect: { idTokenInfo: { status: 'Accepted' } }, clause: '2.1 C01.FR.07' },
    ),
    status(1, 'Occupied'),
    event('Started', 'Authorized', {
      idToken: tokenOf(fixture),
      info: { chargingState: 'EVConnected' },
      expect: {
        idTokenInfo: { status: 'Accepted' },
        transactionLimit: { ...noLimit, [limit]: someLimit },
      },
      save: { limit: `$.transactionLimit.${limit}` },
      clause: '2.1 E16.FR.02',
    }),
  ]
}

/** The station confirms it; it is told once [2.1 E16.FR.02, FR.03, FR.08]. */
function confirmed(limit: Reached): Move {
  return event('Updated', 'LimitSet', {
    info: { chargingState: 'Charging', transactionLimit: { [limit]: value('limit') } },
    expect: { transactionLimit: absent },
    clause: '2.1 E16.FR.02, E16.FR.08',
  })
}

/** Whose token it was ends the transaction: what was told before is not told again. */
const notToldAgain = (fixture: string): Move =>
  event('Updated', 'StopAuthorized', {
    idToken: tokenOf(fixture),
    info: { chargingState: 'EVConnected' },
    expect: { idTokenInfo: { status: 'Accepted' }, transactionLimit: absent },
    clause: '2.1 E16.FR.02',
  })

/** The driver wants half of it: the CSMS has nothing to add [2.1 E16.FR.08]. */
const driverWantsHalf: readonly Move[] = [
  does('the driver wants half of what the CSMS allows', ({ values }) => {
    values.set('half', Number(values.get('limit')) / 2)
  }),
  event('Updated', 'LimitSet', {
    info: { chargingState: 'Charging', transactionLimit: { maxEnergy: value('half') } },
    expect: { transactionLimit: absent },
    clause: '2.1 E16.FR.08',
  }),
]

/** So much that every CSMS with a limit has a lower one, Wh. */
const tooMuch = 1_000_000

/** The driver wants all, before anybody knows who he is: then the CSMS overrules him [2.1 E16.FR.07]. */
const overruled: readonly Move[] = [
  ...pluggedIn,
  event('Updated', 'LimitSet', {
    info: { chargingState: 'EVConnected', transactionLimit: { maxEnergy: tooMuch } },
    clause: '2.1 E16.FR.01',
  }),
  event('Updated', 'Authorized', {
    idToken: tokenOf('energyToken'),
    expect: {
      idTokenInfo: { status: 'Accepted' },
      transactionLimit: { maxEnergy: below(tooMuch) },
    },
    save: { limit: '$.transactionLimit.maxEnergy' },
    clause: '2.1 E16.FR.02, E16.FR.07',
  }),
]

/** What the station calculated: a minute costs 1 EUR. */
const costAfter = (minutes: number): NonNullable<Event['costDetails']> => ({
  totalCost: {
    currency: 'EUR',
    typeOfCost: 'NormalCost',
    chargingTime: { inclTax: minutes },
    total: { inclTax: minutes },
  },
  totalUsage: { energy: 0, chargingTime: minutes * 60, idleTime: 0 },
})

/** The station calculates by itself: what the CSMS would say it costs is of no use [2.1 E16.FR.16]. */
const stationCalculates: readonly Move[] = calculating([
  asked('SetDefaultTariff', {
    order: {
      evseId: 0,
      tariff: {
        tariffId: fresh('tariff'),
        currency: 'EUR',
        chargingTime: { prices: [{ priceMinute: 1 }] },
      },
    },
    expect: {
      evseId: 0,
      tariff: {
        tariffId: any,
        currency: 'EUR',
        chargingTime: { prices: [{ priceMinute: 1 }] },
      },
    },
    answer: { status: 'Accepted' },
    save: { tariffId: '$.tariff.tariffId' },
    clause: '2.1 I07.FR.12',
  }),
  ...charging.slice(booted21.length),
  event('Updated', 'LimitSet', {
    info: {
      chargingState: 'Charging',
      tariffId: value('tariffId'),
      transactionLimit: { maxCost: 2 },
    },
    costDetails: costAfter(1),
    expect: { transactionLimit: optional({ maxCost: optional(below(2)) }) },
    prefer: { totalCost: absent },
    clause: '2.1 E16.FR.08, E16.FR.16',
  }),
  event('Updated', 'RunningCost', {
    info: { chargingState: 'Charging' },
    costDetails: costAfter(1.5),
    prefer: { totalCost: absent },
    clause: '2.1 E16.FR.16',
  }),
  ...endsAt('maxCost', { costDetails: costAfter(2) }),
])

/** The driver, or his station, knows when to stop. */
const byDriver: readonly ConformanceCase[] = [
  case21({
    id: 'E_106',
    title: 'A driver limits the energy of his transaction',
    profile: 'Core',
    moves: [...charging, driverSets('maxEnergy', 6000), ...endsAt('maxEnergy')],
  }),
  case21({
    id: 'E_107',
    title: 'A driver limits the time of his transaction',
    profile: 'Core',
    moves: [...charging, driverSets('maxTime', 120), ...endsAt('maxTime')],
  }),
  case21({
    id: 'E_108',
    title: 'A driver limits the cost of his transaction, and the station calculates it',
    profile: 'Core',
    moves: [...booted21, ...stationCalculates],
  }),
]

/** The CSMS knows when to stop. */
const byCsms: readonly ConformanceCase[] = [
  case21({
    id: 'E_109',
    title: 'The CSMS limits the cost of a transaction, and tells what it costs so far',
    profile: 'Core',
    feature: 'P-0',
    needs: ['prepaidToken'],
    moves: [
      ...withLimits,
      ...beginsWith('prepaidToken', 'maxCost'),
      confirmed('maxCost'),
      moveOf21(costTold(1000)),
      moveOf21(costTold(2000)),
      ...endsAt('maxCost'),
    ],
  }),
  case21({
    id: 'E_110',
    title: 'The CSMS limits the energy of a transaction',
    profile: 'Core',
    feature: 'P-0',
    needs: ['energyToken'],
    moves: [
      ...withLimits,
      ...beginsWith('energyToken', 'maxEnergy'),
      confirmed('maxEnergy'),
      ...stopsAt('maxEnergy', notToldAgain('energyToken')),
    ],
  }),
  case21({
    id: 'E_111',
    title: 'The CSMS limits the time of a transaction',
    profile: 'Core',
    feature: 'P-0',
    needs: ['timeToken'],
    moves: [
      ...withLimits,
      ...beginsWith('timeToken', 'maxTime'),
      confirmed('maxTime'),
      ...endsAt('maxTime'),
    ],
  }),
  case21({
    id: 'E_102',
    title: 'The CSMS overrules a driver who wants more than he may have',
    profile: 'Core',
    feature: 'P-0',
    needs: ['energyToken'],
    moves: [
      ...withLimits,
      ...overruled,
      confirmed('maxEnergy'),
      ...driverWantsHalf,
      ...endsAt('maxEnergy'),
    ],
  }),
]

/** Transactions that end at a cost, an energy or a time [2.1 E16]. */
export const limits21: readonly ConformanceCase[] = [...byDriver, ...byCsms].toSorted(
  (one, other) => one.id.localeCompare(other.id),
)
