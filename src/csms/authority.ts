import type { CertificateAuthority } from '../platform/pki/certificate-authority.ts'
import { RevocationList } from '../platform/pki/revocation-list.ts'
import type { Clock } from '../shared/clock.ts'
import { csmsError } from '../shared/errors.ts'
import type { CertificateSigner } from './domain/certificates.ts'

/**
 * The CA of a folder, read when a station first asks for a certificate: the X.509 library is large,
 * and most servers never sign.
 *
 * @param clock simulated: what is signed begins at the time on the wire
 */
export function authorityOf(folder: string, clock: Clock): CertificateSigner {
  let opened: Promise<CertificateAuthority> | undefined
  const open = async (): Promise<CertificateAuthority> => {
    const { CertificateAuthority: Authority } = await import(
      '../platform/pki/certificate-authority.ts'
    )
    return Authority.open(folder, clock)
  }
  const authority = (): Promise<CertificateAuthority> => {
    opened ??= open().catch((error: unknown) => {
      // Whoever mends the folder need not start anew.
      opened = undefined
      throw error
    })
    return opened
  }
  return {
    objectionToRequest: async (csrPem, serialNumber) =>
      (await authority()).objectionToRequest(csrPem, serialNumber),
    signRequest: async (csrPem, stationId, days) =>
      (await authority()).signRequest(csrPem, stationId, days),
  }
}

/**
 * What that CA says of certificates that stations present. Throws `CSMS_PKI_INVALID`.
 * @param clock real
 */
export function issuedBy(folder: string, clock: Clock): RevocationList {
  try {
    return RevocationList.open(folder, clock)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw csmsError('CSMS_PKI_INVALID', { path: folder, reason }, error)
  }
}
