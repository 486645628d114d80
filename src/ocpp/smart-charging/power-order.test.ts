import { describe, expect, test } from 'vitest'
import { interpolated, orderFault, orderOf } from './power-order.ts'

type Period = Omit<Parameters<typeof orderOf>[0], 'startPeriod'>

const fault = (period: Period, unit: 'A' | 'W' = 'W') =>
  orderFault({ startPeriod: 0, ...period }, unit)?.reasonCode
const curve = [
  { frequency: 49.8, power: -5_000 },
  { frequency: 50.2, power: 5_000 },
]

describe('a period of a 2.1 schedule', () => {
  test('orders nothing where it only limits charging', () => {
    expect(orderOf({ startPeriod: 0, limit: 16 }, 'A')).toBeUndefined()
    expect(
      orderOf({ startPeriod: 0, limit: 16, operationMode: 'ChargingOnly' }, 'A'),
    ).toBeUndefined()
  })

  test.each<readonly [string, Period]>([
    ['Q02.FR.02', { operationMode: 'ChargingOnly', limit: 9, setpoint: 5 }],
    ['Q03.FR.02', { operationMode: 'CentralSetpoint', setpoint: -5, dischargeLimit: -9 }],
    ['Q07.FR.03', { operationMode: 'CentralFrequency', setpoint: -5, limit: 9 }],
    [
      'Q08.FR.04',
      { operationMode: 'LocalFrequency', v2xBaseline: 0, v2xFreqWattCurve: curve, limit: 1 },
    ],
    ['Q03.FR.01', { operationMode: 'CentralSetpoint' }],
  ])('[2.1 %s] is no order with fields of another mode or without its own', (_clause, period) => {
    expect(fault(period)).toBe('InvalidSchedule')
  })

  test('[2.1 Q08.FR.02, FR.03] follows the frequency by a curve of two points and a baseline', () => {
    const local = { operationMode: 'LocalFrequency' } as const
    expect(fault({ ...local, v2xBaseline: 0 })).toBe('NoFreqWattCurve')
    expect(fault({ ...local, v2xFreqWattCurve: curve })).toBe('NoFreqWattCurve')
    expect(fault({ ...local, v2xFreqWattCurve: curve, v2xBaseline: 0 }, 'A')).toBe(
      'InvalidSchedule',
    )
    expect(fault({ ...local, v2xFreqWattCurve: curve, v2xBaseline: 0 })).toBeUndefined()
  })

  test('has a setpoint between its limits', () => {
    const external = { operationMode: 'ExternalSetpoint', limit: 9, dischargeLimit: -3 } as const
    expect(fault({ ...external, setpoint: 10 })).toBe('InvalidSchedule')
    expect(fault({ ...external, setpoint: -4 })).toBe('InvalidSchedule')
    expect(fault({ ...external, setpoint: -3 })).toBeUndefined()
  })
})

test('a curve is straight between its points and level beyond them', () => {
  const points = [
    { x: 1, watts: 10 },
    { x: 3, watts: 30 },
  ]
  expect([0, 1, 2, 3, 9].map((x) => interpolated(points, x))).toEqual([10, 10, 20, 30, 30])
  expect(interpolated([], 2)).toBe(0)
})
