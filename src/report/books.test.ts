import { describe, expect, test } from 'vitest'
import { type BooksRow, type BothSides, compareBooks, type LedgerEntry } from './books.ts'

const start = '2026-11-21T07:08:30Z'
const stop = '2026-11-21T07:48:30Z'

function entry(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    stationId: 'CP1',
    transactionId: 1,
    startedAt: start,
    stoppedAt: stop,
    energyWh: 1_000,
    acknowledgedStart: true,
    acknowledgedStop: true,
    ...changes,
  }
}

function row(changes: Partial<BooksRow> = {}): BooksRow {
  return {
    stationId: 'CP1',
    transactionId: 1,
    startedAt: start,
    stoppedAt: stop,
    energyWh: 1_000,
    ...changes,
  }
}

function compare(ledger: LedgerEntry[], rows: BooksRow[], more: Partial<BothSides> = {}) {
  const isOurs = (stationId: string) => stationId.startsWith('CP')
  return compareBooks({ source: 'embedded', ledger, rows, isOurs, ...more })
}

const kinds = (books: ReturnType<typeof compare>) => books.mismatches.map(({ kind }) => kind)

describe('compareBooks', () => {
  test('equal books balance; ids may be numbers on one side and texts on the other', () => {
    const books = compare([entry()], [row({ transactionId: '1' })])
    expect(books).toMatchObject({ checked: true, compared: 1, lost: 0, mismatched: 0 })
  })

  test('an acknowledged transaction that the CSMS does not have is lost', () => {
    const books = compare([entry()], [])
    expect(books).toMatchObject({ lost: 1, mismatched: 0 })
    expect(books.mismatches[0]).toMatchObject({ stationId: 'CP1', subject: '1', csms: null })
  })

  test('what was never acknowledged is not held against the CSMS, stored or not', () => {
    const open = entry({ acknowledgedStart: false, acknowledgedStop: false })
    expect(compare([open], []).mismatches).toEqual([])
    expect(compare([open], [row({ stoppedAt: null, energyWh: null })]).mismatches).toEqual([])
    const nameless = entry({ transactionId: null, acknowledgedStart: false })
    const stored = row({ transactionId: 77, startedAt: '2026-11-21T08:08:30.000+01:00' })
    expect(compare([nameless], [stored]).mismatches).toEqual([])
  })

  test('a row that no station knows is a mismatch, unless it is of another fleet or run', () => {
    expect(kinds(compare([], [row()]))).toEqual(['unknown to the station'])
    expect(compare([], [row({ stationId: 'other' })]).mismatches).toEqual([])
    expect(compare([], [row()], { earlier: [row()] }).mismatches).toEqual([])
  })

  test('energy may differ by 1 Wh', () => {
    expect(compare([entry()], [row({ energyWh: 1_001 })]).mismatches).toEqual([])
    const [mismatch] = compare([entry()], [row({ energyWh: 1_001.5 })]).mismatches
    expect(mismatch).toMatchObject({ kind: 'energy differs', station: 1_000, csms: 1_001.5 })
    expect(kinds(compare([entry()], [row({ energyWh: null })]))).toEqual(['energy differs'])
  })

  test('a stop that only one side knows is a mismatch', () => {
    expect(kinds(compare([entry()], [row({ stoppedAt: null })]))).toEqual([
      'stop missing in the CSMS',
    ])
    const running = entry({ stoppedAt: null, acknowledgedStop: false })
    expect(kinds(compare([running], [row()]))).toEqual(['stop unknown to the station'])
    expect(compare([running], [row({ stoppedAt: null })]).mismatches).toEqual([])
  })

  test('finds what is there twice, on either side', () => {
    expect(kinds(compare([entry()], [row(), row()]))).toEqual(['stored twice'])
    expect(kinds(compare([entry(), entry()], [row()]))).toEqual(['id given twice'])
  })

  test('compares last statuses where given', () => {
    const connector = { stationId: 'CP1', evseId: 1, connectorId: 1 }
    const statuses = {
      stations: [
        { ...connector, status: 'Available' },
        { ...connector, connectorId: 2, status: 'Faulted' },
      ],
      csms: [
        { ...connector, status: 'Available' },
        { ...connector, connectorId: 2, status: 'Charging' },
      ],
    }
    const books = compare([], [], { statuses })
    expect(books.mismatches).toEqual([
      {
        kind: 'status differs',
        stationId: 'CP1',
        subject: '1/2',
        station: 'Faulted',
        csms: 'Charging',
      },
    ])
  })

  test('lists 100 differences and counts all of 200,000', () => {
    const ledger = Array.from({ length: 200_000 }, (_, at) => {
      return entry({ stationId: `CP${at % 500}`, transactionId: `t${at}` })
    })
    const rows = ledger.slice(0, 199_000).map(({ stationId, transactionId }) => {
      return row({ stationId, transactionId: transactionId ?? 0 })
    })
    const books = compare(ledger, rows)
    expect(books).toMatchObject({ compared: 200_000, lost: 1_000, mismatched: 0 })
    expect(books.mismatches).toHaveLength(100)
  })
})
