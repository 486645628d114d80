import { cpSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { FakeDisk } from '../../../test/helpers/fake-disk.ts'
import { realClock } from '../../platform/real-clock.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { newStation } from '../domain/station.ts'
import type { Durability } from './durability.ts'
import { type LowdbStoreOptions, openLowdbStore } from './lowdb-store.ts'
import type { Store } from './store.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'csms-journal-'))
  folders.push(folder)
  return folder
}

async function opened(folder: string, options: Partial<LowdbStoreOptions> = {}) {
  const reports: string[] = []
  const store = await openLowdbStore({
    folder,
    durability: 'batch',
    clock: realClock,
    snapshotDelayMs: 1000,
    report: (level, message) => void reports.push(`${level}: ${message}`),
    ...options,
  })
  return { store, reports }
}

/** The folder as a process leaves it that is killed now. */
async function killed(folder: string): Promise<string> {
  const filter = (path: string) => !path.endsWith('.lock')
  for (;;) {
    const copy = await freshFolder()
    try {
      // In one piece: this process, too, does nothing more meanwhile.
      cpSync(folder, copy, { recursive: true, filter })
      return copy
    } catch (error) {
      // A file went while it was copied: the moment before does not exist any more.
      if (!String(error).includes('ENOENT')) throw error
    }
  }
}

const journalsIn = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.startsWith('csms.journal-')).sort()

/** One more transaction; resolves when it may be acknowledged. */
async function begin(store: Store, stationId = 'CP1') {
  const transactionId = store.transactions.nextTransactionId()
  const transaction = store.transactions.add({ stationId, transactionId })
  await store.barrier?.passed()
  return transaction
}

const idsOf = (store: Store) =>
  Array.from(store.transactions.list(), ({ transactionId }) => transactionId)

describe.each<Durability>(['batch', 'strict'])('durability %s', (durability) => {
  test('what passed the barrier survives a kill, and ids go on after it', async () => {
    const folder = await freshFolder()
    const { store } = await opened(folder, { durability })
    await begin(store)
    const second = await begin(store)
    second.stoppedAt = '2026-01-01T00:00:00Z'
    store.transactions.save(second)
    store.stations.save(newStation('CP1'))
    store.tokens.save({ idToken: 'T1', status: 'Accepted' })
    store.tokens.save({ idToken: 'T2', status: 'Accepted' })
    await store.barrier?.passed()
    store.tokens.remove('t2')
    await store.barrier?.passed()

    const again = await opened(await killed(folder), { durability })
    expect(again.reports).toEqual([])
    expect([...again.store.transactions.list()]).toEqual([...store.transactions.list()])
    expect([...again.store.stations.list()]).toEqual([newStation('CP1')])
    expect(Array.from(again.store.tokens.list(), ({ idToken }) => idToken)).toEqual(['T1'])
    expect(again.store.transactions.nextTransactionId()).toBe(3)
    await again.store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })

  test('closed, it leaves one snapshot and no journal; never used, it leaves nothing', async () => {
    const folder = await freshFolder()
    await (await opened(folder, { durability })).store[Symbol.asyncDispose]()
    expect(await readdir(folder)).toEqual([])
    const { store } = await opened(folder, { durability })
    await begin(store)
    await store[Symbol.asyncDispose]()
    expect(await readdir(folder)).toEqual(['csms.json'])
    const again = await opened(folder, { durability })
    expect(again.store.transactions.nextTransactionId()).toBe(2)
    await again.store[Symbol.asyncDispose]()
  })

  test('a kill at any moment loses nothing that passed the barrier, snapshots or not', async () => {
    const step = fc.constantFrom('begin', 'save', 'restart', 'kill')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        let folder = await freshFolder()
        // Every other commit is followed by a snapshot.
        const options = { durability, shortestJournal: 400 }
        let { store } = await opened(folder, options)
        const acknowledged: unknown[] = []
        for (const [at, what] of steps.entries()) {
          if (what === 'begin') {
            acknowledged.push((await begin(store)).transactionId)
          } else if (what === 'save') {
            store.stations.save({ ...newStation('CP1'), vendor: `${at}` })
            await store.barrier?.passed()
          } else {
            const old = store
            if (what === 'kill') folder = await killed(folder)
            else await old[Symbol.asyncDispose]()
            store = (await opened(folder, options)).store
            await old[Symbol.asyncDispose]()
          }
          expect(idsOf(store)).toEqual(acknowledged)
          const saved = steps.slice(0, at + 1).lastIndexOf('save')
          expect(store.stations.get('CP1')?.vendor).toBe(saved === -1 ? undefined : `${saved}`)
        }
        await store[Symbol.asyncDispose]()
      }),
      { numRuns: 15 },
    )
  })
})

