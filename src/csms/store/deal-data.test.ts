import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { realClock } from '../../platform/real-clock.ts'
import { newStation } from '../domain/station.ts'
import { ownerOf } from '../owner.ts'
import { lockData } from './data-lock.ts'
import { claimData, shareFolder } from './deal-data.ts'
import type { Durability } from './durability.ts'
import { openLowdbStore } from './lowdb-store.ts'
import type { Store } from './store.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'csms-deal-'))
  folders.push(folder)
  return folder
}

const stationIds = Array.from({ length: 12 }, (_, i) => `CP${i}`)

/** The stores of a server of so many processes, as its processes open them. */
async function opened(folder: string, processes: number, durability: Durability = 'none') {
  const reports: string[] = []
  const report = (_level: string, message: string) => void reports.push(message)
  const lock = await claimData({ folder, processes, clock: realClock, report })
  const stores: Store[] = []
  for (let process = 0; process < processes; process += 1) {
    stores.push(
      await openLowdbStore({
        folder: shareFolder(folder, process, processes),
        ...(processes === 1 && { lock }),
        durability,
        snapshotDelayMs: 1000,
        clock: realClock,
        numbering: { process, processes, wallMs: () => realClock.wallMs() },
        report,
      }),
    )
  }
  return {
    folder,
    stores,
    reports,
    of: (stationId: string) => stores[ownerOf(stationId, processes)] as Store,
    async close() {
      for (const store of stores) await store[Symbol.asyncDispose]()
      await lock.release()
    },
  }
}

type Opened = Awaited<ReturnType<typeof opened>>

/** Every station begins one transaction more. */
function charge({ of }: Opened): number[] {
  return stationIds.map((stationId) => {
    const { stations, transactions } = of(stationId)
    if (!stations.get(stationId)) stations.save(newStation(stationId))
    const transactionId = transactions.nextTransactionId()
    transactions.add({ stationId, transactionId })
    return transactionId
  })
}

/** Everything that is stored: each station with its transactions, where it belongs. */
function content({ of, stores }: Opened) {
  const total = stores.reduce((sum, store) => sum + store.transactions.count, 0)
  const stations = stores.reduce((sum, store) => sum + store.stations.count, 0)
  const ids = stationIds.map((stationId) =>
    of(stationId)
      .transactions.ofStation(stationId)
      .map(({ transactionId }) => transactionId),
  )
  const ordinals = stores.flatMap((store) =>
    Array.from(store.transactions.list(), ({ ordinal }) => ordinal),
  )
  return { total, stations, ids, ordinals: new Set(ordinals) }
}

describe('data of a server', () => {
  test.each([[[1, 3]], [[3, 1]], [[2, 3, 1, 4, 1]]])(
    'go along when it is started with other numbers of processes: %j',
    async (counts) => {
      const folder = await freshFolder()
      const given: number[] = []
      for (const [at, processes] of counts.entries()) {
        const server = await opened(folder, processes)
        server.stores[0]?.tokens.save({ idToken: `T${at}`, status: 'Accepted' })
        given.push(...charge(server))
        const { total, stations, ids, ordinals } = content(server)
        expect(total).toBe(given.length)
        expect(stations).toBe(stationIds.length)
        expect(ids.map((list) => list.length)).toEqual(stationIds.map(() => at + 1))
        expect(new Set(ids.flat())).toEqual(new Set(given))
        expect(ordinals.size).toBe(total)
        await server.close()
      }
      expect(new Set(given).size).toBe(given.length)
      const last = await opened(folder, 2)
      for (const { tokens } of last.stores) expect(tokens.count).toBe(counts.length)
      await last.close()
    },
  )

  test('say so, once, and never where the number is the same', async () => {
    const folder = await freshFolder()
    const first = await opened(folder, 3)
    charge(first)
    await first.close()
    const again = await opened(folder, 3)
    expect([first.reports, again.reports]).toEqual([[], []])
    await again.close()
    const fewer = await opened(folder, 2)
    expect(fewer.reports).toEqual([
      expect.stringContaining('dealt to 2 processes; 3 processes had'),
    ])
    await fewer.close()
    expect(await readdir(join(folder, 'processes'))).toEqual(['1-of-2', '2-of-2'])
  })

  test('new ordinals come behind those of before, so that cursors stay good', async () => {
    const folder = await freshFolder()
    const three = await opened(folder, 3)
    charge(three)
    const before = Math.max(...content(three).ordinals)
    await three.close()
    const one = await opened(folder, 1)
    charge(one)
    expect(Array.from(one.stores[0]?.transactions.list(before) ?? [])).toHaveLength(12)
    await one.close()
  })

  test('ids that a killed process gave out after its snapshot are not given out again', async () => {
    const folder = await freshFolder()
    const three = await opened(folder, 3)
    charge(three)
    for (const store of three.stores) await store.flush()
    const unsaved = charge(three)
    const copy = await freshFolder()
    await cp(folder, copy, { recursive: true, filter: (path) => !path.endsWith('.lock') })
    await three.close()
    const two = await opened(copy, 2)
    const ids = charge(two)
    expect(ids.filter((id) => unsaved.includes(id))).toEqual([])
    await two.close()
  })
})

