import { describe, expect, test } from 'vitest'
import type { ChargingProfile, ProfileKey } from './charging-profile.ts'
import {
  clears,
  type InstalledProfile,
  replaces,
  stationStacks,
  transactionStack,
} from './installed-profiles.ts'

const at = (
  place: number,
  id: number,
  stackLevel: number,
  purpose: ProfileKey['purpose'] = 'TxDefaultProfile',
): InstalledProfile<ChargingProfile> => ({
  place,
  profile: {
    id,
    stackLevel,
    purpose,
    kind: 'Absolute',
    recurrency: undefined,
    validFromMs: 0,
    validToMs: 0,
    schedule: { startMs: 0, durationMs: 0, unit: 'A', periods: [], minRate: 0 },
  },
})

describe('installing', () => {
  test.each([
    ['the same id, elsewhere', at(1, 1, 0), at(2, 1, 5, 'TxProfile'), true],
    ['the same purpose and stackLevel at the same place', at(1, 1, 3), at(1, 2, 3), true],
    ['another place', at(1, 1, 3), at(2, 2, 3), false],
    ['another stackLevel', at(1, 1, 3), at(1, 2, 4), false],
    ['another purpose', at(1, 1, 3), at(1, 2, 3, 'TxProfile'), false],
  ])('[1.6 5.16.4] with %s', (_what, fresh, known, expected) => {
    expect(replaces(fresh, known)).toBe(expected)
  })
})

describe('clearing', () => {
  const known = at(1, 7, 3)
  test.each([
    [{}, true],
    [{ id: 7 }, true],
    [{ id: 7, place: 2, purpose: 'TxProfile', stackLevel: 9 }, true],
    [{ id: 8, place: 1 }, false],
    [{ place: 1, purpose: 'TxDefaultProfile', stackLevel: 3 }, true],
    [{ place: 0 }, false],
    [{ place: 1, stackLevel: 2 }, false],
    [{ purpose: 'TxProfile' }, false],
  ] as const)('[1.6 errata 3.25, 3.26] by %j', (criteria, expected) => {
    expect(clears(criteria, known)).toBe(expected)
  })
})

describe('precedence', () => {
  const ids = (stack: readonly ChargingProfile[]) => stack.map(({ id }) => id)

  test('[1.6 3.13.1] TxProfiles overrule TxDefaultProfiles; the highest stackLevel first', () => {
    const installed = [at(1, 1, 9), at(1, 2, 0, 'TxProfile'), at(1, 3, 2, 'TxProfile'), at(0, 4, 5)]
    expect(ids(transactionStack(installed, 1))).toEqual([3, 2])
    expect(ids(transactionStack(installed, 2))).toEqual([4])
  })

  test('[1.6 3.13.1] the TxDefaultProfile of a connector replaces that of connector 0 there', () => {
    const installed = [at(0, 1, 1), at(0, 2, 2), at(1, 3, 1)]
    expect(ids(transactionStack(installed, 1))).toEqual([2, 3])
    expect(ids(transactionStack(installed, 2))).toEqual([2, 1])
  })

  test('the limits of the station are a stack for each purpose', () => {
    const installed = [
      at(0, 1, 1, 'ChargingStationMaxProfile'),
      at(0, 2, 2, 'ChargingStationMaxProfile'),
      at(0, 3, 0, 'ChargingStationExternalConstraints'),
      at(0, 4, 0),
    ]
    expect(stationStacks(installed).map(ids)).toEqual([[2, 1], [3]])
    expect(stationStacks([])).toEqual([])
  })
})
