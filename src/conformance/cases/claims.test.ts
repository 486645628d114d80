import { expect, test } from 'vitest'
import { claimsOf, unclaimed } from './claims.ts'

const claiming = (...names: readonly string[]) => new Set(names)

test('a case of Core without a feature asks nobody to claim anything', () => {
  expect(claimsOf({ profile: 'Core' })).toEqual([])
  expect(unclaimed({ profile: 'Core' }, claiming())).toBeUndefined()
})

test('a profile is to be claimed, beside the feature', () => {
  const one = { profile: 'Smart Charging', feature: 'SC-4' }
  expect(unclaimed(one, claiming('Smart Charging', 'SC-4'))).toBeUndefined()
  expect(unclaimed(one, claiming('SC-4'))).toBe('Smart Charging')
  expect(unclaimed(one, claiming('Smart Charging'))).toBe('SC-4')
})

test('[2.1 Part 5 4.2] of features with "or" one will do, of those with "and" all are needed', () => {
  const either = { profile: 'Core', feature: 'C-61 or Advanced Security' }
  expect(unclaimed(either, claiming('Advanced Security'))).toBeUndefined()
  expect(unclaimed(either, claiming('C-13'))).toBe('C-61 or Advanced Security')
  const both = { profile: 'Core', feature: 'LA-0 and LA-2' }
  expect(unclaimed(both, claiming('LA-0', 'LA-2'))).toBeUndefined()
  expect(unclaimed(both, claiming('LA-0'))).toBe('LA-2')
  const mixed = { profile: 'Core', feature: 'A or B and C' }
  expect(unclaimed(mixed, claiming('B', 'C'))).toBeUndefined()
  expect(unclaimed(mixed, claiming('B'))).toBe('C')
})
