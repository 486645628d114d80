import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ordersAreDemanded } from '../../../../test/helpers/demands-of-orders.ts'
import { change, FaultyTarget, type SeenFault } from '../../../../test/helpers/faulty-target.ts'
import { shortId } from '../../../../test/helpers/red-cases.ts'
import { defaultFixtures } from '../../run/fixtures.ts'
import { hookedActions } from '../case.ts'
import { payments21 } from './c-payments.ts'
import { webPayments21 } from './c-web-payments.ts'
import { tariffs21 } from './i-tariffs.ts'
import { smartCharging21 } from './k-profiles.ts'

const cases = [...payments21, ...tariffs21, ...smartCharging21]
const idsOf = (of: typeof cases) => of.map(({ id }) => shortId(id)).sort()

test('what 2.1 has beside 2.0.1 is whole in blocks C, I and K', () => {
  expect(idsOf(cases).join(' ')).toBe(
    'C_103 C_104 C_108 C_113 C_117 C_118 C_119 C_120 C_125 C_126 C_131 C_132 C_133 ' +
      'I_101 I_102 I_105 I_106 I_109 I_110 I_113 I_114 I_115 I_122 ' +
      'K_100 K_101 K_102 K_104 K_106 K_109 K_113 K_114 K_115 K_117 K_118 K_121 K_126',
  )
})

test('nine of them run against any CSMS: nobody has to make it act', () => {
  const handsFree = cases.filter((one) => hookedActions(one).length === 0)
  expect(idsOf(handsFree).join(' ')).toBe('C_104 C_108 C_113 C_132 C_133 K_114 K_115 K_117 K_126')
})

const fails = { kind: 'callError', code: 'InternalError', description: '' } as const

/** Whose driver has a tariff of his own. */
const ofTariff = { idToken: { idToken: 'CSMS_CONF_TARIFF' } }

