import { expect, test } from 'vitest'
import { MadeUpCsms } from '../../../../test/helpers/made-up-csms.ts'
import { cost201 } from './i-cost.ts'

const [running, final] = cost201
if (!running || !final) throw new Error('there are no cases of cost')

/** It tells the cost in messages of its own; `billed` is the transaction that it names. */
function billing(billed: (transactionId: unknown) => unknown): MadeUpCsms {
  return new MadeUpCsms((_action, { triggerReason, transactionInfo }) => {
    if (triggerReason !== 'MeterValuePeriodic') return {}
    const { transactionId } = transactionInfo as { readonly transactionId: string }
    return { asks: ['CostUpdated', { totalCost: 1, transactionId: billed(transactionId) }] }
  })
}

test('[2.0.1 I02.FR.01] the running cost may come in CostUpdated, which is answered', async () => {
  const csms = billing((transactionId) => transactionId)
  expect(await csms.judge(running)).toEqual(['pass'])
  expect(csms.answered).toHaveLength(2)
})

test('[2.0.1 I02.FR.01] the cost of another transaction is no cost', async () => {
  const wrong = 'CostUpdated for transaction ANOTHER'
  expect(await billing(() => 'ANOTHER').judge(running)).toEqual(['fail', wrong, wrong])
})

test('[2.0.1 I02.FR.01] a CSMS that tells no cost fails', async () => {
  const missing = 'no totalCost in the answer, and no CostUpdated after it'
  expect(await new MadeUpCsms(() => ({})).judge(running)).toEqual(['fail', missing, missing])
})

interface Reading {
  readonly sampledValue: readonly { readonly value: number }[]
}

test('[2.0.1 I03.FR.02] who knows prices of energy alone is told how much it was', async () => {
  let begun = 0
  const csms = new MadeUpCsms((_action, { eventType, meterValue }) => {
    const [first] = (meterValue ?? []) as readonly Reading[]
    const shownWh = first?.sampledValue[0]?.value
    if (eventType === 'Started') begun = shownWh ?? 0
    if (eventType !== 'Ended' || shownWh === undefined) return {}
    return { answer: { totalCost: (shownWh - begun) / 1000 } }
  })
  expect(await csms.judge(final)).toEqual(['pass'])
  expect(begun).toBe(1000)
})
