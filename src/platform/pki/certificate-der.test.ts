import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import './reflect-metadata.ts'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as LibraryCertificate,
  SubjectKeyIdentifierExtension,
} from '@peculiar/x509'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CertificateContents, keyIdentifier, signCertificate } from './certificate-der.ts'
import { newKeyPair } from './keys.ts'
import { subjectName } from './subject-name.ts'

const { keyPem, publicKey } = await newKeyPair('ecdsa')
const key = createPrivateKey(keyPem)
const name = subjectName({ organization: 'Lab', commonName: 'one' })
const contents: CertificateContents = {
  serial: '4000000000000000000000000000000A',
  issuerName: name,
  issuerKeyId: keyIdentifier(publicKey),
  subjectName: name,
  publicKey,
  notBeforeMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  notAfterMs: Date.UTC(2027, 0, 2, 3, 4, 5),
  role: 'station',
  hosts: [],
}

const read = (change: Partial<CertificateContents>) =>
  new X509Certificate(signCertificate({ ...contents, ...change }, key))

describe('signCertificate', () => {
  test('is signed with the key of the issuer, of either kind', async () => {
    expect(read({}).verify(createPublicKey(key))).toBe(true)
    const rsa = await newKeyPair('rsa')
    const signer = createPrivateKey(rsa.keyPem)
    const certificate = new X509Certificate(signCertificate(contents, signer))
    expect(certificate.verify(createPublicKey(signer))).toBe(true)
  })

  test('[RFC 5280 4.2.1.1, 4.2.1.2] tells whose key it holds and whose key signed it', async () => {
    const other = await newKeyPair('ecdsa')
    const der = signCertificate({ ...contents, publicKey: other.publicKey }, key)
    const certificate = new LibraryCertificate(new Uint8Array(der))
    const hex = (bytes: Buffer) => bytes.toString('hex')
    expect(certificate.getExtension(SubjectKeyIdentifierExtension)?.keyId).toBe(
      hex(keyIdentifier(other.publicKey)),
    )
    expect(certificate.getExtension(AuthorityKeyIdentifierExtension)?.keyId).toBe(
      hex(keyIdentifier(publicKey)),
    )
  })

  test.each([
    ['root', true, undefined, KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign],
    ['authority', true, 0, KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign],
    ['server', false, undefined, KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment],
    ['station', false, undefined, KeyUsageFlags.digitalSignature],
    ['firmware', false, undefined, KeyUsageFlags.digitalSignature],
  ] as const)('[1.6 SWP A00.FR.512] a %s may do what it is for', (role, ca, pathLength, usages) => {
    const der = signCertificate({ ...contents, role }, key)
    const certificate = new LibraryCertificate(new Uint8Array(der))
    const constraints = certificate.getExtension(BasicConstraintsExtension)
    expect(constraints).toMatchObject({ ca, critical: true })
    expect(constraints?.pathLength).toBe(pathLength)
    expect(certificate.getExtension(KeyUsagesExtension)).toMatchObject({ usages, critical: true })
  })

  test('[RFC 5280 4.2.1.6] a server is known by names and addresses', () => {
    const hosts = ['csms.example', '192.0.2.7', '2001:db8::1', '::', '::ffff:192.0.2.8']
    const server = read({ role: 'server', hosts })
    expect(server.checkHost('csms.example')).toBe('csms.example')
    expect(server.checkIP('192.0.2.7')).toBe('192.0.2.7')
    expect(server.checkIP('2001:db8::1')).toBe('2001:db8::1')
    expect(server.checkIP('::')).toBe('::')
    expect(server.checkIP('::ffff:192.0.2.8')).toBe('::ffff:192.0.2.8')
    expect(server.checkIP('2001:db8::2')).toBeUndefined()
  })

  test.each(['2026-01-02T03:04:05.000Z', '2049-12-31T23:59:59.000Z', '2050-01-01T00:00:00.000Z'])(
    '[RFC 5280 4.1.2.5] is valid until %s',
    (until) => {
      const { validTo } = read({ notAfterMs: Date.parse(until) })
      expect(new Date(validTo).toISOString()).toBe(until)
    },
  )

  test('a name stays what it is, letter by letter', () => {
    const text = fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' })
    fc.assert(
      fc.property(text, (commonName) => {
        const der = signCertificate(
          { ...contents, subjectName: subjectName({ organization: 'Lab', commonName }) },
          key,
        )
        const { subject } = new X509Certificate(der).toLegacyObject()
        expect(subject).toEqual({ O: 'Lab', CN: commonName })
      }),
    )
  })
})
