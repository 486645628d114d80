import { createHash, type KeyObject, sign } from 'node:crypto'
import { isIP } from 'node:net'
import { publicKeyBits } from './der.ts'
import {
  bitString,
  explicit,
  implicit,
  integer,
  namedBits,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  time,
  truth,
} from './der-write.ts'
import type { CertificateRole } from './ledger.ts'

/** Everything that a certificate says. Names and keys are DER. */
export interface CertificateContents {
  /** Hexadecimal, positive, without leading zeroes. */
  readonly serial: string
  readonly issuerName: Uint8Array
  /** Of the issuer's key: the AuthorityKeyIdentifier. */
  readonly issuerKeyId: Uint8Array
  readonly subjectName: Uint8Array
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Buffer
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly role: CertificateRole
  /** Names and addresses of a server. */
  readonly hosts: readonly string[]
  /** Where its status can be asked for; undefined: it does not say. */
  readonly responderUrl?: string | undefined
  /** Where its issuer's list of what was revoked is; undefined: it does not say. */
  readonly revocationUrl?: string | undefined
}

/**
 * Signs a certificate of version 3 [RFC 5280 4.1] and returns its DER. Written here and not by the
 * library that reads requests: that takes 6 ms for each, and a fleet of 10,000 stations needs 10,000.
 * @param key of the issuer, RSA or P-256
 */
export function signCertificate(contents: CertificateContents, key: KeyObject): Buffer {
  const algorithm = algorithmOf(key)
  const version3 = explicit(0, integer(Buffer.of(2)))
  const toBeSigned = sequence(
    version3,
    integer(Buffer.from(contents.serial, 'hex')),
    algorithm,
    contents.issuerName,
    sequence(time(contents.notBeforeMs), time(contents.notAfterMs)),
    contents.subjectName,
    contents.publicKey,
    explicit(3, sequence(...extensionsOf(contents))),
  )
  return signed(toBeSigned, key)
}

/**
 * A request to certify a key, signed with it, as DER [RFC 2986 4]. It asks for no extensions: who
 * signs decides on them.
 */
export function signRequest(subject: Uint8Array, publicKey: Uint8Array, key: KeyObject): Buffer {
  const noAttributes = explicit(0, Buffer.alloc(0))
  return signed(sequence(integer(Buffer.of(0)), subject, publicKey, noAttributes), key)
}

/** What somebody signed: its content, the algorithm and the signature, as in all of X.509. */
export function signedBy(content: Buffer, key: KeyObject): readonly Buffer[] {
  return [content, algorithmOf(key), bitString(sign('sha256', content, key))]
}

/** What a key is told apart by [RFC 5280 4.2.1.2, method 1]. */
export function keyIdentifier(publicKey: Buffer): Buffer {
  return createHash('sha1').update(publicKeyBits(publicKey)).digest()
}

function signed(content: Buffer, key: KeyObject): Buffer {
  return sequence(...signedBy(content, key))
}

const algorithmOf = (key: KeyObject): Buffer =>
  key.asymmetricKeyType === 'ec' ? ecdsaWithSha256 : rsaWithSha256

/** [1.6 SWP A00.FR.505, A00.FR.506] */
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))
const rsaWithSha256 = sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing())

const digitalSignature = 0
const keyEncipherment = 2
const keyAgreement = 4
const keyCertSign = 5
const cRLSign = 6

const serverAuth = '1.3.6.1.5.5.7.3.1'
const clientAuth = '1.3.6.1.5.5.7.3.2'
const codeSigning = '1.3.6.1.5.5.7.3.3'
/**
 * E-mail protection: the authority of a lab says here that it is for signatures over content. Without
 * any extended key usage a contract would open TLS connections, too.
 */
const contractUse = '1.3.6.1.5.5.7.3.4'

