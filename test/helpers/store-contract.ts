import { expect, test } from 'vitest'
import { newStation } from '../../src/csms/domain/station.ts'
import type { Store } from '../../src/csms/store/store.ts'

/**
 * What every store does; run against each of them.
 *
 * @param place of a store that outlives its process: opens the same data again and again
 */
export function storeContract(
  open: () => Promise<Store>,
  place?: () => Promise<() => Promise<Store>>,
): void {
  test('stations are found by id and listed in the order they came', async () => {
    await using store = await open()
    store.stations.save(newStation('CP2'))
    const station = newStation('CP1')
    store.stations.save(station)
    station.vendor = 'Acme'
    store.stations.save(station)
    expect(store.stations.get('CP1')).toBe(station)
    expect(store.stations.get('cp1')).toBeUndefined()
    expect(Array.from(store.stations.list(), ({ id }) => id)).toEqual(['CP2', 'CP1'])
    expect(store.stations.count).toBe(2)
  })

  test('stations and tokens are read in the order of their names, from any of them on', async () => {
    await using store = await open()
    for (const id of ['CP2', 'CP10', 'CP1']) store.stations.save(newStation(id))
    const ids = (after?: string) => Array.from(store.stations.sorted(after), ({ id }) => id)
    expect(ids()).toEqual(['CP1', 'CP10', 'CP2'])
    expect(ids('CP10')).toEqual(['CP2'])
    expect(ids('CP1x')).toEqual(['CP2'])
    store.stations.save(newStation('CP0'))
    expect(ids()).toEqual(['CP0', 'CP1', 'CP10', 'CP2'])
    for (const idToken of ['b', 'C', 'A']) store.tokens.save({ idToken, status: 'Accepted' })
    const tokens = (after?: string) => Array.from(store.tokens.sorted(after), (one) => one.idToken)
    expect(tokens()).toEqual(['A', 'b', 'C'])
    expect(tokens('B')).toEqual(['C'])
  })

  test('a station that is removed is gone, and whoever holds its record cannot bring it back', async () => {
    await using store = await open()
    const station = newStation('CP1')
    store.stations.save(station)
    expect(store.stations.remove('CP1')).toBe(true)
    expect(store.stations.remove('CP1')).toBe(false)
    store.stations.save(station)
    expect(store.stations.get('CP1')).toBeUndefined()
    expect([...store.stations.sorted()]).toEqual([])
    const another = newStation('CP1')
    store.stations.save(another)
    expect(store.stations.get('CP1')).toBe(another)
  })

  test('tokens are found without regard to case; a later one replaces', async () => {
    await using store = await open()
    store.tokens.save({ idToken: 'Abc', status: 'Accepted' })
    store.tokens.save({ idToken: 'ABC', status: 'Blocked' })
    expect(store.tokens.get('abc')).toEqual({ idToken: 'ABC', status: 'Blocked' })
    expect(store.tokens.get('abd')).toBeUndefined()
    expect(store.tokens.count).toBe(1)
  })

  test('a token that is removed is gone, once', async () => {
    await using store = await open()
    store.tokens.save({ idToken: 'Abc', status: 'Accepted' })
    expect(store.tokens.remove('aBC')).toBe(true)
    expect(store.tokens.remove('aBC')).toBe(false)
    expect(store.tokens.get('Abc')).toBeUndefined()
    expect([...store.tokens.list()]).toEqual([])
  })

  test('transactions get ordinals and are listed from any of them on', async () => {
    await using store = await open()
    for (const stationId of ['CP1', 'CP2', 'CP1']) {
      const transactionId = store.transactions.nextTransactionId()
      store.transactions.add({ stationId, transactionId })
    }
    const ids = (after?: number) =>
      Array.from(store.transactions.list(after), ({ ordinal, transactionId }) => [
        ordinal,
        transactionId,
      ])
    expect(ids()).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    expect(ids(2)).toEqual([[3, 3]])
    expect(ids(3)).toEqual([])
    expect(store.transactions.count).toBe(3)
  })

  test("a station's transactions are one live list", async () => {
    await using store = await open()
    const list = store.transactions.ofStation('CP1')
    expect(list).toEqual([])
    const added = store.transactions.add({ stationId: 'CP1', transactionId: 'x' })
    store.transactions.add({ stationId: 'CP2', transactionId: 'x' })
    expect(list).toEqual([added])
    added.stoppedAt = '2026-01-01T00:00:00Z'
    store.transactions.save(added)
    expect(store.transactions.ofStation('CP1')[0]?.stoppedAt).toBe('2026-01-01T00:00:00Z')
  })

  test('what has passed the barrier is no trouble', async () => {
    await using store = await open()
    expect(store.barrier?.passed()).toBeUndefined()
    store.stations.save(newStation('CP1'))
    await store.barrier?.passed()
    expect(store.barrier?.passed()).toBeUndefined()
    expect(store.trouble).toBeUndefined()
  })

  test('flush and dispose can be called at any time, dispose twice', async () => {
    const store = await open()
    await store.flush()
    store.stations.save(newStation('CP1'))
    await Promise.all([store.flush(), store.flush()])
    await store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })

  if (!place) return

  test('what was removed stays removed when it is opened again, and what came back is there', async () => {
    const reopen = await place()
    {
      await using store = await reopen()
      for (const id of ['CP1', 'CP2', 'CP3']) store.stations.save(newStation(id))
      await store.flush()
      // Of one group of changes: removed, and known again.
      for (const id of ['CP1', 'CP2']) store.stations.remove(id)
      store.stations.save({ ...newStation('CP2'), vendor: 'Acme' })
    }
    await using store = await reopen()
    const left = Array.from(store.stations.sorted(), ({ id, vendor }) => [id, vendor])
    expect(left).toEqual([
      ['CP2', 'Acme'],
      ['CP3', undefined],
    ])
  })

  test('what was saved is there when it is opened again; nothing is connected then', async () => {
    const reopen = await place()
    const first = await reopen()
    const station = {
      ...newStation('CP1'),
      connectedSince: 'now',
      registration: 'Accepted' as const,
    }
    first.stations.save(station)
    first.tokens.save({ idToken: 'T1', status: 'Accepted', groupId: 'G' })
    first.tokens.save({ idToken: 'T2', status: 'Accepted' })
    first.tokens.remove('T2')
    const transactionId = first.transactions.nextTransactionId()
    const started = { startedAt: '2026-01-01T00:00:00Z', meterStartWh: 5 }
    const open = first.transactions.add({ stationId: 'CP1', transactionId, ...started })
    await first[Symbol.asyncDispose]()

    await using second = await reopen()
    expect(second.stations.get('CP1')).toEqual({ ...station, connectedSince: undefined })
    expect([...second.tokens.list()]).toEqual([{ idToken: 'T1', status: 'Accepted', groupId: 'G' }])
    expect([...second.transactions.list()]).toEqual([open])
    expect(second.transactions.ofStation('CP1')).toHaveLength(1)
    expect(second.transactions.nextTransactionId()).toBeGreaterThan(transactionId)
  })
}
