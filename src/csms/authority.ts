import type { CertificateAuthority } from '../platform/pki/certificate-authority.ts'
import type { LedgerEntry, RevocationReason } from '../platform/pki/ledger.ts'
import { RevocationList } from '../platform/pki/revocation-list.ts'
import type { Clock } from '../shared/clock.ts'
import { csmsError, messageOf } from '../shared/errors.ts'
import type { CertificateSigner } from './domain/certificates.ts'

/**
 * The CA of a folder, read when a station first asks for a certificate: the X.509 library is large,
 * and most servers never sign.
 *
 * @param clock simulated: what is signed begins at the time on the wire
 */
export function authorityOf(folder: string, clock: Clock): CertificateSigner {
  const authority = opener(folder, clock)
  return {
    objectionToRequest: async (csrPem, name, stationId, use) =>
      (await authority()).objectionToRequest(csrPem, name, stationId, use),
    signRequest: async (csrPem, stationId, days, use) =>
      (await authority()).signRequest(csrPem, stationId, days, use),
    requestedContract: async (csrPem) => (await authority()).requestedContract(csrPem),
    signContract: async (csrPem, emaid, days) =>
      (await authority()).signContract(csrPem, emaid, days),
    standing: async (hash) => (await authority()).standings.of(hash)?.status,
    ocspResponse: async (hash) =>
      (await authority()).standings.ocspResponse(hash)?.toString('base64'),
    judge: async (chainPem) => (await authority()).standings.judge(chainPem),
  }
}

/** What the operator sees and does of the certificates of a CA. */
export class CertificateDesk {
  readonly ledger: RevocationList
  readonly #authority: () => Promise<CertificateAuthority>

  /**
   * Throws `CSMS_PKI_INVALID`.
   * @param clock simulated: revocations carry the time on the wire
   */
  constructor(folder: string, clock: Clock) {
    this.ledger = issuedBy(folder)
    this.#authority = opener(folder, clock)
  }

  /**
   * From the next handshake on it is refused. Undefined where there is no such certificate; one that
   * was revoked before stays as it was.
   */
  async revoke(serial: string, reason: RevocationReason): Promise<LedgerEntry | undefined> {
    if (!this.ledger.entry(serial)) return undefined
    const authority = await this.#authority()
    return authority.revoke(serial, reason)
  }
}

/** Undefined where the settings name no CA. */
export function deskOf(
  { caDir }: { readonly caDir?: string | undefined },
  clock: Clock,
): CertificateDesk | undefined {
  return caDir === undefined ? undefined : new CertificateDesk(caDir, clock)
}

function opener(folder: string, clock: Clock): () => Promise<CertificateAuthority> {
  let opened: Promise<CertificateAuthority> | undefined
  const open = async (): Promise<CertificateAuthority> => {
    const { CertificateAuthority: Authority } = await import(
      '../platform/pki/certificate-authority.ts'
    )
    return Authority.open(folder, clock)
  }
  return () => {
    opened ??= open().catch((error: unknown) => {
      // Whoever mends the folder need not start anew.
      opened = undefined
      throw error
    })
    return opened
  }
}

/** What that CA says of certificates that stations present. Throws `CSMS_PKI_INVALID`. */
function issuedBy(folder: string): RevocationList {
  try {
    return RevocationList.open(folder)
  } catch (error) {
    const reason = messageOf(error)
    throw csmsError('CSMS_PKI_INVALID', { path: folder, reason }, error)
  }
}
