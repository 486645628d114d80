import { randomBytes, type webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import './reflect-metadata.ts'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { CertificateSubject } from '../../ocpp/station-crypto.ts'
import { kindOfKey, signingAlgorithm, webKeys } from './keys.ts'
import type { CertificateRole, IssuedLine } from './ledger.ts'

/** Who signs: a certificate of an authority and its key. */
export interface Issuer {
  /** PEM. */
  readonly certificatePem: string
  readonly keyPem: string
}

export interface CertificateOrder {
  readonly role: CertificateRole
  readonly subject: CertificateSubject
  /** SubjectPublicKeyInfo, DER; undefined: the signer's own, which makes a root. */
  readonly publicKey: ArrayBuffer | undefined
  readonly notBeforeMs: number
  readonly notAfterMs: number
  /** Names and addresses of a server; the first is its CN [1.6 SWP A00.FR.510, A00.FR.511]. */
  readonly hosts?: readonly string[]
  /** The identity of the station it is for. */
  readonly station?: string
}

export interface Issued {
  /** PEM of this certificate alone. */
  readonly certificatePem: string
  /** What the ledger says of it. */
  readonly line: IssuedLine
}

/** An issuer whose keys are read: signs many. */
export class Signer {
  readonly #keys: webcrypto.CryptoKeyPair
  readonly #algorithm: (typeof signingAlgorithm)[keyof typeof signingAlgorithm]
  readonly #name: Name | undefined
  /** Nothing that it signs outlives it. */
  readonly #notAfterMs: number

  private constructor(
    keys: webcrypto.CryptoKeyPair,
    algorithm: (typeof signingAlgorithm)[keyof typeof signingAlgorithm],
    certificate: X509Certificate | undefined,
  ) {
    this.#keys = keys
    this.#algorithm = algorithm
    this.#name = certificate?.subjectName
    this.#notAfterMs = certificate?.notAfter.getTime() ?? Number.POSITIVE_INFINITY
  }

  static async of({ certificatePem, keyPem }: Issuer): Promise<Signer> {
    const algorithm = signingAlgorithm[kindOfKey(keyPem)]
    return new Signer(await webKeys(keyPem), algorithm, new X509Certificate(certificatePem))
  }

  /** Of a key that has no certificate yet: what it signs is a root. */
  static async ofKey(keyPem: string): Promise<Signer> {
    return new Signer(await webKeys(keyPem), signingAlgorithm[kindOfKey(keyPem)], undefined)
  }

  async issue(order: CertificateOrder): Promise<Issued> {
    const { role, subject, station } = order
    const serial = newSerial()
    const name = new Name([{ O: [subject.organization] }, { CN: [subject.commonName] }])
    const publicKey = order.publicKey
      ? new PublicKey(order.publicKey)
      : await PublicKey.create(this.#keys.publicKey)
    const notAfterMs = Math.min(order.notAfterMs, this.#notAfterMs)
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serial,
      subject: name,
      issuer: this.#name ?? name,
      notBefore: wholeSecond(order.notBeforeMs),
      notAfter: wholeSecond(notAfterMs),
      publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: this.#algorithm,
      extensions: [
        ...extensionsOf(order),
        await SubjectKeyIdentifierExtension.create(publicKey),
        await AuthorityKeyIdentifierExtension.create(this.#keys.publicKey),
      ],
    })
    return {
      certificatePem: `${certificate.toString('pem')}\n`,
      line: {
        event: 'issued',
        serial,
        role,
        commonName: subject.commonName,
        ...(station !== undefined && { station }),
        notBefore: certificate.notBefore.toISOString(),
        notAfter: certificate.notAfter.toISOString(),
      },
    }
  }
}

/** 127 random bits with a first byte from 40 to 7F: positive, and no leading zero to lose. */
function newSerial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex').toUpperCase()
}

const wholeSecond = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000)

/** Usages are restricted to what each role does [1.6 SWP A00.FR.512]. */
function extensionsOf({ role, hosts = [] }: CertificateOrder): Extension[] {
  const { digitalSignature, keyEncipherment, keyCertSign, cRLSign } = KeyUsageFlags
  const { serverAuth, clientAuth, codeSigning } = ExtendedKeyUsage
  const end = new BasicConstraintsExtension(false, undefined, true)
  switch (role) {
    case 'root':
      return [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(keyCertSign | cRLSign, true),
      ]
    case 'authority':
      return [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(keyCertSign | cRLSign, true),
      ]
    case 'server':
      return [
        end,
        // TLS_RSA suites encipher the secret with the key itself [1.6 SWP A00.FR.317].
        new KeyUsagesExtension(digitalSignature | keyEncipherment, true),
        new ExtendedKeyUsageExtension([serverAuth]),
        new SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
        ),
      ]
    case 'station':
      return [
        end,
        new KeyUsagesExtension(digitalSignature, true),
        new ExtendedKeyUsageExtension([clientAuth]),
      ]
    case 'firmware':
      return [
        end,
        new KeyUsagesExtension(digitalSignature, true),
        new ExtendedKeyUsageExtension([codeSigning]),
      ]
  }
}

/** The organisation in an authority's own name. */
export function organizationOf(certificatePem: string): string {
  const [organization = ''] = new X509Certificate(certificatePem).subjectName.getField('O')
  return organization
}
