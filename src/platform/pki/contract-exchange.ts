import { elementAt } from './der.ts'
import { pemOf } from './pem.ts'
import { readCertificates } from './read-certificates.ts'

/*
 * What stands in for the EXI of ISO 15118 in the lab: the parts of CertificateInstallationReq and -Res
 * that matter to whoever signs, DER in base64. OCPP passes them on as they are [2.0.1 M01, M02].
 */

/** @param csrPem PKCS #10 */
export function exiOfRequest(csrPem: string): string {
  return csrPem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')
}

/** PEM of the request; whether it is one is seen when it is read. */
export function requestOfExi(exiRequest: string): string {
  return pemOf('CERTIFICATE REQUEST', Buffer.from(exiRequest, 'base64'))
}

/** @param chainPem the leaf first */
export function exiOfChain(chainPem: string): string {
  return Buffer.concat(readCertificates(chainPem).map(({ raw }) => raw)).toString('base64')
}

/** PEM of the chain; undefined: it is none. */
export function chainOfExi(exiResponse: string): string | undefined {
  const der = Buffer.from(exiResponse, 'base64')
  try {
    const parts: string[] = []
    for (let at = 0; at < der.length; ) {
      const { end } = elementAt(der, at)
      parts.push(pemOf('CERTIFICATE', der.subarray(at, end)))
      at = end
    }
    const chain = parts.join('')
    return readCertificates(chain).length === parts.length && parts.length > 0 ? chain : undefined
  } catch {
    return undefined
  }
}
