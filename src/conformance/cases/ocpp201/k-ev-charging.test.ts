import { expect, test } from 'vitest'
import { type EvPlanning, planningCsms } from '../../../../test/helpers/made-up-csms.ts'
import { evCharging201 } from './k-ev-charging.ts'

const [levelling] = evCharging201
if (!levelling) throw new Error('there are no cases of EVs')

const period = (startPeriod: number) => ({ startPeriod, limit: 1000 })
const schedule = (...starts: readonly number[]) => ({
  id: 1,
  startSchedule: '2026-01-01T00:00:00Z',
  chargingRateUnit: 'W',
  chargingSchedulePeriod: starts.map(period),
})

/** It makes this for whatever an EV needs. */
const making = ({ schedules = [schedule(0)], ...plan }: Partial<EvPlanning> = {}) =>
  planningCsms({ schedules, ...plan })

test.each(['Accepted', 'Processing'])('[2.0.1 K15.FR.03, FR.05] %s is right', async (status) => {
  expect(await making({ status }).judge(levelling)).toEqual(['pass'])
})

test('[2.0.1 K15.FR.04] a CSMS that has no schedule for an EV fails', async () => {
  const [verdict] = await making({ status: 'Rejected' }).judge(levelling)
  expect(verdict).toBe('fail')
})

test('[2.0.1 K15.FR.07] a profile for another transaction is none', async () => {
  const [verdict, why] = await making({ transactionId: 'ANOTHER' }).judge(levelling)
  expect([verdict, why]).toEqual(['fail', expect.stringContaining('got "ANOTHER"')])
})

test('[2.0.1 K15.FR.07] more periods than the EV takes are too many', async () => {
  expect(await making({ schedules: [schedule(0, 1, 2, 3)] }).judge(levelling)).toEqual([
    'fail',
    '1 schedules, at most 4 periods; the EV takes 3 and 3',
  ])
})

test.each([
  ['after the beginning', [10]],
  ['in no order', [0, 20, 10]],
  ['twice', [0, 10, 10]],
])('[2.0.1 K01.FR.31, FR.35] periods that begin %s are wrong', async (_how, starts) => {
  const [verdict] = await making({ schedules: [schedule(...starts)] }).judge(levelling)
  expect(verdict).toBe('fail')
})

test('[2.0.1 K15.FR.18] two schedules are legal, and a warning', async () => {
  expect(await making({ schedules: [schedule(0), schedule(0)] }).judge(levelling)).toEqual([
    'warn',
    '2 schedules: nobody knows which of them the EV takes',
  ])
})

test('a profile without a schedule ends the case, and does no harm to the run', async () => {
  const [verdict] = await making({ schedules: [] }).judge(levelling)
  expect(verdict).toBe('fail')
})
