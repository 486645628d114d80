import { afterEach, describe, expect, test } from 'vitest'
import { Bench2x } from '../../../../../test/helpers/bench-2x.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'

const tariff = {
  tariffId: 'T',
  currency: 'EUR',
  reservationTime: { prices: [{ priceMinute: 0.1 }] },
  reservationFixed: { prices: [{ priceFixed: 2 }] },
}
const quarter = 900_000

let bench: Bench2x
afterEach(() => expect(bench.findings).toEqual([]))

/** The EVSE is reserved for CARD for an hour, and what it costs to do so is known. */
async function reserved(template: Partial<StationTemplate> = {}): Promise<void> {
  bench = await Bench2x.open('ocpp2.1', template)
  await bench.call('SetDefaultTariff', { evseId: 0, tariff })
  const order = { id: 1, evseId: 1, idToken: { idToken: 'CARD', type: 'ISO14443' } }
  await bench.call('ReserveNow', { ...order, expiryDateTime: bench.inMinutes(60) })
  await bench.clock.run(quarter)
}

const costs = () => bench.sent('TransactionEvent').map(({ costDetails }) => costDetails)

describe('what a reservation costs', () => {
  test('[2.1 I12.FR.06 to FR.08] a fee, and the time from the order to the transaction', async () => {
    await reserved({ txStartPoint: ['Authorized'] })
    await bench.authorize('CARD')
    await bench.clock.run(60_000)
    await bench.plugIn()
    await bench.start()
    await bench.stop()
    expect(costs().at(-1)).toMatchObject({
      totalCost: { reservationTime: { exclTax: 1.5 }, reservationFixed: { exclTax: 2 } },
      totalUsage: { reservationTime: 900 },
    })
  })

  test('[2.1 I12.FR.07] until the cable began the transaction, though the card came later', async () => {
    await reserved({ txStartPoint: ['EVConnected'], txStopPoint: ['Authorized'] })
    await bench.plugIn()
    await bench.clock.run(60_000)
    await bench.authorize('CARD')
    await bench.stop()
    expect(costs().at(-1)).toMatchObject({ totalUsage: { reservationTime: 900 } })
  })

  test('[2.1 I12.FR.06] nothing for who comes without one, after one, too', async () => {
    await reserved()
    for (const token of ['CARD', 'OTHER']) {
      bench.forget()
      await bench.authorize(token)
      await bench.plugIn()
      await bench.start()
      await bench.stop()
      await bench.unplug()
    }
    expect(costs().at(-1)).toMatchObject({ totalCost: { total: { exclTax: 0 } } })
    expect(costs().at(-1)).not.toHaveProperty('totalUsage.reservationTime')
  })
})
