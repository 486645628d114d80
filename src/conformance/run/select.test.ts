import { describe, expect, test } from 'vitest'
import { casesOf, catalogue } from '../cases/catalogue.ts'
import { selected, selectionFaults } from './select.ts'

const all = casesOf('ocpp1.6')
const ids = (selection: Parameters<typeof selected>[1]) =>
  selected(all, selection).map(({ id }) => id)
const faults = (selection: Parameters<typeof selected>[1]) =>
  selectionFaults(all, selection, catalogue)

describe('a selection', () => {
  test('takes ids with stars, in any case, and leaves out what is excluded', () => {
    expect(ids({ cases: ['tc_023_*'], exclude: ['*_2_CSMS'] })).toEqual([
      'TC_023_1_CSMS',
      'TC_023_3_CSMS',
    ])
  })

  test('of a profile, and of what orders nothing', () => {
    const found = selected(all, { profiles: ['core'], tags: ['hands-free'] })
    expect(found.length).toBeGreaterThan(5)
    expect(found.map(({ id }) => id)).not.toContain('TC_013_CSMS')
  })

  test('that is sound has no faults', () => {
    expect(faults({ cases: ['TC_0*'], tags: ['stable'] })).toEqual([])
  })

  test('names each word that fits no case, and what was meant', () => {
    expect(faults({ cases: ['tc_013'] })).toEqual([
      'no case is called "tc_013"; did you mean TC_013_CSMS?',
    ])
    expect(faults({ cases: ['TC_0*', 'TC_NOPE*', 'TC_013_CSM'] })).toEqual([
      'no case is called "TC_NOPE*"',
      'no case is called "TC_013_CSM"; did you mean TC_013_CSMS?',
    ])
    expect(faults({ exclude: ['TC_NOPE*'] })).toHaveLength(1)
    expect(faults({ profiles: ['Cor'] })[0]).toContain('the profile or group "Cor"; there are Core')
    expect(faults({ tags: ['hand-free'] })[0]).toContain('the tag "hand-free"')
  })

  test('says where the case is that other versions have', () => {
    expect(faults({ cases: ['TC_B_01_CSMS', 'TC_B_100*'] })).toEqual([
      'no case is called "TC_B_01_CSMS"; ocpp2.0.1 and ocpp2.1 have TC_B_01_CSMS',
      'no case is called "TC_B_100*"; ocpp2.1 has TC_B_100_CSMS',
    ])
  })

  test('may fit nothing though each of its words does', () => {
    expect(faults({ cases: ['TC_013_CSMS'], tags: ['hands-free'] })).toEqual([
      'no case is all that at once',
    ])
  })
})
