import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import './reflect-metadata.ts'
import {
  AuthorityKeyIdentifierExtension,
  Extension,
  PemConverter,
  X509Certificate,
  X509CrlGenerator,
  X509CrlReason,
} from '@peculiar/x509'
import type { Issuer } from './issue.ts'
import { kindOfKey, signingAlgorithm, webKeys } from './keys.ts'
import type { LedgerEntry } from './ledger.ts'
import { writingTo } from './pki-files.ts'

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
    extensions: [
      await AuthorityKeyIdentifierExtension.create(authority.publicKey),
      crlNumber(nowMs),
    ],
    signingAlgorithm: signingAlgorithm[kindOfKey(keyPem)],
    signingKey: privateKey,
  })
  const path = join(folder, 'ca', 'crl.pem')
  const fresh = `${path}.${process.pid}`
  // The library's own tag is not the one of RFC 7468.
  const text = `${PemConverter.encode(crl.rawData, 'X509 CRL')}\n`
  await writingTo(path, async () => {
    await writeFile(fresh, text, { mode: 0o644 })
    await rename(fresh, path)
  })
}

/** Later lists have higher numbers: the milliseconds of the epoch, as a DER INTEGER [RFC 5280 5.2.3]. */
function crlNumber(nowMs: number): Extension {
  // Six bytes from 2004 to 10889, and never a leading zero.
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(nowMs, 0, 6)
  return new Extension('2.5.29.20', false, Uint8Array.of(0x02, bytes.length, ...bytes))
}
