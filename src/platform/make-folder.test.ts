import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

let parent = ''
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'csms-folder-'))
})
afterAll(() => rm(parent, { recursive: true }))

describe('makeFolder', () => {
  test('makes every folder that is missing, several callers at once', async () => {
    const folder = join(parent, 'a/b/c')
    await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(parent, 'a/b'))])
    expect((await stat(folder)).isDirectory()).toBe(true)
  })

  test('a file in the way is an error', async () => {
    const file = join(parent, 'file')
    await writeFile(file, '')
    await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeFolder(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  test.skipIf(process.platform !== 'linux')(
    'a folder that takes no new ones is an error, not an endless attempt',
    async () => {
      await expect(makeFolder('/proc/csms-none')).rejects.toMatchObject({ code: 'ENOENT' })
      await expect(makeFolder('/proc/csms-none/below')).rejects.toMatchObject({ code: 'ENOENT' })
    },
  )
})
