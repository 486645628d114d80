import type { AuthorizeRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ChainVerdict } from '../../domain/certificates.ts'
import type { Domain } from '../../domain/domain.ts'

type Answer = ResponseOf<Actions201, 'Authorize'>
type Proof = Pick<AuthorizeRequest, 'certificate' | 'iso15118CertificateHashData'>

/** Statuses of an eMAID that end its contract, though the certificate is good [2.0.1 C07.FR.13]. */
const cancelled: ReadonlySet<string> = new Set(['Blocked', 'Expired', 'Invalid', 'Unknown'])

/** The driver showed a contract certificate, or hashes of its chain. */
export function hasContract({ certificate, iso15118CertificateHashData }: Proof): boolean {
  return certificate !== undefined || iso15118CertificateHashData !== undefined
}

/**
 * What becomes of the answer to an Authorize with a contract certificate: only this system's own
 * authority is asked [2.0.1 C07.FR.05, FR.13 to FR.17].
 */
export async function withContract<Given extends Answer>(
  proof: Proof,
  answer: Given,
  domain: Domain,
): Promise<Given> {
  const { idTokenInfo } = answer
  switch (await verdictOf(proof, domain)) {
    case 'good': {
      const certificateStatus = cancelled.has(idTokenInfo.status) ? 'ContractCancelled' : 'Accepted'
      return { ...answer, certificateStatus }
    }
    case 'expired':
      return { ...refused(answer, 'Expired'), certificateStatus: 'CertificateExpired' }
    case 'revoked':
      return { ...refused(answer, 'Invalid'), certificateStatus: 'CertificateRevoked' }
    case 'unverifiable':
      return { ...refused(answer, 'Invalid'), certificateStatus: 'CertChainError' }
  }
}

function refused<Given extends Answer>(answer: Given, status: 'Expired' | 'Invalid'): Given {
  return { ...answer, idTokenInfo: { ...answer.idTokenInfo, status } }
}

async function verdictOf(proof: Proof, { authority }: Domain): Promise<ChainVerdict> {
  if (!authority) return 'unverifiable'
  const { certificate, iso15118CertificateHashData = [] } = proof
  if (certificate !== undefined) {
    const verdict = await authority.judge(certificate)
    if (verdict !== 'good') return verdict
  }
  const standings = await Promise.all(
    iso15118CertificateHashData.map((hash) => authority.standing(hash)),
  )
  if (standings.includes('revoked')) return 'revoked'
  return standings.every((standing) => standing === 'good') ? 'good' : 'unverifiable'
}
