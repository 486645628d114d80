import type { GetCertificateStatusResponse } from 'typed-ocpp/dist/ocpp20/types.js'
import type { OcspVerdict } from '../../../../ocpp/station-crypto.ts'
import type { Station2x } from '../station-2x.ts'
import type { AskedCertificate } from './ocsp-data.ts'

/**
 * Whether a certificate was revoked, as the CSMS finds out [2.0.1 M06]. Undefined: it could not, or
 * what it brought is about another certificate.
 */
export async function askStatus(
  { services }: Station2x,
  { request }: AskedCertificate,
): Promise<OcspVerdict | undefined> {
  const outcome = await services.request('GetCertificateStatus', { ocspRequestData: request })
  if (outcome.kind !== 'result') return undefined
  const { status, ocspResult } = outcome.payload as GetCertificateStatusResponse
  if (status !== 'Accepted' || ocspResult === undefined) return undefined
  const verdict = services.crypto?.ocspVerdict(ocspResult)
  return verdict?.serialNumber === request.serialNumber.toUpperCase() ? verdict : undefined
}