/** Faults of answers; which cases have to see them. */
const faults: readonly SeenFault[] = [
  {
    is: 'it lets drivers charge who have no money on their card',
    action: 'Authorize',
    what: change({ idTokenInfo: { status: 'Accepted' } }),
    ids: /_C_10/,
    red: 'C_104',
  },
  {
    is: 'it lets a cache keep prepaid tokens',
    action: 'Authorize',
    what: change({ idTokenInfo: { cacheExpiryDateTime: '$absent' } }),
    ids: /_C_10/,
    red: 'C_103 C_104',
  },
  {
    is: 'it lets a cache keep prepaid tokens for a while',
    action: 'Authorize',
    what: change({ idTokenInfo: { cacheExpiryDateTime: '2099-01-01T00:00:00Z' } }),
    ids: /_C_10/,
    red: 'C_103 C_104',
  },
  {
    is: 'it does not limit who pays beforehand',
    action: 'TransactionEvent',
    what: change({ transactionLimit: '$absent' }),
    ids: /_C_10/,
    red: 'C_103',
  },
  {
    is: 'it lets a cache keep prepaid tokens that charge: a warning',
    action: 'TransactionEvent',
    what: change({ idTokenInfo: { cacheExpiryDateTime: '$absent' } }),
    when: { eventType: 'Started' },
    ids: /_C_10/,
    red: 'C_103',
  },
  {
    is: 'it does not limit what was paid for elsewhere: a warning',
    action: 'TransactionEvent',
    what: change({ transactionLimit: '$absent' }),
    ids: /_C_12/,
    red: 'C_125 C_126',
  },
  {
    is: 'it tells the same limit over and over',
    action: 'TransactionEvent',
    what: change({ transactionLimit: { maxCost: 1000 } }),
    ids: /_C_10/,
    red: 'C_103',
  },
  {
    is: 'it believes every VAT number',
    action: 'VatNumberValidation',
    what: change({ status: 'Accepted' }),
    ids: /_C_10/,
    red: 'C_108',
  },
  {
    is: 'it forgets for which EVSE a VAT number was',
    action: 'VatNumberValidation',
    what: change({ evseId: '$absent' }),
    ids: /_C_10/,
    red: 'C_108',
  },
  {
    is: 'it never tells what a transaction cost',
    action: 'TransactionEvent',
    what: change({ totalCost: '$absent' }),
    ids: /_C_1[12]/,
    red: 'C_113 C_125',
  },
  {
    is: 'it wants money for nothing',
    action: 'TransactionEvent',
    what: change({ totalCost: 1 }),
    when: { eventType: 'Ended' },
    ids: /_C_1[12]/,
    red: 'C_113',
  },
  {
    is: 'it does not want to know what became of payments',
    action: 'NotifySettlement',
    ids: /_C_1/,
    red: 'C_113 C_118 C_119 C_120',
  },
  {
    is: 'it writes no receipts',
    action: 'NotifySettlement',
    what: change({ receiptUrl: '$absent' }),
    ids: /_C_1/,
    red: 'C_118',
  },
  {
    is: 'it writes receipts that are nowhere',
    action: 'NotifySettlement',
    what: change({ receiptUrl: 'receipt-1' }),
    when: { status: 'Settled' },
    ids: /_C_1/,
    red: 'C_118',
  },
  {
    is: 'it does not know the payments that it starts for',
    action: 'TransactionEvent',
    what: change({ idTokenInfo: { status: 'Unknown' } }),
    when: { triggerReason: 'RemoteStart' },
    ids: /_C_12/,
    red: 'C_125 C_126',
  },
  {
    is: 'it doubts payments that it has not seen: a warning',
    action: 'TransactionEvent',
    what: change({ idTokenInfo: { status: 'Invalid' } }),
    when: { idToken: { type: 'DirectPayment' } },
    ids: /_C_11[37]/,
    red: 'C_113 C_117',
  },
  {
    is: 'it wants no cost that it did not calculate',
    action: 'TransactionEvent',
    what: fails,
    when: { costDetails: '$any' },
    ids: /_[CI]_1/,
    red: 'C_117 C_118 C_119 C_120 C_126 I_122',
  },
  {
    is: 'it wants no cost that is not the last',
    action: 'TransactionEvent',
    what: fails,
    when: { triggerReason: 'RunningCost' },
    ids: /_I_1/,
    red: 'I_122',
  },
  {
    is: 'it does not understand that a tariff holds',
    action: 'TransactionEvent',
    what: fails,
    when: { triggerReason: 'TariffChanged' },
    ids: /_I_1/,
    red: 'I_115',
  },
  {
    is: 'it keeps the prices of drivers to itself',
    action: 'Authorize',
    what: change({ tariff: '$absent' }),
    ids: /_I_1/,
    red: 'I_109',
  },
  {
    is: 'it has prices for a driver that begin some day',
    action: 'Authorize',
    what: change({ tariff: { validFrom: '2099-01-01T00:00:00Z' } }),
    when: ofTariff,
    ids: /_I_1/,
    red: 'I_109',
  },
  {
    is: 'it changes the prices of a driver, and not their id',
    action: 'Authorize',
    what: change({ tariff: { energy: { prices: [{ priceKwh: 9 }] } } }),
    when: ofTariff,
    after: 1,
    ids: /_I_1/,
    red: 'I_109',
  },
  {
    is: 'it says Rejected where it has no schedule, as 2.0.1 does',
    action: 'NotifyEVChargingNeeds',
    what: change({ status: 'Rejected' }),
    ids: /_K_1/,
    red: 'K_113 K_114 K_115 K_117 K_126',
  },
  {
    is: 'it has schedules for nobody',
    action: 'NotifyEVChargingNeeds',
    what: { kind: 'with', payload: { status: 'NoChargingProfile' } },
    ids: /_K_1/,
    red: 'K_113 K_114 K_115 K_117',
  },
  {
    is: 'it refuses schedules that are its own: a warning where EVs only do as they are told',
    action: 'NotifyEVChargingSchedule',
    what: change({ status: 'Rejected' }),
    ids: /_K_1/,
    red: 'K_113 K_114 K_115 K_117',
  },
  {
    is: 'it has nothing new for Dynamic profiles, and says so',
    action: 'PullDynamicScheduleUpdate',
    what: change({ scheduleUpdate: '$absent' }),
    ids: /_K_1/,
    red: 'K_121',
  },
  {
    is: 'it has values for profiles that are not there',
    action: 'PullDynamicScheduleUpdate',
    what: { kind: 'with', payload: { status: 'Accepted', scheduleUpdate: { limit: 6 } } },
    ids: /_K_1/,
    red: 'K_121',
  },
  {
    is: 'it does not want to know who has priority',
    action: 'NotifyPriorityCharging',
    ids: /_K_1/,
    red: 'K_118',
  },
  {
    is: 'it does not know that modes change',
    action: 'TransactionEvent',
    when: { triggerReason: 'OperationModeChanged' },
    ids: /_K_1/,
    red: 'K_101',
  },
]

