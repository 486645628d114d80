import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileFolder } from './file-folder.ts'
import { ftpFolder } from './ftp-folder.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-files-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

test('shows firmware, takes uploads, and refuses with the reply of FTP', async () => {
  await writeFile(join(folder, 'fw.bin'), 'firmware')
  const limits = { longestUploadBytes: 3, mostUploads: 1, mostBytes: 100, mostAtOnce: 9 }
  const ftp = ftpFolder(await FileFolder.open({ folder, limits }))
  const store = (name: string, text: string) => ftp.store(name, Readable.from([Buffer.from(text)]))
  await expect(store('...', 'x')).rejects.toMatchObject({ reply: 553 })
  await expect(store('a', 'long')).rejects.toMatchObject({ reply: 552 })
  await store('a', 'log')
  await expect(store('b', 'x')).rejects.toMatchObject({ reply: 552 })
  expect((await ftp.list()).map(({ name }) => name)).toEqual(['fw.bin'])
  expect(await ftp.open('a')).toBeUndefined()
})
