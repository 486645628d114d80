import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyedCertificate } from '../../ocpp/station-crypto.ts'
import { codeOf, csmsError } from '../../shared/errors.ts'
import { makeFolder } from '../make-folder.ts'

const folders = ['ca', 'server', 'stations', 'firmware'] as const

/** Does what writes to a path; where the system refuses that, throws `CSMS_OUTPUT_UNWRITABLE`. */
export async function writingTo<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error
    throw csmsError('CSMS_OUTPUT_UNWRITABLE', { path, reason: String(error.code) }, error)
  }
}

/**
 * Makes the folders of a PKI. Throws `CSMS_PKI_EXISTS` where something is there already,
 * `CSMS_OUTPUT_UNWRITABLE` where none can be.
 */
export async function claimPkiFolder(folder: string): Promise<void> {
  await writingTo(folder, () => makeFolder(folder))
  if ((await readdir(folder)).length > 0) throw csmsError('CSMS_PKI_EXISTS', { path: folder })
  await writingTo(folder, async () => {
    for (const name of folders) await mkdir(join(folder, name), { mode: 0o700 })
  })
}

/** Leaves a claimed folder empty again, so that it can be claimed once more. */
export async function emptyPkiFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
}

/** Writes a file that is not there yet. Throws `CSMS_PKI_EXISTS` and `CSMS_OUTPUT_UNWRITABLE`. */
export async function writeNew(path: string, text: string, mode: number): Promise<void> {
  await writingTo(path, async () => {
    try {
      await writeFile(path, text, { flag: 'wx', mode })
    } catch (error) {
      const exists = codeOf(error) === 'EEXIST'
      throw exists ? csmsError('CSMS_PKI_EXISTS', { path }, error) : error
    }
  })
}

/** Writes `<name>.pem`, which everybody may read, and `<name>.key`, which only its owner may. */
export async function writePair(
  folder: string,
  name: string,
  { certificatePem, keyPem }: KeyedCertificate,
): Promise<void> {
  await writeNew(join(folder, `${name}.key`), keyPem, 0o600)
  await writeNew(join(folder, `${name}.pem`), certificatePem, 0o644)
}

/** Where the certificate of a station is kept, and its name there. */
export function stationFile(folder: string, id: string): { folder: string; name: string } {
  return { folder: join(folder, 'stations'), name: encodeURIComponent(id) }
}
