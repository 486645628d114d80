import { createPrivateKey, createPublicKey } from 'node:crypto'
import { isIP } from 'node:net'
import './reflect-metadata.ts'
import { Pkcs10CertificateRequest } from '@peculiar/x509'
import type { CertificateSubject, KeyKind, SigningRequest } from '../../ocpp/station-crypto.ts'
import { messageOf } from '../../shared/errors.ts'
import { signRequest } from './certificate-der.ts'
import { objectionToKey } from './key-strength.ts'
import { newKeyPair } from './keys.ts'
import { pemOf } from './pem.ts'
import { subjectName } from './subject-name.ts'

/** A new key and the request to certify it. */
export async function makeSigningRequest(
  subject: CertificateSubject,
  kind: KeyKind,
): Promise<SigningRequest> {
  const { keyPem, publicKey } = await newKeyPair(kind)
  const request = signRequest(subjectName(subject), publicKey, createPrivateKey(keyPem))
  return { csrPem: pemOf('CERTIFICATE REQUEST', request), keyPem }
}

/** A request whose signature holds. */
export interface ReadRequest {
  readonly subject: CertificateSubject
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer
}

/** Reads and verifies a PKCS #10 request; a text tells why it cannot be signed. */
export async function readSigningRequest(csrPem: string): Promise<ReadRequest | string> {
  try {
    const request = new Pkcs10CertificateRequest(csrPem)
    if (!(await request.verify())) return 'the request is not signed with its own key'
    const publicKey = Buffer.from(request.publicKey.rawData)
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' })
    const weak = objectionToKey(key)
    if (weak !== undefined) return weak
    const [commonName = '', ...more] = request.subjectName.getField('CN')
    const [organization = ''] = request.subjectName.getField('O')
    if (commonName === '' || more.length > 0) return 'the subject must hold exactly one CN'
    const unfit = objectionToSerial(commonName)
    return unfit ?? { subject: { commonName, organization }, publicKey }
  } catch (error) {
    return `it is no PKCS #10 request: ${messageOf(error)}`
  }
}

/** Longest CN of X.520. */
const longestName = 64

/** A station's CN must not be mistaken for a server's [1.6 SWP A00.FR.511]. */
export function objectionToSerial(serial: string): string | undefined {
  if (serial.length > longestName) return `"${serial}" is longer than ${longestName} characters`
  // What is not seen, or ends a text for C, makes one name look like another.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(serial)) return 'its CN holds invisible characters'
  return isIP(serial) !== 0 || /^[a-z][a-z0-9+.-]*:\/\//i.test(serial)
    ? `"${serial}" looks like the address of a server`
    : undefined
}
