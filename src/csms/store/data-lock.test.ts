import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockData } from './data-lock.ts'

let parent = ''
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'csms-lock-'))
})
afterAll(() => rm(parent, { recursive: true }))

const freshFolder = () => mkdtemp(join(parent, 'data-'))

const goneProcess = () => spawnSync(process.execPath, ['--version']).pid

const here = { pid: process.pid, started: '', host: hostname() }

/** A folder in which somebody left a lock. */
async function lockedBy(holder: object | string): Promise<string> {
  const folder = await freshFolder()
  const text = typeof holder === 'string' ? holder : JSON.stringify(holder)
  await writeFile(join(folder, left), text)
  return folder
}

const left = 'csms-0123456789abcdef.lock'

/** Whose locks are in the folder now. */
async function holdersOf(folder: string): Promise<{ readonly pid: number }[]> {
  const names = await readdir(folder)
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map((text) => JSON.parse(text) as { readonly pid: number })
}

describe('lockData', () => {
  test('a second claim is refused and names process and file', async () => {
    const folder = await freshFolder()
    await lockData(folder)
    const second = lockData(folder)
    await expect(second).rejects.toMatchObject({ code: 'CSMS_DATA_IN_USE', exit: 104 })
    await expect(second).rejects.toThrow(`process ${process.pid}.`)
    const [name = ''] = await readdir(folder)
    await expect(second).rejects.toThrow(join(folder, name))
  })

  test('what was released can be claimed', async () => {
    const folder = await freshFolder()
    const lock = await lockData(folder)
    await lock.release()
    expect(await readdir(folder)).toEqual([])
    await lockData(folder)
  })

  test('of many claims at once at most one is granted, and none is left by the others', async () => {
    const folder = await lockedBy({ ...here, pid: goneProcess() })
    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => lockData(folder)))
    const granted = claims.filter(({ status }) => status === 'fulfilled')
    expect(granted.length).toBeLessThan(2)
    // What was there before stays where each met a living claim before it came to it.
    const claimed = (await holdersOf(folder)).filter(({ pid }) => pid === process.pid)
    expect(claimed).toHaveLength(granted.length)
  })

  test('a claim is there as a whole or not at all: a part of one would be taken for left over', async () => {
    const folder = await freshFolder()
    let isClaimed = false
    const claim = lockData(folder).then(() => {
      isClaimed = true
    })
    while (!isClaimed) {
      for (const name of readdirSync(folder).filter((one) => one.endsWith('.lock'))) {
        expect(readFileSync(join(folder, name), 'utf8')).toMatch(/}$/)
      }
      await nextTurn()
    }
    await claim
    expect(await holdersOf(folder)).toHaveLength(1)
  })

  test.each([
    ['of a process that is gone', () => ({ ...here, pid: goneProcess() })],
    ['that was cut off', () => '{"pid":'],
    ['that is empty', () => ''],
    ['that names no process', () => ({ ...here, pid: -1 })],
  ])('a lock %s is taken over', async (_what, holder) => {
    const folder = await lockedBy(holder())
    await lockData(folder)
    expect(await holdersOf(folder)).toMatchObject([{ pid: process.pid }])
  })

  test.runIf(process.platform === 'linux')(
    'a lock whose process id belongs to a younger process is taken over',
    async () => {
      const folder = await lockedBy({ ...here, started: '1' })
      await lockData(folder)
      expect(await holdersOf(folder)).toEqual([expect.not.objectContaining({ started: '1' })])
    },
  )

  test('a lock of another machine is respected: nobody here can tell whether it runs', async () => {
    const folder = await lockedBy({ pid: 1, started: '1', host: 'far-away' })
    await expect(lockData(folder)).rejects.toThrow('process 1 on far-away')
    expect(await readdir(folder)).toEqual([left])
  })
})
