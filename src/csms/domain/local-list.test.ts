import { describe, expect, test } from 'vitest'
import { reportLocalList, updateLocalList } from './local-list.ts'
import { newStation } from './station.ts'

const at = '2026-01-01T00:00:00.000Z'
const entry = (idToken: string, status = 'Accepted') => ({ idToken, entry: { idToken, status } })
const full = (version: number, ...changes: readonly ReturnType<typeof entry>[]) => ({
  version,
  full: true,
  changes,
})

describe('the local list of a station', () => {
  test('[1.6 5.15] is what the accepted updates amount to', () => {
    const record = newStation('CP1')
    updateLocalList(record, full(3, entry('A'), entry('B')), at)
    const changes = [{ idToken: 'a' }, entry('B', 'Blocked'), entry('C')]
    updateLocalList(record, { version: 4, full: false, changes }, at)
    expect(record.localList).toEqual({
      version: 4,
      knownAt: at,
      entries: [
        { idToken: 'B', status: 'Blocked' },
        { idToken: 'C', status: 'Accepted' },
      ],
    })
  })

  test('[1.6 5.10] an emptied list has version 0', () => {
    const record = newStation('CP1')
    updateLocalList(record, full(3, entry('A')), at)
    updateLocalList(record, full(4), at)
    expect(record.localList).toMatchObject({ version: 0, entries: [] })
  })

  test('a version that nobody here sent: what is in it is not known, until the next full list', () => {
    const record = newStation('CP1')
    updateLocalList(record, full(3, entry('A')), at)
    reportLocalList(record, 3, at)
    expect(record.localList?.entries).toHaveLength(1)
    reportLocalList(record, 9, at)
    expect(record.localList).toMatchObject({ version: 9, entries: undefined })
    updateLocalList(record, { version: 10, full: false, changes: [entry('B')] }, at)
    expect(record.localList).toMatchObject({ version: 10, entries: undefined })
    updateLocalList(record, full(11, entry('B')), at)
    expect(record.localList).toMatchObject({ version: 11, entries: [{ idToken: 'B' }] })
  })

  test.each([0, -1])('[1.6 5.10] version %i is a list without entries', (version) => {
    const record = newStation('CP1')
    updateLocalList(record, full(3, entry('A')), at)
    reportLocalList(record, version, at)
    expect(record.localList).toMatchObject({ version, entries: [] })
  })

  test('of a list that is too long to keep, the version is', () => {
    const record = newStation('CP1')
    const changes = Array.from({ length: 1001 }, (_, i) => entry(`T${i}`))
    updateLocalList(record, full(3, ...changes), at)
    expect(record.localList).toMatchObject({ version: 3, entries: undefined })
  })
})
