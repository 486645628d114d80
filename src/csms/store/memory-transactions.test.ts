import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newStation, Station } from '../domain/station.ts'
import { isOpen, newTransaction, type TransactionRecord } from '../domain/transaction.ts'
import { MemoryStore } from './memory-store.ts'

const stationIds = ['CP1', 'CP2']
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('begin' as const), id: fc.nat(40) }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('end' as const), id: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('change' as const), id: fc.nat(40) }) },
)
const acts = fc.array(fc.tuple(fc.constantFrom(...stationIds), act), {
  minLength: 200,
  maxLength: 800,
})

/** As the books are kept here, and as they are kept in one plain list of records. */
class Books {
  readonly store = new MemoryStore()
  readonly plain: TransactionRecord[] = []
  readonly #stations = new Map(
    stationIds.map((id) => {
      const { transactions } = this.store
      return [id, new Station(newStation(id), transactions.ofStation(id), transactions)]
    }),
  )

  /** An id may come again, but not while a transaction of that id is open. */
  begin(stationId: string, transactionId: string): void {
    const earlier = this.latest(stationId, transactionId)
    if (earlier && isOpen(earlier)) return
    const known = { stationId, transactionId, idToken: 'Tög', meterStartWh: 0.5 }
    this.plain.push(newTransaction(this.plain.length + 1, known))
    this.store.transactions.add(known)
  }

  change(stationId: string, transactionId: string, change: Partial<TransactionRecord>): void {
    const expected = this.latest(stationId, transactionId)
    if (expected) Object.assign(expected, change)
    const known = this.#stations.get(stationId)?.transaction(transactionId)
    expect(known?.ordinal).toBe(expected?.ordinal)
    if (known) this.store.transactions.save(Object.assign(known, change))
  }

  latest(stationId: string, transactionId: string): TransactionRecord | undefined {
    return this.plain
      .filter((one) => one.stationId === stationId && one.transactionId === transactionId)
      .at(-1)
  }

  check(): void {
    const { transactions } = this.store
    expect([...transactions.list()]).toEqual(this.plain)
    expect([...transactions.list(7)]).toEqual(this.plain.slice(7))
    for (const id of stationIds) {
      const own = this.plain.filter(({ stationId }) => stationId === id)
      expect([...transactions.everyOf(id)]).toEqual(own)
    }
  }
}

describe('transactions in memory', () => {
  test('are the same packed or not, whatever changes and whenever', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const books = new Books()
        for (const [at, [stationId, { act: what, id }]] of sequence.entries()) {
          const transactionId = `tx-${id}`
          if (what === 'begin') books.begin(stationId, transactionId)
          else if (what === 'end') books.change(stationId, transactionId, { stoppedAt: `${at}` })
          else books.change(stationId, transactionId, { missingSeqNos: [at], energyWh: at / 3 })
        }
        books.check()
      }),
      { numRuns: 40, endOnFailure: true },
    )
  })

  test("all but a station's latest finished ones leave its list; those that are open stay", () => {
    const { transactions } = new MemoryStore()
    const list = transactions.ofStation('CP1')
    const open = transactions.add({ stationId: 'CP1', transactionId: 'open' })
    for (let id = 0; id < 500; id += 1) {
      const one = transactions.add({ stationId: 'CP1', transactionId: id })
      one.stoppedAt = 'then'
      transactions.save(one)
    }
    expect(list.length).toBeLessThan(50)
    expect(list[0]).toBe(open)
    expect(list.at(-1)?.transactionId).toBe(499)
    expect(transactions.older('CP1', 3)).toMatchObject({ ordinal: 5, stoppedAt: 'then' })
    expect(transactions.older('CP2', 3)).toBeUndefined()
    expect(transactions.older('CP1', '3')).toBeUndefined()
    expect(transactions.count).toBe(501)
  })

  test('a station that never stops any has a list of a limited length all the same', () => {
    const { transactions } = new MemoryStore()
    const station = new Station(newStation('CP1'), transactions.ofStation('CP1'), transactions)
    for (let id = 0; id < 3000; id += 1) {
      transactions.add({ stationId: 'CP1', transactionId: id })
    }
    expect(station.transactions.length).toBeLessThan(1100)
    const first = station.transaction(0)
    if (first) transactions.save(Object.assign(first, { stoppedAt: 'now' }))
    expect(station.transaction(0)).toMatchObject({ ordinal: 1, stoppedAt: 'now' })
  })

  test('many thousands are found by id, and no other is taken for them', () => {
    const { transactions } = new MemoryStore()
    const many = 150_000
    for (let id = 1; id <= many; id += 1) {
      transactions.add({ stationId: `CP${id % 7}`, transactionId: id, stoppedAt: 'then' })
    }
    for (let id = 1; id < many - 500; id += 997) {
      expect(transactions.older(`CP${id % 7}`, id)?.ordinal).toBe(id)
      expect(transactions.older(`CP${(id + 1) % 7}`, id)).toBeUndefined()
    }
    const [first] = transactions.list(many - 1)
    expect(first?.transactionId).toBe(many)
  })
})
