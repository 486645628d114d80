import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import './reflect-metadata.ts'
import { CRLDistributionPointsExtension, X509CertificateGenerator } from '@peculiar/x509'
import { revocationUrlOf } from './distribution-point.ts'
import { webKeys } from './keys.ts'

/** A certificate as somebody else's library writes it. */
async function certificate(...urls: readonly string[]): Promise<Buffer> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const { rawData } = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Somebody',
    keys: await webKeys(keyPem),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: urls.length > 0 ? [new CRLDistributionPointsExtension([...urls])] : [],
  })
  return Buffer.from(rawData)
}

test('[RFC 5280 4.2.1.13] the first URL of the revocation list is told', async () => {
  const der = await certificate('http://ca.example/one.crl', 'http://ca.example/two.crl')
  expect(revocationUrlOf(der)).toBe('http://ca.example/one.crl')
})

test('none where there is none, or the certificate is cut off', async () => {
  expect(revocationUrlOf(await certificate())).toBeUndefined()
  const der = await certificate('http://ca.example/one.crl')
  for (let length = 0; length < der.length; length += 5) {
    expect(revocationUrlOf(der.subarray(0, length))).toBeUndefined()
  }
})
