import { execFileSync } from 'node:child_process'
import { lstat, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeWhole } from './write-file.ts'

const makesPipes = 'mkfifo'
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-write-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a file appears whole, in place of the one before', async () => {
  const path = join(folder, 'report.json')
  await writeFile(path, 'old')
  await writeWhole(path, () => 'new')
  expect(await readFile(path, 'utf8')).toBe('new')
  expect(await readdir(folder)).toEqual(['report.json'])
})

test('what cannot be made leaves the one before', async () => {
  const path = join(folder, 'report.json')
  await writeFile(path, 'old')
  const failing = writeWhole(path, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toMatchObject({ code: 'CSMS_OUTPUT_UNWRITABLE' })
  expect(await readFile(path, 'utf8')).toBe('old')
  expect(await readdir(folder)).toEqual(['report.json'])
})

test('a folder is not written over', async () => {
  await expect(writeWhole(folder, () => 'x')).rejects.toMatchObject({
    code: 'CSMS_OUTPUT_UNWRITABLE',
  })
})

test.skipIf(process.platform === 'win32')('a pipe is written to, and stays one', async () => {
  const pipe = join(folder, 'pipe')
  execFileSync(makesPipes, [pipe])
  const linked = join(folder, 'link')
  await symlink(pipe, linked)
  // Open for both, so that neither side waits for the other.
  const reader = await open(pipe, 'r+')
  await writeWhole(linked, () => 'through')
  const { buffer, bytesRead } = await reader.read(Buffer.alloc(100), 0, 100)
  expect(buffer.toString('utf8', 0, bytesRead)).toBe('through')
  await reader.close()
  expect((await lstat(pipe)).isFIFO()).toBe(true)
  expect((await lstat(linked)).isSymbolicLink()).toBe(true)
})
