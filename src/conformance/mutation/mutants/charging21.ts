import { answers, does, drop, mutantsOf, omits, plus, pretends, sends, set, stuck } from './rows.ts'

const refused = (action: string, when?: object) =>
  does('heard', { do: 'refuse', code: 'InternalError' }, { action, ...(when && { when }) })

const profile = '$.chargingProfile'
const schedule = `${profile}.chargingSchedule[0]`
const period = `${schedule}.chargingSchedulePeriod[0]`

/** Profiles like this. */
const ofProfile = (chargingProfile: object) => ({ when: { chargingProfile } })
/** As the CSMS makes them by itself: above what operators use. */
const madeForEv = { chargingProfilePurpose: 'TxProfile', id: { $between: [100_000, 200_000] } }
/** One that nobody asked for. */
const anotherPlan = JSON.stringify({
  evseId: 1,
  chargingProfile: {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxProfile',
    chargingProfileKind: 'Relative',
    transactionId: 'X',
    chargingSchedule: [
      {
        id: 1,
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 500 }],
      },
    ],
  },
})
const paid = { idToken: { type: 'DirectPayment' } }

/** OCPP 2.1, what is new in blocks C, I and K. */
export const charging21Mutants = mutantsOf('ocpp2.1', {
  'prepaid-cached': [
    'Lets a cache keep prepaid tokens',
    '2.1 C17.FR.01, FR.02',
    answers('Authorize', [drop('$.idTokenInfo.cacheExpiryDateTime')]),
  ],
  'prepaid-cached-for-long': [
    'Lets a cache keep prepaid tokens for years',
    '2.1 C17.FR.01, FR.02',
    answers('Authorize', [set('$.idTokenInfo.cacheExpiryDateTime', '2099-01-01T00:00:00Z')]),
  ],
  'prepaid-unlimited': [
    'Does not limit transactions to what was paid beforehand',
    '2.1 C17.FR.03',
    answers('TransactionEvent', [drop('$.transactionLimit.maxCost')]),
  ],
  'prepaid-limit-repeated': [
    'Tells the limit of a transaction again and again',
    '2.1 C17.FR.03, E16.FR.08',
    answers('TransactionEvent', [set('$.transactionLimit', { maxCost: 1000 })], {
      when: { triggerReason: 'LimitSet' },
    }),
  ],
  'no-credit-blocked': [
    'Calls a token Blocked that has no credit',
    '2.1 C17.FR.02',
    answers('Authorize', [set('$.idTokenInfo.status', 'Blocked')], {
      when: { idToken: { idToken: 'CSMS_CONF_NOCREDIT' } },
    }),
  ],
  'vat-number-believed': [
    'Believes every VAT number',
    '2.1 C18.FR.09',
    answers('VatNumberValidation', [set('$.status', 'Accepted')]),
  ],
  'vat-number-unknown': [
    'Knows no VAT number',
    '2.1 C18.FR.09',
    answers('VatNumberValidation', [set('$.status', 'Rejected')]),
  ],
  'vat-number-evse-lost': [
    'Forgets for which EVSE a VAT number was',
    '2.1 C18.FR.10',
    answers('VatNumberValidation', [drop('$.evseId')]),
  ],
  'cost-of-nothing': [
    'Wants money from who has paid and then did not charge',
    '2.1 C20.FR.03',
    answers('TransactionEvent', [set('$.totalCost', 1)], { when: { eventType: 'Ended' } }),
  ],
  'cost-of-nothing-untold': [
    'Says nothing of cost where there is none',
    '2.1 C20.FR.03',
    answers('TransactionEvent', [drop('$.totalCost')], { when: { eventType: 'Ended' } }),
  ],
  'settlement-by-csms-refused': [
    'Takes no cost of a payment that it is to settle',
    '2.1 C21.FR.05, I12.FR.01',
    refused('TransactionEvent', { costDetails: '$any' }),
  ],
  'payment-doubted': [
    'Does not accept whom the payment provider accepted',
    '2.1 C18.FR.06',
    answers('TransactionEvent', [set('$.idTokenInfo.status', 'Invalid')], {
      when: { ...paid, triggerReason: 'Authorized' },
    }),
    'SHOULD',
  ],
  'receipt-lost': [
    'Writes no receipt',
    '2.1 C21.FR.03',
    answers('NotifySettlement', [drop('$.receiptUrl')]),
  ],
  'settlement-canceled-refused': [
    'Does not want to know of payments that were canceled',
    '2.1 C20.FR.05',
    refused('NotifySettlement', { status: 'Canceled' }),
  ],
  'settlement-failed-refused': [
    'Does not want to know of payments that failed',
    '2.1 C22.FR.02',
    refused('NotifySettlement', { status: 'Failed' }),
  ],
  'settlement-rejected-refused': [
    'Does not want to know of payments that were rejected',
    '2.1 C22.FR.01',
    refused('NotifySettlement', { status: 'Rejected' }),
  ],
  'payment-type-other': [
    'Starts for a payment as if it were a token of its own',
    '2.1 C24.FR.01',
    sends('RequestStartTransaction', [set('$.idToken.type', 'Central')], { when: paid }),
  ],
  'payment-other': [
    'Starts for another payment',
    '2.1 C24.FR.01',
    sends('RequestStartTransaction', [set('$.idToken.idToken', 'PSP-0')], { when: paid }),
  ],
  'payment-evse-lost': [
    'Starts for a payment anywhere',
    '2.1 C24.FR.01',
    sends('RequestStartTransaction', [drop('$.evseId')], { when: paid }),
  ],
  'payment-forgotten': [
    'Does not know the payment that it started for',
    '2.1 C24.FR.02, E01.FR.12',
    answers('TransactionEvent', [set('$.idTokenInfo.status', 'Unknown')], {
      when: { ...paid, triggerReason: 'RemoteStart' },
    }),
  ],
  'payment-unlimited': [
    'Does not limit what was paid for',
    '2.1 C24.FR.02, C25.FR.24',
    answers('TransactionEvent', [drop('$.transactionLimit')], {
      when: { ...paid, triggerReason: 'RemoteStart' },
    }),
    'SHOULD',
  ],
  'receipt-nowhere': [
    'Writes receipts without saying where they are',
    '2.1 C21.FR.03',
    answers('NotifySettlement', [set('$.receiptUrl', 'receipt-1')], {
      when: { status: 'Settled' },
    }),
  ],
  'web-payment-evse-other': [
    'Keeps the EVSE beside that of the code',
    '2.1 C25.FR.21',
    sends('NotifyWebPaymentStarted', [plus('$.evseId', 1)]),
  ],
  'web-payment-no-time': [
    'Keeps an EVSE for no time',
    '2.1 C25.FR.21',
    sends('NotifyWebPaymentStarted', [set('$.timeout', 0)]),
  ],
  'web-payment-secret-other': [
    'Tells a station another secret than it looks for',
    '2.1 C25.FR.07, FR.09',
    sends('SetVariables', [set('$.setVariableData[0].attributeValue', '0'.repeat(32))], {
      when: { setVariableData: { $contains: { variable: { name: 'SharedSecret' } } } },
    }),
  ],
  'tariff-date-lost': [
    'Has a tariff hold at once that is for later',
    '2.1 I07.FR.18, FR.19',
    sends('SetDefaultTariff', [drop('$.tariff.validFrom')]),
  ],
  'tariff-conditions-lost': [
    'Has prices hold all day that are for a part of it',
    '2.1 I07.FR.17',
    sends('SetDefaultTariff', [drop('$.tariff.energy.prices[0].conditions')]),
  ],
  'tariff-times-swapped': [
    'Ends a price when it begins',
    '2.1 I07.FR.17',
    sends('SetDefaultTariff', [set('$.tariff.energy.prices[0].conditions.endTimeOfDay', '08:00')]),
  ],
  'tariff-evse-other': [
    'Gives EVSE 2 the tariff that is for all',
    '2.1 I07.FR.12',
    sends('SetDefaultTariff', [set('$.evseId', 2)]),
  ],
  'tariff-id-stuck': [
    'Calls every tariff the same',
    '2.1 I08.FR.08',
    sends('SetDefaultTariff', [stuck('$.tariff.tariffId')]),
  ],
  'tariff-taxes-lost': [
    'Forgets the taxes of a tariff',
    '2.1 I07',
    sends('SetDefaultTariff', [drop('$.tariff.energy.taxRates')]),
  ],
  'tariffs-omitted': ['Never reads tariffs', '2.1 I09', omits('GetTariffs')],
  'tariffs-evse-other': [
    'Reads the tariffs of one EVSE where all are meant',
    '2.1 I09.FR.01',
    sends('GetTariffs', [set('$.evseId', 1)]),
  ],
  'tariffs-all-cleared': [
    'Clears every tariff where one is meant',
    '2.1 I10.FR.02',
    sends('ClearTariffs', [drop('$.tariffIds')]),
  ],
  'own-tariff-lost': [
    'Keeps the prices of a driver to itself',
    '2.1 I08.FR.01',
    answers('Authorize', [drop('$.tariff')]),
  ],
  'own-tariff-dated': [
    'Has prices for a driver that begin some day',
    '2.1 I08.FR.09',
    answers('Authorize', [set('$.tariff.validFrom', '2099-01-01T00:00:00Z')]),
  ],
  'own-tariff-changed': [
    'Changes the prices of a driver, and not their id',
    '2.1 I08.FR.08',
    answers('Authorize', [plus('$.tariff.energy.prices[0].priceKwh', 1)], {
      when: { idToken: { idToken: 'CSMS_CONF_TARIFF' } },
      after: 1,
    }),
  ],
  'changed-tariff-transaction-other': [
    'Changes the tariff of another transaction',
    '2.1 I11',
    sends('ChangeTransactionTariff', [set('$.transactionId', 'X')]),
  ],
  'changed-tariff-currency': [
    'Changes the currency in the midst of a transaction',
    '2.1 I11',
    sends('ChangeTransactionTariff', [set('$.tariff.currency', 'CHF')]),
  ],
  'changed-tariff-conditions-lost': [
    'Forgets when the prices of another tariff hold',
    '2.1 I11',
    sends('ChangeTransactionTariff', [drop('$.tariff.energy.prices[1].conditions')]),
  ],
  'changed-tariff-refused': [
    'Does not want to know that another tariff holds',
    '2.1 I11.FR.07',
    refused('TransactionEvent', { triggerReason: 'TariffChanged' }),
  ],
  'running-cost-refused': [
    'Does not want to know what a transaction has cost so far',
    '2.1 I12.FR.03',
    refused('TransactionEvent', { triggerReason: 'RunningCost' }),
  ],
  'profile-ids-same': [
    'Gives two profiles the same id',
    '2.1 K01.FR.05',
    sends('SetChargingProfile', [stuck(`${profile}.id`)]),
  ],
  'profile-station-for-ever': [
    'Limits a station for ever that it was to limit for a while',
    '2.1 K01.FR.36, FR.37',
    sends(
      'SetChargingProfile',
      [drop(`${profile}.validFrom`), drop(`${profile}.validTo`)],
      ofProfile({ chargingProfilePurpose: 'ChargingStationMaxProfile' }),
    ),
    'SHOULD',
  ],
  'profiles-read-narrowly': [
    'Reads profiles of one stack level where all are meant',
    '2.1 K09.FR.03',
    sends('GetChargingProfiles', [set(`${profile}.stackLevel`, 0)], {
      when: { evseId: '$absent' },
    }),
  ],
  'profile-read-at-evse': [
    'Looks for a profile at one EVSE whose id it knows',
    '2.1 K09.FR.03',
    sends('GetChargingProfiles', [set('$.evseId', 1)], {
      when: { chargingProfile: { chargingProfileId: '$any' } },
    }),
  ],
  'ev-plan-again': [
    'Makes an EV another schedule as soon as it charges by the first',
    '2.1 K15, K16',
    does(
      'result',
      { do: 'precede', text: `[2,"{id}-again","SetChargingProfile",${anotherPlan}]` },
      {
        action: 'TransactionEvent',
        when: {
          triggerReason: 'ChargingStateChanged',
          transactionInfo: { chargingState: 'Charging' },
        },
      },
    ),
    'SHOULD',
  ],
  'offline-duration-lost': [
    'Has a profile hold offline for ever',
    '2.1 K01.FR.101',
    sends('SetChargingProfile', [drop(`${profile}.maxOfflineDuration`)]),
  ],
  'offline-invalid-lost': [
    'Has a profile hold again that was to be over',
    '2.1 K01.FR.102',
    sends('SetChargingProfile', [drop(`${profile}.invalidAfterOfflineDuration`)]),
  ],
  'operation-mode-lost': [
    'Forgets the mode of a period',
    '2.1 K01.FR.110',
    sends('SetChargingProfile', [drop(`${period}.operationMode`)]),
  ],
  'operation-mode-refused': [
    'Does not know that modes change',
    '2.1 K01.FR.110',
    refused('TransactionEvent', { transactionInfo: { operationMode: 'Idle' } }),
  ],
  'limit-at-soc-lost': [
    'Forgets to slow an EV down that is nearly full',
    '2.1 K01.FR.100',
    sends('SetChargingProfile', [drop(`${schedule}.limitAtSoC`)]),
  ],
  'priority-purpose-other': [
    'Makes a profile for those in a hurry one for everybody',
    '2.1 K21',
    sends(
      'SetChargingProfile',
      [set(`${profile}.chargingProfilePurpose`, 'ChargingStationMaxProfile')],
      ofProfile({ chargingProfilePurpose: 'PriorityCharging' }),
    ),
  ],
  'priority-for-a-while': [
    'Ends the profile of those in a hurry after an hour',
    '2.1 K01.FR.70',
    sends(
      'SetChargingProfile',
      [set(`${schedule}.duration`, 3600)],
      ofProfile({ chargingProfilePurpose: 'PriorityCharging' }),
    ),
  ],
  'random-delay-lost': [
    'Has every station begin at once',
    '2.1 K01.FR.92',
    sends('SetChargingProfile', [drop(`${schedule}.randomizedDelay`)]),
  ],
  'local-time-lost': [
    'Takes local time for UTC',
    '2.1 K01.FR.90',
    sends('SetChargingProfile', [drop(`${schedule}.useLocalTime`)]),
  ],
  'profile-id-taken': [
    'Takes an id for its profile that the station keeps for others',
    '2.1 K01.FR.80',
    sends('SetChargingProfile', [set(`${profile}.id`, 1)]),
  ],
  'ev-needs-rejected': [
    'Says Rejected where it has no schedule, as 2.0.1 does',
    '2.1 K19.FR.04',
    answers('NotifyEVChargingNeeds', [set('$.status', 'Rejected')]),
  ],
  'ev-plan-once': [
    'Makes an EV that plans by itself one schedule, whatever it needs later',
    '2.1 K17.FR.07, K20.FR.02',
    omits('SetChargingProfile', {
      ...ofProfile({ ...madeForEv, chargingSchedule: [{ duration: '$any' }] }),
      after: 1,
    }),
  ],
  'ev-control-once': [
    'Controls an EV as at first, whatever it needs later',
    '2.1 K20.FR.03',
    omits('SetChargingProfile', {
      ...ofProfile({ ...madeForEv, chargingProfileKind: 'Dynamic' }),
      after: 1,
    }),
  ],
  'ev-discharged': [
    'Lets an EV give energy back that only wants to charge',
    '2.1 Q02.FR.02',
    sends('SetChargingProfile', [set(`${period}.dischargeLimit`, -100)], ofProfile(madeForEv)),
  ],
  'ev-schedules-two': [
    'Leaves two schedules to an EV that does not choose',
    '2.1 K19.FR.07',
    sends(
      'SetChargingProfile',
      [
        set(`${profile}.chargingSchedule[1]`, {
          id: 2,
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [{ startPeriod: 0, limit: 500 }],
        }),
      ],
      ofProfile({ ...madeForEv, chargingProfileKind: 'Dynamic' }),
    ),
  ],
  'ev-plan-rejected': [
    'Does not accept the plan of an EV that keeps to its schedule',
    '2.1 K18.FR.11',
    answers('NotifyEVChargingSchedule', [set('$.status', 'Rejected')]),
  ],
  'priority-transaction-other': [
    'Gives another driver priority',
    '2.1 K21',
    sends('UsePriorityCharging', [set('$.transactionId', 'X')]),
  ],
  'priority-for-ever': [
    'Never ends priority',
    '2.1 K21.FR.06',
    sends('UsePriorityCharging', [set('$.activate', true)]),
  ],
  'priority-refused': [
    'Does not want to know who has priority',
    '2.1 K21.FR.09',
    refused('NotifyPriorityCharging'),
  ],
  'dynamic-kind-other': [
    'Makes a Dynamic profile a Relative one',
    '2.1 K28',
    sends(
      'SetChargingProfile',
      [set(`${profile}.chargingProfileKind`, 'Relative')],
      ofProfile({ chargingProfileKind: 'Dynamic', dynUpdateInterval: 60 }),
    ),
  ],
  'dynamic-interval-lost': [
    'Does not say how often values are to be asked for',
    '2.1 K28.FR.10',
    sends('SetChargingProfile', [drop(`${profile}.dynUpdateInterval`)]),
  ],
  'dynamic-update-empty': [
    'Has no values for Dynamic profiles',
    '2.1 K28.FR.07',
    answers('PullDynamicScheduleUpdate', [drop('$.scheduleUpdate')]),
  ],
  'dynamic-update-of-nothing': [
    'Has values for profiles that are not there',
    '2.1 K28.FR.12',
    pretends('PullDynamicScheduleUpdate', { status: 'Accepted', scheduleUpdate: { limit: 6 } }),
  ],
})
