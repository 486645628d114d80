import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from '../shared/errors.ts'

/**
 * Makes a folder and those above it; one that is there already is fine. Not `mkdir` with
 * `recursive`: in a folder that allows no new entries and says ENOENT (`/proc`), Node tries for ever.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path)
  } catch (error) {
    const parent = dirname(path)
    if (codeOf(error) !== 'ENOENT' || parent === path) throw error
    if (!(await isFolder(parent))) await makeFolder(parent)
    // The parent is there now: whatever is wrong this time stays wrong.
    await makeOne(path)
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if (!(await isFolder(path))) throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}
