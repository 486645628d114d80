import { join } from 'node:path'
import { describe, test } from 'vitest'
import type { Tariff } from '../../../src/ocpp/tariff/tariff.ts'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug, token } from '../lab.ts'
import { type Lab2x, type Lab21, startLab2x, startLab21 } from './lab2x.ts'

/* I. What charging costs, and who tells whom. */

interface Transaction {
  readonly tariffId?: string
  readonly cost?: { readonly by: string; readonly total: number; readonly currency?: string }
}

interface TariffRow {
  readonly tariffId: string
  readonly kind: string
  readonly evseIds?: readonly number[]
  readonly idTokens?: readonly string[]
}

const street: Tariff = {
  tariffId: 'street',
  currency: 'EUR',
  energy: { prices: [{ priceKwh: 0.4 }], taxRates: [{ type: 'vat', tax: 25 }] },
}
const busy: Tariff = { ...street, tariffId: 'busy', energy: { prices: [{ priceKwh: 0.8 }] } }

const standardTariffs = join(import.meta.dirname, '../../../scenarios/tariffs/standard.yaml')

const latest = async (lab: Lab2x | Lab21): Promise<Transaction> =>
  (await lab.transactions<Transaction>()).at(-1) ?? {}

const costRow = async (lab: Lab2x | Lab21): Promise<string | undefined> => {
  const { cost } = await latest(lab)
  return cost && `the transaction is stored with ${cost.total}, told by the ${cost.by}`
}

const tariffRows = async (lab: Lab21): Promise<readonly TariffRow[]> =>
  (await lab.known<readonly TariffRow[]>('tariffs')) ?? []

async function begin(actor: StationActor): Promise<string> {
  await actor.plugIn(plug, ev)
  await actor.authorize(plug, token('T1'), cancel)
  await actor.start(plug, cancel)
  return String(actor.variable('transactionId', plug))
}

const end = (actor: StationActor) => actor.stop(plug, {}, cancel)