let target: FaultyTarget
beforeAll(async () => {
  target = await FaultyTarget.start('ocpp2.1', faults)
})
afterAll(() => target[Symbol.asyncDispose]())

describe('a CSMS that answers wrongly turns exactly these cases red', () => {
  test.each(faults.map((fault, at) => ({ ...fault, at })))('$is', async ({ at, ids, red }) => {
    const concerned = cases.filter(({ id }) => ids.test(id) && !/_C_13/.test(id))
    const seen = await target.redOf({ cases: concerned, fault: at, timeoutMs: 3000 })
    expect(seen.split(' ').sort().join(' ')).toBe(red)
  })
})

/** What moves would have found out before. */
const found = {
  ...defaultFixtures,
  tariffFrom: '2026-01-01T00:00:00Z',
  profileFrom: '2026-01-01T00:00:00Z',
  everywhere: 'A',
  profileId: 11,
  stackLevel: 0,
}

ordersAreDemanded(cases, {
  found,
  /** Of times cases look at what they are, not how they are written; inventories only prepare a case. */
  itsOwn: [
    'id',
    'requestId',
    'remoteStartId',
    'tariffId',
    'validFrom',
    'startSchedule',
    'reportBase',
  ],
  mayBeMissing: ['reportBase', 'operationMode'],
})

/** A payment page that does this with whoever comes, whatever the code. */
async function withPage(
  status: number,
  notice: { readonly evseId: number; readonly timeout: number } | undefined,
  ids: RegExp,
): Promise<string> {
  const [hook] = target.hooks
  const page = createServer((_request, response) => {
    const told = notice && hook?.order({ ...orderOf, payload: notice })
    void Promise.resolve(told).then(() => response.writeHead(status).end())
  })
  const orderOf = {
    stationId: 'FAULTnone-1',
    version: 'ocpp2.1',
    action: 'NotifyWebPaymentStarted',
  } as const
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
  const paymentUrl = `http://127.0.0.1:${(page.address() as AddressInfo).port}`
  try {
    const concerned = webPayments21.filter(({ id }) => ids.test(id))
    return await target.redOf({ cases: concerned, fixtures: { paymentUrl }, parallel: 1 })
  } finally {
    page.close()
  }
}

describe('the page behind the codes of stations', () => {
  test('[2.1 C25] that of csms is right', async () => {
    expect(await target.redOf({ cases: webPayments21 })).toBe('')
  })

  test('[2.1 C25.FR.20] one that is not there leads nobody to payment', async () => {
    expect(await withPage(404, undefined, /_13/)).toBe('C_131')
  })

  test('[2.1 C25.FR.08] one that keeps EVSEs whatever a code says is found out', async () => {
    expect(await withPage(200, { evseId: 1, timeout: 60 }, /_13/)).toBe('C_132 C_133')
  })

  test('[2.1 C25.FR.21] one that keeps another EVSE is found out', async () => {
    expect(await withPage(200, { evseId: 2, timeout: 60 }, /_131/)).toBe('C_131')
  })
})