describe('a commit', () => {
  async function onFake(durability: Durability = 'batch') {
    const disk = new FakeDisk()
    const folder = await freshFolder()
    const clock = new VirtualClock()
    return { disk, folder, clock, ...(await opened(folder, { disk, durability, clock })) }
  }

  test('takes a change that comes alone at once, and all that come while it is written together', async () => {
    const { disk, store, clock } = await onFake()
    disk.hold()
    const first = begin(store)
    await clock.run(0)
    let isSafe = false
    const others = [begin(store), begin(store)]
    void Promise.all(others).then(() => {
      isSafe = true
    })
    expect(disk.text).toBe('')
    disk.release()
    await first
    expect(isSafe).toBe(false)
    await clock.run(2)
    await Promise.all(others)
    expect(disk.text.match(/^@/gm)).toHaveLength(2)
    expect(disk.text.match(/^\{"transaction"/gm)).toHaveLength(3)
  })

  test('writes a record once, however often it changed meanwhile', async () => {
    const { disk, store } = await onFake()
    const station = newStation('CP1')
    for (const vendor of ['A', 'B', 'C']) store.stations.save(Object.assign(station, { vendor }))
    await store.barrier?.passed()
    expect(disk.text.match(/^\{"station"/gm)).toHaveLength(1)
    expect(disk.text).toContain('"vendor":"C"')
  })

  test('of batch waits for no disk; what was written is synced within a second', async () => {
    const { disk, store, clock } = await onFake()
    await begin(store)
    expect(disk.syncs).toBe(0)
    await clock.run(1000)
    expect(disk.syncs).toBe(1)
    await clock.run(5000)
    expect(disk.syncs).toBe(1)
  })

  test('of strict has been synced when it passes', async () => {
    const { disk, store } = await onFake('strict')
    await begin(store)
    expect(disk.syncs).toBe(1)
    await begin(store)
    expect(disk.syncs).toBe(2)
  })

  test('that finds the disk full refuses who waits, is told once and tried until it succeeds', async () => {
    const { disk, store, clock, reports } = await onFake()
    await begin(store)
    await clock.run(2)
    disk.space = 0
    await expect(begin(store)).rejects.toMatchObject({ name: 'CallError', code: 'InternalError' })
    await expect(begin(store)).rejects.toMatchObject({ code: 'InternalError' })
    expect(store.trouble).toContain('ENOSPC')
    await expect(store.flush()).rejects.toThrow('ENOSPC')
    await clock.run(20_000)
    expect(reports).toEqual([expect.stringMatching(/^warning: Cannot save to .*ENOSPC/)])

    disk.space = Number.POSITIVE_INFINITY
    await clock.run(5_000)
    expect(store.trouble).toBeUndefined()
    expect(reports.slice(1)).toEqual([expect.stringMatching(/^info: Saved to .* again/)])
    await begin(store)
    // Those that were refused are there, too: their stations repeat them.
    expect(disk.text.match(/^\{"transaction"/gm)).toHaveLength(4)
  })

  test('that the disk did not keep is followed by a snapshot and another file', async () => {
    const { disk, store, clock, folder, reports } = await onFake('strict')
    await begin(store)
    disk.syncError = new Error('EIO: i/o error, fdatasync')
    await expect(begin(store)).rejects.toMatchObject({ code: 'InternalError' })
    disk.syncError = undefined
    clock.advance(250)
    await expect.poll(() => store.trouble).toBeUndefined()
    const snapshot = JSON.parse(await readFile(join(folder, 'csms.json'), 'utf8'))
    expect(snapshot).toMatchObject({ journal: 2, transactions: [{ ordinal: 1 }, { ordinal: 2 }] })
    await begin(store)
    expect([...disk.files.keys()].map((path) => path.slice(-1))).toEqual(['1', '2'])
    expect(reports).toHaveLength(2)
  })
})

describe('a data folder', () => {
  test('that is removed under a running store is made up for as soon as it is back', async () => {
    const folder = await freshFolder()
    const clock = new VirtualClock()
    const { store } = await opened(folder, { clock })
    await begin(store)
    await rm(join(folder, 'csms.journal-1'))
    clock.advance(1000)
    await expect.poll(() => store.trouble).toContain('ENOENT')
    clock.advance(250)
    await expect.poll(() => store.trouble).toBeUndefined()
    const { store: again } = await opened(await killed(folder))
    expect(idsOf(again)).toEqual(idsOf(store))
    await again[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })

  test('whose journal was cut off anywhere has everything that was finished, and says so', async () => {
    const folder = await freshFolder()
    const { store } = await opened(folder)
    const lengths: number[] = []
    for (let count = 0; count < 3; count += 1) {
      await begin(store)
      lengths.push((await stat(join(folder, 'csms.journal-1'))).size)
    }
    const journal = await readFile(join(folder, 'csms.journal-1'))
    for (let length = 1; length < journal.length; length += 17) {
      const cut = await freshFolder()
      await writeFile(join(cut, 'csms.journal-1'), journal.subarray(0, length))
      const again = await opened(cut)
      expect(idsOf(again.store)).toEqual(
        [1, 2, 3].slice(0, lengths.filter((n) => n <= length).length),
      )
      if (!lengths.includes(length)) {
        expect(again.reports).toEqual([expect.stringContaining('had not been finished')])
      }
      await again.store[Symbol.asyncDispose]()
    }
    await store[Symbol.asyncDispose]()
  })

  test('whose journal was damaged within gives the rest back and keeps a copy', async () => {
    const folder = await freshFolder()
    const { store } = await opened(folder)
    await begin(store)
    const at = (await stat(join(folder, 'csms.journal-1'))).size + 40
    for (let count = 0; count < 2; count += 1) await begin(store)
    const broken = await killed(folder)
    const journal = await readFile(join(broken, 'csms.journal-1'))
    journal[at] = 0
    await writeFile(join(broken, 'csms.journal-1'), journal)
    const again = await opened(broken)
    expect(idsOf(again.store)).toEqual([1, 3])
    expect(again.reports).toEqual([expect.stringMatching(/^warning: \d+ bytes within .* copy/)])
    await again.store[Symbol.asyncDispose]()
    expect((await readdir(broken)).sort()).toEqual([
      expect.stringMatching(/^csms\.journal-1\.corrupt-20/),
      'csms.json',
    ])
    await store[Symbol.asyncDispose]()
  })

  test('gets a snapshot in place of a journal that has grown, while changes go on', async () => {
    const folder = await freshFolder()
    const { store } = await opened(folder, { shortestJournal: 2000 })
    for (let count = 0; count < 40; count += 1) await begin(store)
    await expect.poll(() => readdir(folder)).toContain('csms.json')
    await expect.poll(() => journalsIn(folder)).not.toContain('csms.journal-1')
    await begin(store)
    const again = await opened(await killed(folder))
    expect(idsOf(again.store)).toEqual(idsOf(store))
    await again.store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })

  test('whose snapshot cannot be written keeps its journals and says so once', async () => {
    const folder = await freshFolder()
    const { store, reports } = await opened(folder, { shortestJournal: 500 })
    // Nobody can rename a file to a folder that holds something.
    await mkdir(join(folder, 'csms.json'))
    await writeFile(join(folder, 'csms.json/x'), '')
    for (let count = 0; count < 20; count += 1) await begin(store)
    await expect
      .poll(() => reports)
      .toEqual([expect.stringMatching(/^warning: No snapshot can be written/)])
    expect(store.trouble).toBeUndefined()
    await rm(join(folder, 'csms.json'), { recursive: true })
    const again = await opened(await killed(folder))
    expect(idsOf(again.store)).toEqual(idsOf(store))
    await again.store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    expect(await readdir(folder)).toEqual(['csms.json'])
  })

  test('goes from one durability to another and back', async () => {
    const folder = await freshFolder()
    for (const durability of ['none', 'batch', 'strict', 'none', 'batch'] as const) {
      const { store } = await opened(folder, { durability })
      await begin(store)
      await store[Symbol.asyncDispose]()
    }
    expect(await readdir(folder)).toEqual(['csms.json'])
    const { store } = await opened(folder)
    expect(store.transactions.count).toBe(5)
    expect(new Set(idsOf(store)).size).toBe(5)
    await store[Symbol.asyncDispose]()
  })

  test('of a killed process with a journal is taken over by one without', async () => {
    const folder = await freshFolder()
    const first = await opened(folder)
    await begin(first.store)
    const { store } = await opened(await killed(folder), { durability: 'none' })
    await begin(store)
    expect(store.transactions.count).toBe(2)
    await store[Symbol.asyncDispose]()
    await first.store[Symbol.asyncDispose]()
  })
})
