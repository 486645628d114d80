import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { storeContract } from '../../../test/helpers/store-contract.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { newStation } from '../domain/station.ts'
import { type Durability, durabilities } from './durability.ts'
import { openLowdbStore } from './lowdb-store.ts'
import { MemoryStore } from './memory-store.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'csms-store-'))
  folders.push(folder)
  return folder
}

async function locksIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.lock'))
}

async function opened(folder: string, durability: Durability = 'none') {
  const clock = new VirtualClock()
  const reports: (readonly [string, string])[] = []
  const store = await openLowdbStore({
    folder,
    durability,
    clock,
    snapshotDelayMs: 1000,
    report: (level, message) => void reports.push([level, message]),
  })
  const onDisk = async () => JSON.parse(await readFile(join(folder, 'csms.json'), 'utf8'))
  return { store, clock, reports, onDisk }
}

describe('MemoryStore', () => storeContract(async () => new MemoryStore()))

describe.each(durabilities)('lowdb store, %s', (durability) => {
  storeContract(
    async () => (await opened(await freshFolder(), durability)).store,
    async () => {
      const folder = await freshFolder()
      return async () => (await opened(folder, durability)).store
    },
  )
})

describe('lowdb store', () => {
  test('never gives out an id again that a killed process may have given out', async () => {
    const folder = await freshFolder()
    const killed = await opened(folder)
    const first = killed.store.transactions.nextTransactionId()
    killed.store.transactions.add({ stationId: 'CP1', transactionId: first })
    await killed.store.flush()
    const unsaved = killed.store.transactions.nextTransactionId()
    // As if its process were gone.
    for (const name of await locksIn(folder)) await rm(join(folder, name))
    const { store } = await opened(folder)
    expect(store.transactions.nextTransactionId()).toBeGreaterThan(unsaved + 1000)
  })

  test('writes once per delay, never on the spot', async () => {
    const folder = await freshFolder()
    const { store, clock } = await opened(folder)
    store.stations.save(newStation('CP1'))
    store.stations.save(newStation('CP2'))
    expect(clock.pending).toBe(1)
    await clock.run(999)
    expect(await readdir(folder)).toEqual(await locksIn(folder))
    await clock.run(1)
    await store.flush()
    expect((await readdir(folder)).sort()).toEqual([...(await locksIn(folder)), 'csms.json'])
    expect(clock.pending).toBe(0)
  })

  test('writes one record per line, any number of them', async () => {
    const folder = await freshFolder()
    const { store, onDisk } = await opened(folder)
    await store.flush()
    for (let at = 1; at <= 1234; at += 1) {
      store.transactions.add({ stationId: 'CP1', transactionId: at })
    }
    await store.flush()
    expect(await onDisk()).toMatchObject({ format: 1, stations: [], tokens: [] })
    expect((await onDisk()).transactions).toHaveLength(1234)
    expect((await readFile(join(folder, 'csms.json'), 'utf8')).split('\n')).toHaveLength(1242)
  })

  test.each([
    ['cut off', '{"format":1,"lastTransactionId":3,"stations":['],
    ['empty', ''],
    ['something else', '{"name":"my shopping list"}'],
    ['of a later format', '{"format":2,"stations":[],"tokens":[],"transactions":[]}'],
    [
      'with broken records',
      '{"format":1,"lastTransactionId":0,"stations":[null],"tokens":[],"transactions":[]}',
    ],
  ])('a file that is %s is set aside, not overwritten', async (_how, text) => {
    const folder = await freshFolder()
    await writeFile(join(folder, 'csms.json'), text)
    const { store, reports } = await opened(folder)
    expect(store.stations.count).toBe(0)
    expect(reports).toMatchObject([['warning', expect.stringContaining('set aside as')]])
    store.stations.save(newStation('CP1'))
    await store[Symbol.asyncDispose]()
    const files = (await readdir(folder)).sort()
    expect(files).toEqual(['csms.json', 'csms.json.corrupt-2026-01-01T00-00-00.000Z'])
    expect(await readFile(join(folder, files[1] ?? ''), 'utf8')).toBe(text)
  })

  test("a folder is one store's at a time, and free again when that is closed", async () => {
    const folder = await freshFolder()
    const first = await opened(folder)
    await expect(opened(folder)).rejects.toMatchObject({ code: 'CSMS_DATA_IN_USE', exit: 104 })
    await first.store[Symbol.asyncDispose]()
    await (await opened(folder)).store[Symbol.asyncDispose]()
    expect(await readdir(folder)).toEqual([])
  })

  test('a store that does not open keeps no folder', async () => {
    const folder = await freshFolder()
    await mkdir(join(folder, 'csms.json'))
    await expect(opened(folder)).rejects.toMatchObject({ code: 'CSMS_DATA_UNWRITABLE' })
    expect(await readdir(folder)).toEqual(['csms.json'])
  })

  test('a folder that cannot be written is said so', async () => {
    const file = join(await freshFolder(), 'file')
    await writeFile(file, '')
    await expect(opened(join(file, 'data'))).rejects.toMatchObject({
      code: 'CSMS_DATA_UNWRITABLE',
      message: expect.stringContaining(file),
    })
  })

  test('a snapshot that fails is told once, tried again, and ends nothing', async () => {
    const folder = await freshFolder()
    const { store, clock, reports, onDisk } = await opened(folder)
    await rm(folder, { recursive: true })
    store.stations.save(newStation('CP1'))
    await expect(store.flush()).rejects.toThrow()
    await expect(store.flush()).rejects.toThrow()
    expect(reports).toMatchObject([['warning', expect.stringContaining('Trying again')]])
    expect(clock.pending).toBeGreaterThan(0)
    await mkdir(folder)
    clock.advance(30_000)
    await store.flush()
    expect((await onDisk()).stations).toMatchObject([{ id: 'CP1' }])
    expect(reports.at(-1)).toMatchObject(['info', expect.stringContaining('again')])
  })

  test('the last changes of a store that cannot write are told, not thrown', async () => {
    const folder = await freshFolder()
    const { store, reports } = await opened(folder)
    await rm(folder, { recursive: true })
    store.stations.save(newStation('CP1'))
    await store[Symbol.asyncDispose]()
    expect(reports.at(-1)).toMatchObject(['warning', expect.stringContaining('last changes')])
  })
})
