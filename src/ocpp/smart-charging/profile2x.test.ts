import { describe, expect, test } from 'vitest'
import { type ChargingProfile2x, faultOf2x, readProfile2x } from './profile2x.ts'

const wire: ChargingProfile2x = {
  id: 7,
  stackLevel: 2,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Recurring',
  recurrencyKind: 'Weekly',
  validFrom: '2026-01-01T00:00:00Z',
  maxOfflineDuration: 60,
  chargingSchedule: [
    {
      id: 1,
      duration: 3600,
      startSchedule: '2026-01-01T01:00:00+01:00',
      chargingRateUnit: 'W',
      minChargingRate: 1500,
      limitAtSoC: { soc: 80, limit: 4000 },
      chargingSchedulePeriod: [
        { startPeriod: 0, limit: 11_000 },
        { startPeriod: 600, limit: 3680, numberPhases: 1, phaseToUse: 2 },
      ],
    },
    {
      id: 2,
      startSchedule: '2026-01-01T01:00:00Z',
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
    },
  ],
}
const told = (more: Partial<ChargingProfile2x>): ChargingProfile2x => ({ ...wire, ...more })
const { recurrencyKind: _weekly, ...daily } = wire

type Schedule = ChargingProfile2x['chargingSchedule'][number]
type Period = Schedule['chargingSchedulePeriod'][number]

const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  id: 1,
  startSchedule: '2026-01-01T00:00:00Z',
  chargingRateUnit: 'W',
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 1000 }],
  ...more,
})
const { startSchedule: _start, ...unstarted } = schedule()
const period = (more: Partial<Period>, rest: Partial<ChargingProfile2x> = {}) =>
  told({
    ...rest,
    chargingSchedule: [
      schedule({ chargingSchedulePeriod: [{ startPeriod: 0, limit: 1000, ...more }] }),
    ],
  })

