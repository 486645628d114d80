import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChargingBench, one } from '../../../../../test/helpers/charging-bench.ts'

const places = [
  { chargingProfilePurpose: 'ChargingStationMaxProfile', evseId: 0 },
  { chargingProfilePurpose: 'TxDefaultProfile', evseId: 0 },
  { chargingProfilePurpose: 'TxDefaultProfile', evseId: 1 },
  { chargingProfilePurpose: 'TxProfile', evseId: 1 },
  { chargingProfilePurpose: 'PriorityCharging', evseId: 0 },
  { chargingProfilePurpose: 'LocalGeneration', evseId: 0 },
  { chargingProfilePurpose: 'LocalGeneration', evseId: 1 },
] as const
const relative = new Set(['TxDefaultProfile', 'TxProfile', 'PriorityCharging'])

const period = fc.record({ limit: fc.nat(40), numberPhases: fc.constantFrom(1, 2, 3) })
const anyProfile = fc
  .record({
    id: fc.integer({ min: 1, max: 4 }),
    stackLevel: fc.nat(3),
    where: fc.constantFrom(...places),
    kind: fc.constantFrom('Absolute', 'Relative', 'Dynamic'),
    unit: fc.constantFrom('A', 'W'),
    startsAfter: fc.integer({ min: -100, max: 100 }),
    duration: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
    randomizedDelay: fc.constantFrom(0, 0, 20),
    periods: fc.array(period, { minLength: 1, maxLength: 4 }),
  })
  .map(({ where, kind, unit, startsAfter, duration, randomizedDelay, periods, ...rest }) => {
    const { chargingProfilePurpose, evseId } = where
    const chargingProfileKind =
      kind === 'Relative' && !relative.has(chargingProfilePurpose) ? 'Absolute' : kind
    const isTx = chargingProfilePurpose.startsWith('Tx')
    const told = chargingProfileKind === 'Dynamic' ? periods.slice(0, 1) : periods
    return {
      evseId,
      ...rest,
      chargingProfilePurpose,
      chargingProfileKind,
      chargingSchedule: [
        {
          id: 1,
          chargingRateUnit: unit,
          ...(duration !== undefined &&
            chargingProfilePurpose !== 'PriorityCharging' && { duration }),
          ...(chargingProfileKind === 'Absolute' && {
            startSchedule: new Date(Date.UTC(2026, 0, 1) + startsAfter * 1000).toISOString(),
          }),
          ...(isTx && randomizedDelay > 0 && { randomizedDelay }),
          chargingSchedulePeriod: told.map(({ limit, numberPhases }, at) => ({
            startPeriod: at * 50,
            limit: unit === 'W' ? limit * 500 : limit,
            numberPhases,
          })),
        },
      ],
    }
  })

interface Period {
  readonly startPeriod: number
  readonly limit: number
  readonly numberPhases: number
}

test('[2.1 K08] a station draws what its own composite schedule said before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyProfile, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      async (profiles, priority) => {
        const bench = new ChargingBench('ocpp2.1', { 'SmartChargingCtrlr.Phases3to1': 'true' })
        await bench.booted()
        const transactionId = await bench.charge(one, {
          batteryWh: 500_000,
          maxPowerW: 22_000,
          taperFrom: 1,
        })
        for (const { evseId, ...profile } of profiles) {
          const isTx = profile.chargingProfilePurpose === 'TxProfile'
          await bench.set(evseId, { ...profile, ...(isTx && { transactionId }) })
        }
        if (priority) await bench.call('UsePriorityCharging', { transactionId, activate: true })
        const question = { evseId: 1, duration: 400, chargingRateUnit: 'W' }
        const { schedule } = await bench.call('GetCompositeSchedule', question)
        const periods = (schedule as { chargingSchedulePeriod: Period[] }).chargingSchedulePeriod
        const wrong: unknown[] = []
        for (let s = 0; s < 400; s += 10) {
          const running = periods.filter(({ startPeriod }) => startPeriod <= s).pop()
          const { limit = 0, numberPhases = 3 } = running ?? {}
          const hardware = (22_000 * numberPhases) / 3
          const expected = limit < 6 * numberPhases * 230 ? 0 : Math.min(limit, hardware)
          const powerW = bench.powerW()
          if (Math.abs(powerW - expected) > 0.6) wrong.push({ s, powerW, expected })
          await bench.clock.run(10_000)
        }
        expect(wrong).toEqual([])
        expect(bench.findings).toEqual([])
      },
    ),
    { numRuns: 25 },
  )
})
