import { describe, expect, test } from 'vitest'
import { orderOf, type PowerOrder } from '../../ocpp/smart-charging/power-order.ts'
import { Grid } from './grid.ts'

type Period = Parameters<typeof orderOf>[0]

function order(period: Omit<Period, 'startPeriod'>): PowerOrder {
  const made = orderOf({ startPeriod: 0, ...period }, 'W')
  if (!made) throw new Error('no order')
  return made
}

describe('what an order comes to', () => {
  test('[2.1 Q03] of a central setpoint is the setpoint, the phases of three added', () => {
    const grid = new Grid()
    expect(grid.orderedW(order({ operationMode: 'CentralSetpoint', setpoint: -4_000 }), 1, 0)).toBe(
      -4_000,
    )
    const split = { setpoint: 1_000, setpoint_L2: 2_000, setpoint_L3: 500 }
    expect(grid.orderedW(order({ operationMode: 'CentralSetpoint', ...split }), 1, 0)).toBe(3_500)
  })

  test('[2.1 Q05, Q06] of an external system is what that wants, where it wants anything', () => {
    const grid = new Grid()
    const setpoint = order({ operationMode: 'ExternalSetpoint', setpoint: 2_000 })
    const limits = order({ operationMode: 'ExternalLimits', limit: 9_000, dischargeLimit: -9_000 })
    expect([grid.orderedW(setpoint, 1, 0), grid.orderedW(limits, 1, 0)]).toEqual([2_000, undefined])
    grid.externalW = -3_000
    expect([grid.orderedW(setpoint, 1, 0), grid.orderedW(limits, 1, 0)]).toEqual([-3_000, -3_000])
  })

  test('[2.1 Q08] of local frequency is the baseline and what both curves add to it', () => {
    const local = order({
      operationMode: 'LocalFrequency',
      v2xBaseline: 1_000,
      v2xFreqWattCurve: [
        { frequency: 50.2, power: 6_000 },
        { frequency: 49.8, power: -6_000 },
      ],
      v2xSignalWattCurve: [
        { signal: -1, power: -2_000 },
        { signal: 1, power: 2_000 },
      ],
    })
    const grid = new Grid()
    expect(grid.orderedW(local, 1, 0)).toBeCloseTo(1_000)
    grid.followedHz = 49.9
    expect(grid.orderedW(local, 1, 0)).toBeCloseTo(-2_000)
    grid.followedHz = 49
    grid.signal = 1
    expect(grid.orderedW(local, 1, 0)).toBeCloseTo(-3_000)
  })

  test('[2.1 Q09] of load balancing keeps the meter of the building within its thresholds', () => {
    const grid = new Grid({ maxPowerW: 50_000, loadW: 5_000 })
    grid.balance = { upperW: 2_000, upperOffsetW: 200, lowerW: -1_000, lowerOffsetW: 0 }
    const balancing = order({ operationMode: 'LocalLoadBalancing' })
    expect(grid.orderedW(balancing, 1, 0)).toBe(-3_200)
    grid.loadW = 1_000
    expect(grid.orderedW(balancing, 1, 0)).toBe(0)
    expect(grid.orderedW(balancing, 1, -6_000)).toBe(4_000)
  })

  test('[2.1 Q10] of an idle EV is nothing', () => {
    expect(new Grid().orderedW(order({ operationMode: 'Idle', evseSleep: true }), 1, 0)).toBe(0)
  })
})

test('a connection leaves to EVs what the building does not draw, and what they give besides', () => {
  const grid = new Grid({ maxPowerW: 30_000, loadW: 12_000 })
  expect([grid.leftW(0), grid.leftW(4_000)]).toEqual([18_000, 22_000])
  grid.loadW = 40_000
  expect(grid.leftW(0)).toBe(0)
  expect(new Grid().leftW(0)).toBe(Number.POSITIVE_INFINITY)
})
