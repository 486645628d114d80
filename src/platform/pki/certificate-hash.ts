import { createHash, type X509Certificate } from 'node:crypto'
import type { CertificateHash, HashAlgorithm } from '../../ocpp/station-crypto.ts'
import { issuerName, publicKeyBits } from './der.ts'
import { plainSerial } from './read-certificates.ts'

/** [1.6 SWP 6.1] [2.0.1 CertificateHashDataType] [RFC 6960 4.1.1] */
export function certificateHash(
  certificate: X509Certificate,
  issuer: X509Certificate,
  algorithm: HashAlgorithm,
): CertificateHash {
  const hash = (bytes: Buffer) => createHash(algorithm).update(bytes).digest('hex')
  const spki = issuer.publicKey.export({ type: 'spki', format: 'der' })
  return {
    hashAlgorithm: algorithm,
    issuerNameHash: hash(issuerName(certificate.raw)),
    issuerKeyHash: hash(publicKeyBits(spki)),
    serialNumber: plainSerial(certificate.serialNumber),
  }
}
