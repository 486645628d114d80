import { expect, test } from 'vitest'
import { type EvPlanning, planningCsms } from '../../../../test/helpers/made-up-csms.ts'
import { frameOf, playedInMemory } from '../../../../test/helpers/memory-conformance.ts'
import { iso15118p20 } from './k-iso15118-20.ts'

const caseOf = (id: string) => {
  const found = iso15118p20.find((one) => one.id === `TC_${id}_CSMS`)
  if (!found) throw new Error(`there is no ${id}`)
  return found
}

const planning = caseOf('K_114')
const controlled = caseOf('K_115')
const withoutPlan = caseOf('K_126')

type Fields = Readonly<Record<string, unknown>>

const period = (startPeriod: number, more: Fields = {}) => ({ startPeriod, limit: 500, ...more })
const schedule = (...periods: readonly Fields[]) => ({
  id: 1,
  startSchedule: '2026-01-01T00:00:00Z',
  chargingRateUnit: 'W',
  chargingSchedulePeriod: periods,
})

/** It makes this for whatever an EV needs. */
const making = ({ schedules = [schedule(period(0))], ...plan }: Partial<EvPlanning>) =>
  planningCsms({ schedules, ...plan })

test.each(['Accepted', 'Processing'])('[2.1 K18.FR.03, FR.05] %s is right', async (status) => {
  expect(await making({ status }).judge(planning)).toEqual(['pass'])
  expect(await making({ status }).judge(controlled)).toEqual(['pass'])
})

test('[2.1 K19.FR.04] an EV for which a CSMS could make a schedule is to get one', async () => {
  const [verdict] = await making({ status: 'NoChargingProfile' }).judge(controlled)
  expect(verdict).toBe('fail')
})

test('[2.1 K19.FR.07] a profile for another transaction is none', async () => {
  const [verdict, why] = await making({ transactionId: 'ANOTHER' }).judge(controlled)
  expect([verdict, why]).toEqual(['fail', expect.stringContaining('got "ANOTHER"')])
})

test('[2.1 K18.FR.07] more periods than the EV takes are too many', async () => {
  const schedules = [schedule(...[0, 1, 2, 3].map((start) => period(start)))]
  expect(await making({ schedules }).judge(controlled)).toEqual([
    'fail',
    '1 schedules, at most 4 entries; the EV takes 1 and 3',
  ])
})

test('[2.1 K18.FR.07] more prices than the EV takes are too many', async () => {
  const priceLevelScheduleEntries = [0, 1, 2, 3].map((priceLevel) => ({ duration: 60, priceLevel }))
  const priceLevelSchedule = {
    priceScheduleId: 1,
    timeAnchor: '2026-01-01T00:00:00Z',
    numberOfPriceLevels: 4,
    priceLevelScheduleEntries,
  }
  const schedules = [{ ...schedule(period(0)), priceLevelSchedule }]
  const [verdict] = await making({ schedules }).judge(planning)
  expect(verdict).toBe('fail')
})

test('[2.1 K18.FR.18] who plans by himself may get two schedules: a warning', async () => {
  const schedules = [schedule(period(0)), { ...schedule(period(0)), id: 2 }]
  const [verdict, why] = await making({ schedules }).judge(planning)
  expect([verdict, why]).toEqual(['warn', '2 schedules: nobody knows which of them the EV takes'])
})

test('[2.1 K19.FR.07] who leaves it to the CSMS gets one schedule alone', async () => {
  const schedules = [schedule(period(0)), { ...schedule(period(0)), id: 2 }]
  const [verdict, why] = await making({ schedules }).judge(controlled)
  expect([verdict, why]).toEqual(['fail', '2 schedules, at most 1 entries; the EV takes 1 and 3'])
})

test.each([
  ['gives energy back', { dischargeLimit: -500 }],
  ['has a setpoint', { setpoint: 400 }],
  ['is of another mode', { operationMode: 'CentralSetpoint' }],
])('[2.1 Q02.FR.01, FR.02] a schedule that %s is not for charging alone', async (_how, more) => {
  const [verdict] = await making({ schedules: [schedule(period(0, more))] }).judge(controlled)
  expect(verdict).toBe('fail')
})

test('a profile without a schedule ends the case, and does no harm to the run', async () => {
  const [verdict] = await making({ schedules: [] }).judge(controlled)
  expect(verdict).toBe('fail')
})

/** csms says this of schedules for EVs without a transaction, and makes none. */
async function saying(status: string): Promise<string | undefined> {
  const [result] = await playedInMemory({
    version: 'ocpp2.1',
    cases: [withoutPlan],
    fault: {
      hears(text, { reply }) {
        const [, id, action] = frameOf(text)
        if (action !== 'NotifyEVChargingNeeds') return undefined
        reply([3, id, { status }])
        return null
      },
    },
  })
  return result?.verdict
}

test.each([
  ['NoChargingProfile', 'pass'],
  ['Accepted', 'fail'],
  ['Processing', 'fail'],
  ['Rejected', 'fail'],
])('[2.1 K19.FR.03 to FR.07] %s, and no profile after it: %s', async (status, verdict) => {
  expect(await saying(status)).toBe(verdict)
})
