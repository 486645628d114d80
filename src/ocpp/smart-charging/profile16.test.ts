import { describe, expect, test } from 'vitest'
import { type ChargingProfile16, faultOf16, readProfile16 } from './profile16.ts'

const wire: ChargingProfile16 = {
  chargingProfileId: 7,
  stackLevel: 2,
  chargingProfilePurpose: 'ChargePointMaxProfile',
  chargingProfileKind: 'Recurring',
  recurrencyKind: 'Weekly',
  validFrom: '2026-01-01T00:00:00Z',
  chargingSchedule: {
    duration: 3600,
    startSchedule: '2026-01-01T01:00:00+01:00',
    chargingRateUnit: 'W',
    minChargingRate: 1500,
    chargingSchedulePeriod: [
      { startPeriod: 0, limit: 11_000 },
      { startPeriod: 600, limit: 3680, numberPhases: 1 },
    ],
  },
}
const with16 = (more: Partial<ChargingProfile16>): ChargingProfile16 => ({ ...wire, ...more })
const scheduled = (more: Partial<ChargingProfile16['chargingSchedule']>) =>
  with16({ chargingSchedule: { ...wire.chargingSchedule, ...more } })

describe('a 1.6 charging profile', () => {
  test('[1.6 7.8] is read with its instants in ms and 3 phases where it names none', () => {
    expect(faultOf16(wire)).toBeUndefined()
    expect(readProfile16(wire)).toEqual({
      id: 7,
      stackLevel: 2,
      purpose: 'ChargingStationMaxProfile',
      kind: 'Recurring',
      recurrency: 'Weekly',
      validFromMs: Date.UTC(2026, 0, 1),
      validToMs: Number.POSITIVE_INFINITY,
      schedule: {
        startMs: Date.UTC(2026, 0, 1),
        durationMs: 3_600_000,
        unit: 'W',
        periods: [
          { startMs: 0, limit: 11_000, phases: 3 },
          { startMs: 600_000, limit: 3680, phases: 1 },
        ],
        minRate: 1500,
      },
    })
  })

  test('[1.6 errata 3.56] recurrencyKind of one that is not Recurring is left unread', () => {
    const absolute = with16({ chargingProfileKind: 'Absolute' })
    expect(faultOf16(absolute)).toBeUndefined()
    expect(readProfile16(absolute).recurrency).toBeUndefined()
  })

  test.each([
    [with16({ stackLevel: -1 }), /stackLevel/],
    [with16({ validTo: '2026-01-01T00:00:00Z' }), /validTo/],
    [with16({ validFrom: '2026-02-31T25:00:00Z' }), /date/],
    [scheduled({ duration: 0 }), /duration/],
    [scheduled({ minChargingRate: -1 }), /minChargingRate/],
    [scheduled({ chargingSchedulePeriod: [] }), /first startPeriod/],
    [scheduled({ chargingSchedulePeriod: [{ startPeriod: 1, limit: 6 }] }), /first startPeriod/],
    [scheduled({ chargingSchedulePeriod: [{ startPeriod: 0, limit: -6 }] }), /limit/],
    [
      scheduled({
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 6 },
          { startPeriod: 0, limit: 7 },
        ],
      }),
      /order/,
    ],
    [
      scheduled({ chargingSchedulePeriod: [{ startPeriod: 0, limit: 6, numberPhases: 4 }] }),
      /numberPhases/,
    ],
  ])('number %# breaks a rule that no schema knows', (broken, fault) => {
    expect(faultOf16(broken)).toMatch(fault)
  })

  test('[1.6 7.8] a Recurring one needs to say how', () => {
    const { recurrencyKind: _kind, ...broken } = wire
    expect(faultOf16(broken)).toMatch(/recurrencyKind/)
    const { startSchedule: _start, ...chargingSchedule } = wire.chargingSchedule
    expect(faultOf16(with16({ chargingSchedule }))).toMatch(/startSchedule/)
  })
})
