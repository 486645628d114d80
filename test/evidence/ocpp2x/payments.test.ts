import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Tariff } from '../../../src/ocpp/tariff/tariff.ts'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug } from '../lab.ts'
import { playScript } from '../play-script.ts'
import { type Lab21, startLab21 } from './lab2x.ts'

/* C17 to C25 of 2.1: who pays at the station, or on the web. */

interface SettlementRow {
  readonly status: string
  readonly settlementAmount: number
}

interface VatNumberRow {
  readonly status: string
  readonly company?: { readonly name: string }
}

const standardTariffs = join(import.meta.dirname, '../../../scenarios/tariffs/standard.yaml')
const street: Tariff = {
  tariffId: 'street',
  currency: 'EUR',
  energy: { prices: [{ priceKwh: 0.5 }] },
}

/** A station that calculates, whose receipts the management system makes. */
async function terminal(lab: Lab21): Promise<StationActor> {
  const actor = await lab.connect({
    speed: 200,
    station: { configuration: { 'PaymentCtrlr.ReceiptByCSMS': 'true' } },
  })
  await lab.command('SetDefaultTariff', { evseId: 0, tariff: street })
  await actor.plugIn(plug, ev)
  return actor
}

async function pay(actor: StationActor, vatNumber?: string): Promise<void> {
  const payment = {
    brand: 'Visa',
    recognition: 'CC',
    last4: '4242',
    settlement: 'Settled' as const,
    vatNumber,
  }
  const token = { idToken: 'psp-1', type: 'DirectPayment', payment }
  expect(await actor.authorize(plug, token, cancel)).toMatchObject({ ok: true })
}

async function charge(actor: StationActor): Promise<void> {
  await actor.start(plug, cancel)
  await actor.charge(plug, { untilEnergyWh: 1000 }, cancel)
  await actor.stop(plug, {}, cancel)
}

describe('ocpp2.1', () => {
  const evidence = new Evidence<Actions21>('ocpp2.1', 'payments')

  test('[2.1 C21] NotifySettlement', async () => {
    await using lab = await startLab21({ tariffsFile: standardTariffs })
    const actor = await terminal(lab)
    await pay(actor)
    await evidence.shows(lab, 'NotifySettlement', {
      call: () => charge(actor),
      csms: {
        clause: '2.1 C21.FR.02',
        async effect() {
          const [row] = (await lab.known<readonly SettlementRow[]>('settlements')) ?? []
          return row && `a row of its settlements: ${row.status}`
        },
      },
      station: {
        clause: '2.1 C21.FR.03',
        effect() {
          const url = actor.variable('receiptUrl', plug)
          return typeof url === 'string'
            ? `the driver sees where his receipt is: ${url}`
            : undefined
        },
      },
    })
  })

  test('[2.1 C18] VatNumberValidation', async () => {
    await using lab = await startLab21({ tariffsFile: standardTariffs })
    const actor = await terminal(lab)
    await evidence.shows(lab, 'VatNumberValidation', {
      call: () => pay(actor, 'DE123456789'),
      csms: {
        clause: '2.1 C18.FR.09',
        async effect() {
          const [row] = (await lab.known<readonly VatNumberRow[]>('vat-numbers')) ?? []
          return row && `a row of its VAT numbers: ${row.status}, of ${row.company?.name}`
        },
      },
      station: {
        clause: '2.1 C18.FR.10',
        afterwards: () => charge(actor),
        effect(seen) {
          const [settlement] = seen.calls('NotifySettlement')
          return settlement && `the receipt is for ${settlement.vatCompany?.name}`
        },
      },
    })
  })

  test('[2.1 C25] NotifyWebPaymentStarted', async () => {
    await using lab = await startLab21()
    const actor = await lab.connect()
    const keptOut = `
      - authorize: { refused: true }
      - plugIn: { battery: 60kWh, soc: 20% }`
    expect(await playScript(actor, keptOut)).toMatchObject({ kind: 'failed' })
    await evidence.shows(lab, 'NotifyWebPaymentStarted', {
      call: () => lab.command('NotifyWebPaymentStarted', { evseId: 1, timeout: 300 }),
      csms: {
        clause: '2.1 C25.FR.20',
        async effect() {
          const [row] =
            (await lab.known<readonly { readonly evseId: number }[]>('web-payments')) ?? []
          return row && `a row of its payments on the web: EVSE ${row.evseId}`
        },
      },
      station: {
        clause: '2.1 C25.FR.22',
        afterwards: () => playScript(actor, keptOut),
        effect: (seen) =>
          seen.calls('StatusNotification').at(-1)?.connectorStatus === 'Occupied'
            ? 'a token that was let in before is not while somebody pays: its script goes on'
            : undefined,
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