describe('data of a server that was killed', () => {
  /** The folder as its processes leave it that are killed now. */
  async function killed(folder: string): Promise<string> {
    const copy = await freshFolder()
    await cp(folder, copy, { recursive: true, filter: (path) => !path.endsWith('.lock') })
    return copy
  }

  test.each([
    [1, 3],
    [3, 1],
    [2, 3],
  ])('are dealt with what its journals hold: %i to %i processes', async (before, after) => {
    const first = await opened(await freshFolder(), before, 'batch')
    const ids = charge(first)
    for (const store of first.stores) await store.flush()
    const folder = await killed(first.folder)
    await first.close()
    for (const round of [1, 2]) {
      const second = await opened(folder, after, 'batch')
      expect(new Set(content(second).ids.flat())).toEqual(new Set(ids))
      expect(second.reports).toHaveLength(round === 1 ? 1 : 0)
      await second.close()
    }
  })

  test('and of one that had not written anything yet leave nothing behind that passes for data', async () => {
    const folder = await freshFolder()
    await writeFile(join(folder, 'csms.journal-1'), '')
    const first = await opened(folder, 2, 'batch')
    const ids = charge(first)
    await first.close()
    const second = await opened(folder, 2, 'batch')
    expect(second.reports).toEqual([])
    expect(new Set(content(second).ids.flat())).toEqual(new Set(ids))
    await second.close()
  })
})

describe('a server killed while it dealt', () => {
  async function dealtTo(processes: number) {
    const folder = await freshFolder()
    const server = await opened(folder, processes)
    charge(server)
    await server.close()
    return folder
  }

  test('before the new data were complete: the old count', async () => {
    const folder = await dealtTo(2)
    await cp(join(folder, 'processes'), join(folder, 'processes.next'), { recursive: true })
    await writeFile(join(folder, 'processes.next/1-of-2/csms.json'), '{"form')
    const server = await opened(folder, 3)
    expect(content(server).total).toBe(12)
    await server.close()
    expect(await readdir(folder)).toEqual(['processes'])
  })

  test('between the old and the new: the old count', async () => {
    const folder = await dealtTo(2)
    await rename(join(folder, 'processes'), join(folder, 'processes.old'))
    const server = await opened(folder, 3)
    expect(content(server).total).toBe(12)
    await server.close()
    expect(await readdir(folder)).toEqual(['processes'])
  })

  test('before the old were removed: nothing counts twice, nothing is thrown away unseen', async () => {
    const folder = await dealtTo(1)
    const text = await readFile(join(folder, 'csms.json'), 'utf8')
    await (await opened(folder, 3)).close()
    await writeFile(join(folder, 'csms.json'), text)
    const server = await opened(folder, 3)
    expect(content(server).total).toBe(12)
    expect(server.reports[0]).toMatch(/was set aside as .*processes\.superseded-/)
    await server.close()
  })
})

test('a share that cannot be read is set aside in the data folder; the others go on', async () => {
  const folder = await freshFolder()
  const server = await opened(folder, 2)
  charge(server)
  const healthy = server.stores[1]?.transactions.count
  await server.close()
  await writeFile(join(folder, 'processes/1-of-2/csms.json'), 'nonsense')
  const one = await opened(folder, 1)
  expect(content(one).total).toBe(healthy)
  expect(one.reports[0]).toContain('it was set aside')
  await one.close()
  const aside = (await readdir(folder)).find((name) => name.includes('.corrupt-')) ?? ''
  expect(await readFile(join(folder, aside), 'utf8')).toBe('nonsense')
})

test('a process that outlives its killed server is waited for before its data are dealt', async () => {
  const folder = await freshFolder()
  const two = await opened(folder, 2)
  charge(two)
  await two.close()
  const orphan = await lockData(join(folder, 'processes/1-of-2'))
  let claimed = false
  const claiming = opened(folder, 1).then((server) => {
    claimed = true
    return server
  })
  await new Promise((resolve) => void realClock.after(120, () => resolve(undefined)))
  expect(claimed).toBe(false)
  await orphan.release()
  const one = await claiming
  expect(content(one).total).toBe(12)
  await one.close()
})