function extensionsOf(contents: CertificateContents): readonly Buffer[] {
  const { role, hosts, publicKey, issuerKeyId, responderUrl, revocationUrl } = contents
  const names = hosts.length > 0 ? [extension('2.5.29.17', sequence(...hosts.map(hostName)))] : []
  return [
    ...usages[role],
    ...names,
    extension('2.5.29.14', octetString(keyIdentifier(publicKey))),
    extension('2.5.29.35', sequence(implicit(0, issuerKeyId))),
    ...(responderUrl === undefined ? [] : [ocspAccess(responderUrl)]),
    ...(revocationUrl === undefined ? [] : [distributionPoint(revocationUrl)]),
  ]
}

/** Authority information access [RFC 5280 4.2.2.1]. */
function ocspAccess(url: string): Buffer {
  const ocsp = objectIdentifier('1.3.6.1.5.5.7.48.1')
  const location = implicit(6, Buffer.from(url, 'latin1'))
  return extension('1.3.6.1.5.5.7.1.1', sequence(sequence(ocsp, location)))
}

/** CRL distribution point: its full name [RFC 5280 4.2.1.13]. */
function distributionPoint(url: string): Buffer {
  const fullName = explicit(0, implicit(6, Buffer.from(url, 'latin1')))
  return extension('2.5.29.31', sequence(sequence(explicit(0, fullName))))
}

/** An address is its bytes, a name its letters [RFC 5280 4.2.1.6]. */
function hostName(host: string): Buffer {
  return isIP(host) === 0 ? implicit(2, Buffer.from(host, 'latin1')) : implicit(7, addressOf(host))
}

/** Four bytes, or sixteen. */
function addressOf(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const { hostname } = new URL(`http://[${address}]`)
  const [head = '', tail] = hostname.slice(1, -1).split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((g) => parseInt(g, 16)))
  const front = groups(head)
  const back = groups(tail ?? '')
  const zeroes = Array.from({ length: 8 - front.length - back.length }, () => 0)
  return Buffer.from([...front, ...zeroes, ...back].flatMap((group) => [group >> 8, group & 0xff]))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(id), octetString(value))
}

function critical(id: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(id), truth(), octetString(value))
}

const basicConstraints = (...content: readonly Buffer[]) =>
  critical('2.5.29.19', sequence(...content))
const keyUsage = (...bits: readonly number[]) => critical('2.5.29.15', namedBits(...bits))
const extendedKeyUsage = (...purposes: readonly string[]) =>
  extension('2.5.29.37', sequence(...purposes.map(objectIdentifier)))

/** Usages are restricted to what each role does [1.6 SWP A00.FR.512]. */
const usages: Readonly<Record<CertificateRole, readonly Buffer[]>> = {
  root: [basicConstraints(truth()), keyUsage(keyCertSign, cRLSign)],
  authority: [
    // Signs for others, and makes no further authorities.
    basicConstraints(truth(), integer(Buffer.of(0))),
    keyUsage(keyCertSign, cRLSign),
  ],
  server: [
    basicConstraints(),
    // TLS_RSA suites encipher the secret with the key itself [1.6 SWP A00.FR.317].
    keyUsage(digitalSignature, keyEncipherment),
    extendedKeyUsage(serverAuth),
  ],
  station: [basicConstraints(), keyUsage(digitalSignature), extendedKeyUsage(clientAuth)],
  firmware: [basicConstraints(), keyUsage(digitalSignature), extendedKeyUsage(codeSigning)],
  secc: [
    basicConstraints(),
    keyUsage(digitalSignature, keyAgreement),
    extendedKeyUsage(serverAuth),
  ],
  combined: [
    basicConstraints(),
    keyUsage(digitalSignature, keyAgreement),
    extendedKeyUsage(clientAuth, serverAuth),
  ],
  // It signs what the vehicle says, and never a TLS handshake.
  contract: [
    basicConstraints(),
    keyUsage(digitalSignature, keyAgreement),
    extendedKeyUsage(contractUse),
  ],
}
