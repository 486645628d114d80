import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { certificateHash } from './certificate-hash.ts'
import { plainSerial } from './read-certificates.ts'

/** Made by OpenSSL with serial number 4095; its name is UTF-8, not PrintableString. */
const root = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBrzCCAVWgAwIBAgICD/8wCgYIKoZIzj0EAwIwNjEaMBgGA1UECgwRU3TDpGR0
aXNjaGUgV2Vya2UxGDAWBgNVBAMMD0ZpeGVkIHRlc3Qgcm9vdDAeFw0yNjExMjEx
NTE0NDJaFw00NjExMTYxNTE0NDJaMDYxGjAYBgNVBAoMEVN0w6RkdGlzY2hlIFdl
cmtlMRgwFgYDVQQDDA9GaXhlZCB0ZXN0IHJvb3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASTnaBiOTOOK68MmVnrtvSbicmDXzHoSl+I7fu2h1WcA+HmgzpqOjZK
ccKFWvxq8MJyhQ5PbnbnHC4yth3NjQqpo1MwUTAdBgNVHQ4EFgQUFWY7S5QVexXj
i3Z2NUT/i7I2ZLYwHwYDVR0jBBgwFoAUFWY7S5QVexXji3Z2NUT/i7I2ZLYwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAnY+7d9HsS1WFVhxFgUSp
3wFkxrQkNWtu2O5UuZg40coCIE+DA6Wz5j57opA3UXOH2Yc05N++wL+yObtUWa5D
Z+kX
-----END CERTIFICATE-----`)

describe('certificateHash', () => {
  test('[1.6 SWP 6.1] is what "openssl ocsp -sha256" asks with', () => {
    expect(certificateHash(root, root, 'SHA256')).toEqual({
      hashAlgorithm: 'SHA256',
      issuerNameHash: '87699966596489d152f51ba310db2cc90604d78ce9f92d8bb97e6daf09d5e312',
      issuerKeyHash: '729d4ae9e42d783321257567921172c7226132d217360083bb97d119a55d65a0',
      serialNumber: 'FFF',
    })
  })

  test('has as many digits as its algorithm', () => {
    const digits = (algorithm: 'SHA384' | 'SHA512') => {
      const { issuerNameHash, issuerKeyHash } = certificateHash(root, root, algorithm)
      return [issuerNameHash.length, issuerKeyHash.length]
    }
    expect([digits('SHA384'), digits('SHA512')]).toEqual([
      [96, 96],
      [128, 128],
    ])
  })
})

test.each([
  ['0x0FFF', 'FFF'],
  ['00:ab:0c', 'AB0C'],
  ['0', '0'],
])('the serial number %s is %s', (given, plain) => {
  expect(plainSerial(given)).toBe(plain)
})
