import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { X509Certificate, X509CrlGenerator, X509CrlReason } from '@peculiar/x509'
import type { Issuer } from './issue.ts'
import { kindOfKey, signingAlgorithm, webKeys } from './keys.ts'
import type { LedgerEntry } from './ledger.ts'

const dayMs = 86_400_000
/** When readers should ask for the next list. */
const validDays = 30

/** Signs the list of what is revoked and puts it in place in one step [RFC 5280 5]. */
export async function writeRevocationFile(
  folder: string,
  { certificatePem, keyPem }: Issuer,
  entries: Iterable<LedgerEntry>,
  nowMs: number,
): Promise<void> {
  const authority = new X509Certificate(certificatePem)
  const { privateKey } = await webKeys(keyPem)
  const revoked = [...entries].flatMap(({ serial, revoked: how }) =>
    how
      ? [
          {
            serialNumber: serial,
            revocationDate: new Date(how.at),
            reason: X509CrlReason[how.reason],
          },
        ]
      : [],
  )
  const crl = await X509CrlGenerator.create({
    issuer: authority.subjectName,
    thisUpdate: new Date(nowMs),
    nextUpdate: new Date(nowMs + validDays * dayMs),
    entries: revoked,
    signingAlgorithm: signingAlgorithm[kindOfKey(keyPem)],
    signingKey: privateKey,
  })
  const path = join(folder, 'ca', 'crl.pem')
  const fresh = `${path}.${process.pid}`
  await writeFile(fresh, `${crl.toString('pem')}\n`, { mode: 0o644 })
  await rename(fresh, path)
}
