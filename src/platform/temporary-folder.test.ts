import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { TemporaryFolder } from './temporary-folder.ts'

test('goes with all that is in it', async () => {
  const listeners = process.listenerCount('exit')
  const folder = await TemporaryFolder.make('csms-test')
  expect(process.listenerCount('exit')).toBe(listeners + 1)
  await writeFile(join(folder.path, 'file'), 'x')
  await folder[Symbol.asyncDispose]()
  expect(existsSync(folder.path)).toBe(false)
  expect(process.listenerCount('exit')).toBe(listeners)
})

test('goes where the process is left', async () => {
  await using folder = await TemporaryFolder.make('csms-test')
  await writeFile(join(folder.path, 'file'), 'x')
  // What Node calls when the process ends.
  const [atExit] = process.listeners('exit').slice(-1)
  atExit?.(0)
  expect(existsSync(folder.path)).toBe(false)
})