describe('a 2.x charging profile', () => {
  test('[2.1 ChargingProfileType] is read with its instants in ms and 3 phases where it names none', () => {
    expect(faultOf2x(wire)).toBeUndefined()
    expect(readProfile2x(wire, 0)).toEqual({
      id: 7,
      stackLevel: 2,
      purpose: 'TxDefaultProfile',
      kind: 'Recurring',
      recurrency: 'Weekly',
      validFromMs: Date.UTC(2026, 0, 1),
      validToMs: Number.POSITIVE_INFINITY,
      offlineMs: 60_000,
      schedule: {
        startMs: Date.UTC(2026, 0, 1),
        durationMs: 3_600_000,
        unit: 'W',
        periods: [
          { startMs: 0, limit: 11_000, phases: 3 },
          { startMs: 600_000, limit: 3680, phases: 1, phaseToUse: 2 },
        ],
        minRate: 1500,
        beyondSoc: { soc: 0.8, limit: 4000 },
      },
    })
  })

  test('[2.0.1 K15] of several schedules the one that was chosen is read, the last one at most', () => {
    expect(readProfile2x(wire, 0, { choice: 1 }).schedule.unit).toBe('A')
    expect(readProfile2x(wire, 0, { choice: 2 }).schedule.unit).toBe('A')
  })

  test('[2.1 K28] a Dynamic one counts from its last update, or from its receipt', () => {
    const dynamic = told({
      chargingProfileKind: 'Dynamic',
      chargingSchedule: [schedule({ duration: 60 })],
    })
    expect(readProfile2x(dynamic, 5000).schedule.startMs).toBe(5000)
    const updated = { ...dynamic, dynUpdateTime: '2026-01-01T00:00:00Z' }
    expect(readProfile2x(updated, 5000).schedule.startMs).toBe(Date.UTC(2026, 0, 1))
  })

  test('[2.1 K01.FR.90] in local time begins when the clocks there show it, whatever the offset says', () => {
    const local = told({
      chargingSchedule: [
        schedule({ useLocalTime: true, startSchedule: '2026-01-01T06:00:00-05:00' }),
      ],
    })
    expect(readProfile2x(local, 0).schedule.startMs).toBe(Date.UTC(2026, 0, 1, 6))
    const east = readProfile2x(local, 0, { localMs: 2 * 3_600_000 })
    expect(east.schedule.startMs).toBe(Date.UTC(2026, 0, 1, 4))
  })

  test('[2.1 Q10] Idle lets nothing flow', () => {
    const idle = period({ operationMode: 'Idle' })
    expect(readProfile2x(idle, 0).schedule.periods[0]?.limit).toBe(0)
  })

  test.each<[string, ChargingProfile2x]>([
    ['InvalidStackLevel', told({ stackLevel: -1 })],
    ['InvalidValue', told({ validTo: wire.validFrom ?? '' })],
    ['InvalidValue', told({ validFrom: 'yesterday' })],
    ['InvalidProfile', daily],
    // [2.0.1 K01.FR.38]
    [
      'InvalidProfile',
      told({
        chargingProfileKind: 'Relative',
        chargingProfilePurpose: 'ChargingStationMaxProfile',
        chargingSchedule: [unstarted],
      }),
    ],
    // [2.0.1 K01.FR.40, FR.41]
    ['InvalidSchedule', told({ chargingProfileKind: 'Absolute', chargingSchedule: [unstarted] })],
    ['InvalidSchedule', told({ chargingProfileKind: 'Relative', chargingSchedule: [schedule()] })],
    ['InvalidSchedule', told({ chargingSchedule: [schedule({ duration: 0 })] })],
    ['InvalidSchedule', told({ chargingSchedule: [schedule({ minChargingRate: -1 })] })],
    // [2.0.1 K01.FR.31, FR.35]
    ['InvalidSchedule', period({ startPeriod: 1 })],
    [
      'InvalidSchedule',
      told({
        chargingSchedule: [
          schedule({
            chargingSchedulePeriod: [
              { startPeriod: 0, limit: 1 },
              { startPeriod: 0, limit: 2 },
            ],
          }),
        ],
      }),
    ],
    // [2.0.1 K01.FR.19]
    ['InvalidSchedule', period({ phaseToUse: 1 })],
    ['InvalidSchedule', period({ numberPhases: 4 })],
    // [2.1 K28.FR.01-04]
    ['InvalidSchedule', told({ chargingProfileKind: 'Dynamic' })],
    ['InvalidProfile', told({ dynUpdateInterval: 60 })],
    // [2.1 K01.FR.70, FR.95]
    [
      'InvalidSchedule',
      told({
        chargingProfilePurpose: 'PriorityCharging',
        chargingSchedule: [schedule({ duration: 60 })],
      }),
    ],
    [
      'InvalidSchedule',
      told({
        chargingProfilePurpose: 'ChargingStationMaxProfile',
        chargingSchedule: [schedule({ randomizedDelay: 10 })],
      }),
    ],
    // [2.1 K01.FR.111-114]
    [
      'InvalidOperationMode',
      period(
        { operationMode: 'CentralSetpoint' },
        { chargingProfilePurpose: 'ChargingStationMaxProfile' },
      ),
    ],
    // [2.1 K01.FR.142-146]
    ['PhaseConflict', period({ limit_L2: 5 })],
    [
      'PhaseConflict',
      told({
        chargingProfilePurpose: 'TxProfile',
        chargingSchedule: [
          schedule({
            chargingSchedulePeriod: [
              { startPeriod: 0, limit_L3: 5, operationMode: 'ExternalLimits' },
            ],
          }),
        ],
      }),
    ],
  ])('[2.1 K01] %s: number %# breaks a rule that no schema knows', (reasonCode, broken) => {
    expect(faultOf2x(broken)).toMatchObject({ reasonCode })
  })

  test('[2.1 ChargingSchedulePeriodType] only an operation mode lets a period do without a limit', () => {
    const limitless = (operationMode?: 'CentralSetpoint') =>
      told({
        chargingSchedule: [
          schedule({
            chargingSchedulePeriod: [
              { startPeriod: 0, ...(operationMode && { operationMode, setpoint: 1000 }) },
            ],
          }),
        ],
      })
    expect(faultOf2x(limitless())).toMatchObject({ reasonCode: 'InvalidSchedule' })
    expect(faultOf2x(limitless('CentralSetpoint'))).toBeUndefined()
  })
})
