import fc from 'fast-check'
import type { DataEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import { describe, expect, test } from 'vitest'
import { row } from '../provisioning/device-model/rows.ts'
import { judge, type Monitor, type MonitorSettings } from './monitor.ts'

function monitor(
  settings: Pick<MonitorSettings, 'type' | 'value'>,
  dataType: DataEnumType = 'decimal',
): Monitor {
  const spec = row('EVSE.Power', dataType, '0')
  return {
    ...settings,
    severity: 5,
    transaction: false,
    id: 1,
    kind: 'CustomMonitor',
    place: { name: 'EVSE.Power', spec, at: { id: 1 } },
    exceeded: false,
    reference: undefined,
  }
}

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 })
const limit = fc.integer({ min: 0, max: 40 })
const found = (one: Monitor, seen: readonly number[], target = '') =>
  seen.map((value) => judge(one, String(value), target))

describe('judge', () => {
  test('[2.0.1 N07.FR.02, FR.16, FR.17] tells each crossing of a threshold once, in turn', () => {
    const types = fc.constantFrom('UpperThreshold' as const, 'LowerThreshold' as const)
    fc.assert(
      fc.property(types, limit, values, (type, value, seen) => {
        const told = found(monitor({ type, value }), seen)
        const isBeyond = (number: number) =>
          type === 'UpperThreshold' ? number > value : number < value
        const crossings = seen.map((number, at) => {
          const before = at > 0 && isBeyond(seen[at - 1] ?? 0)
          return isBeyond(number) === before ? undefined : isBeyond(number)
        })
        expect(told.map((one) => one && one.cleared !== true)).toEqual(crossings)
      }),
    )
  })

  test('[2.0.1 N07.FR.18] tells a difference from what was told last, and nothing smaller', () => {
    fc.assert(
      fc.property(limit, values, (value, seen) => {
        const told = found(monitor({ type: 'Delta', value }), seen)
        let reference = seen[0] ?? 0
        seen.forEach((number, at) => {
          const moved = Math.abs(number - reference) > value
          expect(told[at]?.trigger).toBe(moved ? 'Delta' : undefined)
          if (moved) reference = number
        })
      }),
    )
  })

  test('[2.1 MonitorEnumType] tells nothing as long as the value stays about its target', () => {
    fc.assert(
      fc.property(limit, values, fc.integer({ min: -20, max: 20 }), (value, seen, target) => {
        const told = found(monitor({ type: 'TargetDelta', value }), seen, String(target))
        seen.forEach((number, at) => {
          const isAway = Math.abs(number - target) > value
          const wasAway = at > 0 && Math.abs((seen[at - 1] ?? 0) - target) > value
          if (!isAway) expect(told[at]).toBeUndefined()
          if (isAway && !wasAway) expect(told[at]).toEqual({ trigger: 'Delta' })
        })
      }),
    )
  })

  test('a relative difference is a share of the target', () => {
    const one = monitor({ type: 'TargetDeltaRelative', value: 0.5 })
    expect(judge(one, '150', '100')).toBeUndefined()
    expect(judge(one, '151', '100')).toEqual({ trigger: 'Delta' })
  })

  test('a value that is not there is not zero', () => {
    for (const type of ['LowerThreshold', 'Delta', 'TargetDelta'] as const) {
      const one = monitor({ type, value: 1 })
      judge(one, '5', '5')
      expect(judge(one, '', '')).toBeUndefined()
    }
  })

  test('[2.0.1 N07.FR.19] of what is no number every change counts', () => {
    const one = monitor({ type: 'Delta', value: 1 }, 'OptionList')
    expect(['A', 'A', 'B', 'A'].map((value) => judge(one, value, '')?.trigger)).toEqual([
      undefined,
      undefined,
      'Delta',
      'Delta',
    ])
  })
})