describe('ocpp2.0.1', () => {
  const evidence = new Evidence<Actions201>('ocpp2.0.1', 'tariff-and-cost')

  test('[2.0.1 I02] CostUpdated', async () => {
    await using lab = await startLab2x('ocpp2.0.1')
    const configuration = { 'TariffCostCtrlr.Currency': 'SEK' }
    const actor = await lab.connect({ station: { configuration } })
    const transactionId = await begin(actor)
    await evidence.shows(lab, 'CostUpdated', {
      call: () => lab.command('CostUpdated', { transactionId, totalCost: 4.2 }),
      csms: { clause: '2.0.1 I02.FR.01', effect: () => costRow(lab) },
      station: {
        clause: '2.0.1 I02.FR.03, FR.04',
        effect() {
          const cost = actor.variable('totalCost', plug)
          const currency = actor.variable('currency', plug)
          return typeof cost === 'number' && typeof currency === 'string'
            ? `the driver sees ${cost} ${currency}`
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})

describe('ocpp2.1', () => {
  const evidence = new Evidence<Actions21>('ocpp2.1', 'tariff-and-cost')

  test('[2.0.1 I02] [2.1 E16] CostUpdated', async () => {
    await using lab = await startLab21({
      tokens: [{ idToken: 'T1', status: 'Accepted', limit: { maxCost: 4 } }],
    })
    const transactionId = await begin(await lab.connect())
    await lab.command('CostUpdated', { transactionId, totalCost: 3.9 })
    const before = await costRow(lab)
    await evidence.shows(lab, 'CostUpdated', {
      call: () => lab.command('CostUpdated', { transactionId, totalCost: 4 }),
      csms: {
        clause: '2.0.1 I02.FR.01',
        async effect() {
          const row = await costRow(lab)
          return row === before ? undefined : row
        },
      },
      station: {
        clause: '2.1 E16.FR.11, FR.15',
        effect(seen) {
          const told = seen
            .calls('TransactionEvent')
            .find(({ triggerReason }) => triggerReason === 'CostLimitReached')
          const state = told?.transactionInfo.chargingState
          return told && `the limit of its driver is reached: ${told.triggerReason}, ${state}`
        },
      },
    })
  })

  test('[2.1 I07] SetDefaultTariff', async () => {
    await using lab = await startLab21()
    const actor = await lab.connect({ speed: 200 })
    await evidence.shows(lab, 'SetDefaultTariff', {
      call: () => lab.command('SetDefaultTariff', { evseId: 1, tariff: street }),
      csms: {
        clause: '2.1 I07',
        async effect() {
          const [row] = await tariffRows(lab)
          return (
            row &&
            `a row of its tariffs: ${row.tariffId}, ${row.kind} of EVSE ${String(row.evseIds)}`
          )
        },
      },
      station: {
        clause: '2.1 I07.FR.32, I12.FR.01',
        async afterwards() {
          await begin(actor)
          await actor.charge(plug, { untilEnergyWh: 1000 }, cancel)
          await end(actor)
        },
        effect(seen) {
          const details = seen.calls('TransactionEvent').at(-1)?.costDetails
          const [period] = details?.chargingPeriods ?? []
          return details && `the end of a transaction has its cost by tariff ${period?.tariffId}`
        },
      },
    })
  })

  test('[2.1 I09] GetTariffs', async () => {
    await using lab = await startLab21({
      tokens: [{ idToken: 'T1', status: 'Accepted', tariffId: 'member' }],
      tariffsFile: standardTariffs,
    })
    await begin(await lab.connect())
    await evidence.shows(lab, 'GetTariffs', {
      call: () => lab.command('GetTariffs', { evseId: 0 }),
      csms: {
        clause: '2.1 I09',
        async effect() {
          const [row] = await tariffRows(lab)
          return (
            row && `a row of its tariffs: ${row.tariffId}, ${row.kind} of ${String(row.idTokens)}`
          )
        },
      },
      station: {
        clause: '2.1 I09.FR.06, I10.FR.02',
        afterwards: () => lab.command('ClearTariffs', { tariffIds: ['member'] }),
        effect(seen) {
          const [cleared] = seen
            .answers('ClearTariffs')
            .flatMap(({ clearTariffsResult }) => clearTariffsResult)
          return cleared && `the driver's tariff that it told of can be cleared: ${cleared.status}`
        },
      },
    })
  })

  test('[2.1 I10] ClearTariffs', async () => {
    await using lab = await startLab21()
    const actor = await lab.connect()
    await lab.command('SetDefaultTariff', { evseId: 0, tariff: street })
    await evidence.shows(lab, 'ClearTariffs', {
      call: () => lab.command('ClearTariffs', {}),
      csms: {
        clause: '2.1 I10',
        effect: async () =>
          (await tariffRows(lab)).length === 0 ? 'no row of its tariffs is left' : undefined,
      },
      station: {
        clause: '2.1 I10',
        async afterwards() {
          await begin(actor)
          await end(actor)
        },
        effect(seen) {
          const last = seen.calls('TransactionEvent').at(-1)
          return last?.eventType === 'Ended' && !last.costDetails
            ? 'the next transaction ends without a cost'
            : undefined
        },
      },
    })
  })

  test('[2.1 I11] ChangeTransactionTariff', async () => {
    await using lab = await startLab21()
    const actor = await lab.connect()
    await lab.command('SetDefaultTariff', { evseId: 0, tariff: street })
    const transactionId = await begin(actor)
    await evidence.shows(lab, 'ChangeTransactionTariff', {
      call: () => lab.command('ChangeTransactionTariff', { transactionId, tariff: busy }),
      csms: {
        clause: '2.1 I11',
        async effect() {
          const { tariffId } = await latest(lab)
          return tariffId === 'busy'
            ? `its transaction is stored with tariff ${tariffId}`
            : undefined
        },
      },
      station: {
        clause: '2.1 I11.FR.07',
        effect(seen) {
          const told = seen
            .calls('TransactionEvent')
            .find(({ triggerReason }) => triggerReason === 'TariffChanged')
          return told && `${told.triggerReason}: tariff ${told.transactionInfo.tariffId}`
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
