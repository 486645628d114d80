import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyedCertificate } from '../../ocpp/station-crypto.ts'
import { csmsError } from '../../shared/errors.ts'
import { makeFolder } from '../make-folder.ts'

const folders = ['ca', 'server', 'stations', 'firmware'] as const

/** Makes the folders of a PKI. Throws `CSMS_PKI_EXISTS` where something is there already. */
export async function claimPkiFolder(folder: string): Promise<void> {
  await makeFolder(folder)
  if ((await readdir(folder)).length > 0) throw csmsError('CSMS_PKI_EXISTS', { path: folder })
  for (const name of folders) await mkdir(join(folder, name), { mode: 0o700 })
}

/** Writes a file that is not there yet. Throws `CSMS_PKI_EXISTS`. */
export async function writeNew(path: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw csmsError('CSMS_PKI_EXISTS', { path }, error)
    }
    throw error
  }
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
