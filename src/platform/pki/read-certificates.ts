import { X509Certificate } from 'node:crypto'
// Loaded before a certificate is read: in Node 20 `toLegacyObject` loads a part of it, and where that part
// comes first all of TLS lacks `createSecureContext` for as long as the process lives.
import 'node:tls'
import type { Validity } from '../../ocpp/station-crypto.ts'

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** Every certificate of a PEM text in its order; empty where one of them cannot be read. */
export function readCertificates(pem: string): readonly X509Certificate[] {
  try {
    return (pem.match(block) ?? []).map(readOne)
  } catch {
    return []
  }
}

/** Throws for what is no certificate, and for keys that OpenSSL does not know. */
function readOne(text: string): X509Certificate {
  const certificate = new X509Certificate(text)
  // Read on first use, and nobody expects a property to throw then.
  void certificate.publicKey
  return certificate
}

/** The first one. */
export function readCertificate(pem: string): X509Certificate | undefined {
  return readCertificates(pem)[0]
}

/** Milliseconds since the Unix epoch. */
export function validityOf(certificate: X509Certificate): Validity {
  return {
    notBeforeMs: Date.parse(certificate.validFrom),
    notAfterMs: Date.parse(certificate.validTo),
  }
}

/** The values of one attribute of the subject: `CN`, `O`. */
export function subjectField(certificate: X509Certificate, name: string): readonly string[] {
  const subject: object = certificate.toLegacyObject().subject
  const value: unknown = Object.entries(subject).find(([key]) => key === name)?.[1]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.map(String) : []
}

/** A serial number as OCPP and our ledger write it: hexadecimal, upper case, no leading zeroes. */
export function plainSerial(serial: string): string {
  return serial
    .replaceAll(':', '')
    .replace(/^(0x)?0+(?=.)/i, '')
    .toUpperCase()
}
