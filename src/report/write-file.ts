import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder } from '../platform/make-folder.ts'
import { type CsmsError, codeOf, csmsError, messageOf } from '../shared/errors.ts'

/**
 * Writes a file that appears whole or not at all. What is there and no file (`/dev/stdout`, a pipe) is
 * written to as it is: to put a file in its place would take it away from everybody.
 *
 * @param make its text; what it throws is told as a failure to write
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function writeWhole(
  path: string,
  make: () => string | Promise<string>,
): Promise<void> {
  const unfinished = `${path}.unfinished`
  try {
    if (await isSpecial(path)) {
      await writeFile(path, await make())
      return
    }
    await writeFile(unfinished, await make())
    await rename(unfinished, path)
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw unwritable(path, cause)
  }
}

/** A device, a pipe or a socket; a folder is none, and refuses by itself. */
async function isSpecial(path: string): Promise<boolean> {
  try {
    const about = await stat(path)
    return !about.isFile() && !about.isDirectory()
  } catch {
    return false
  }
}

/**
 * Makes the folder that a file belongs in.
 *
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function makeFolderFor(path: string): Promise<void> {
  try {
    await makeFolder(dirname(path))
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

/** CSMS_OUTPUT_UNWRITABLE, with the system's code or what else went wrong. */
export function unwritable(path: string, cause: unknown): CsmsError {
  const reason = codeOf(cause) ?? messageOf(cause)
  return csmsError('CSMS_OUTPUT_UNWRITABLE', { path, reason }, cause)
}
