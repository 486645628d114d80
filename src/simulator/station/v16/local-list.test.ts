import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LocalList } from './local-list.ts'

const roomy = { longestList: 100, longestUpdate: 100 }
const info = (status: 'Accepted' | 'Blocked', parentIdTag?: string) => ({
  status,
  ...(parentIdTag !== undefined && { parentIdTag }),
})
const full = (listVersion: number, ...idTags: readonly string[]) => ({
  listVersion,
  updateType: 'Full' as const,
  localAuthorizationList: idTags.map((idTag) => ({ idTag, idTagInfo: info('Accepted') })),
})

describe('LocalList', () => {
  test('[1.6 5.15] a full list replaces what there was', () => {
    const list = new LocalList()
    expect(list.update(full(7, 'A', 'B'), roomy)).toBe('Accepted')
    expect(list.update(full(3, 'C'), roomy)).toBe('Accepted')
    expect(list.version).toBe(3)
    expect(list.get('A')).toBeUndefined()
    expect(list.get('c')).toEqual({ status: 'Accepted' })
  })

  test('[1.6 5.15] a differential adds, changes and, without idTagInfo, deletes', () => {
    const list = new LocalList()
    list.update(full(1, 'A', 'B'), roomy)
    const localAuthorizationList = [
      { idTag: 'a' },
      { idTag: 'B', idTagInfo: info('Blocked') },
      { idTag: 'C', idTagInfo: info('Accepted', 'FAMILY') },
      { idTag: 'NEVER-THERE' },
    ]
    const update = { listVersion: 2, updateType: 'Differential' as const, localAuthorizationList }
    expect(list.update(update, roomy)).toBe('Accepted')
    expect(list.version).toBe(2)
    expect(list.get('A')).toBeUndefined()
    expect(list.get('B')).toEqual({ status: 'Blocked' })
    expect(list.get('C')).toEqual({ status: 'Accepted', parentIdTag: 'FAMILY' })
  })

  test('[1.6 7.47] a differential of the same or an older version is a VersionMismatch', () => {
    const list = new LocalList()
    list.update(full(5, 'A'), roomy)
    const update = { updateType: 'Differential' as const, localAuthorizationList: [{ idTag: 'A' }] }
    expect(list.update({ ...update, listVersion: 5 }, roomy)).toBe('VersionMismatch')
    expect(list.update({ ...update, listVersion: 4 }, roomy)).toBe('VersionMismatch')
    expect(list.get('A')).toBeDefined()
    expect(list.version).toBe(5)
  })

  test('[1.6 5.10] an empty list has version 0, and an empty full list empties it', () => {
    const list = new LocalList()
    expect(list.version).toBe(0)
    list.update(full(5, 'A'), roomy)
    expect(list.update({ listVersion: 6, updateType: 'Full' }, roomy)).toBe('Accepted')
    expect(list.version).toBe(0)
    expect(list.get('A')).toBeUndefined()
  })

  test('[1.6 5.15] an empty differential leaves the entries alone', () => {
    const list = new LocalList()
    list.update(full(5, 'A'), roomy)
    expect(list.update({ listVersion: 6, updateType: 'Differential' }, roomy)).toBe('Accepted')
    expect(list.get('A')).toBeDefined()
    expect(list.version).toBe(6)
  })

  test.each([
    ['[1.6 errata 3.52] version 0', full(0, 'B'), roomy],
    ['[1.6 errata 3.52] version -1', full(-1, 'B'), roomy],
    ['[1.6 5.15] an idTag that comes twice', full(9, 'B', 'b'), roomy],
    [
      '[1.6 7.1] a full list with an entry that says nothing',
      { ...full(9), localAuthorizationList: [{ idTag: 'B' }] },
      roomy,
    ],
    [
      '[1.6 5.15] a differential with an idTag that comes twice',
      {
        listVersion: 9,
        updateType: 'Differential' as const,
        localAuthorizationList: [{ idTag: 'B' }, { idTag: 'B', idTagInfo: info('Accepted') }],
      },
      roomy,
    ],
    [
      '[1.6 9.2.2] more than LocalAuthListMaxLength',
      full(9, 'B', 'C'),
      { ...roomy, longestList: 1 },
    ],
    [
      '[1.6 9.2.3] more than SendLocalListMaxLength',
      full(9, 'B', 'C'),
      { ...roomy, longestUpdate: 1 },
    ],
  ])('%s fails and changes nothing', (_name, update, limits) => {
    const list = new LocalList()
    list.update(full(1, 'A'), roomy)
    expect(list.update(update, limits)).toBe('Failed')
    expect(list.version).toBe(1)
    expect(list.get('A')).toBeDefined()
    expect(list.get('B')).toBeUndefined()
  })

  test('whatever comes, it is what a plain map of the accepted updates would be', () => {
    const idTag = fc.constantFrom('A', 'B', 'C', 'D')
    const entry = fc.record(
      { idTag, idTagInfo: fc.constantFrom(info('Accepted'), info('Blocked')) },
      { requiredKeys: ['idTag'] },
    )
    const update = fc.record({
      listVersion: fc.integer({ min: -1, max: 12 }),
      updateType: fc.constantFrom('Full' as const, 'Differential' as const),
      localAuthorizationList: fc.array(entry, { maxLength: 4 }),
    })
    const limits = { longestList: 3, longestUpdate: 3 }
    fc.assert(
      fc.property(fc.array(update, { maxLength: 12 }), (updates) => {
        const list = new LocalList()
        let model = new Map<string, object>()
        let version = 0
        for (const one of updates) {
          const status = list.update(one, limits)
          if (status !== 'Accepted') continue
          if (one.updateType === 'Full') model = new Map()
          else expect(one.listVersion).toBeGreaterThan(version)
          for (const { idTag: tag, idTagInfo } of one.localAuthorizationList) {
            if (idTagInfo) model.set(tag, idTagInfo)
            else model.delete(tag)
          }
          version = model.size === 0 ? 0 : one.listVersion
        }
        expect(list.version).toBe(version)
        expect(model.size).toBeLessThanOrEqual(3)
        for (const tag of ['A', 'B', 'C', 'D']) expect(list.get(tag)).toEqual(model.get(tag))
      }),
    )
  })
})
