import type {
  CertificateStatusRequestInfoType,
  CertificateStatusType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { Domain, StationContext } from '../../domain/domain.ts'

/** A station may keep what it is told for so long [2.1 M07.FR.09]. */
const validMs = 7 * 86_400_000

const spelling = { good: 'Good', revoked: 'Revoked', unknown: 'Unknown' } as const

/**
 * Which certificates of a vehicle's chain were revoked, by the books of this system's own authority:
 * they are what its OCSP responses and its revocation list are made from [2.1 M07]. Failed for what
 * another authority issued.
 */
export const getCertificateChainStatus: Handler<
  Actions21,
  'GetCertificateChainStatus',
  StationContext
> = async ({ certificateStatusRequests }, { domain }) => ({
  certificateStatus: await Promise.all(
    certificateStatusRequests.map((request) => statusOf(request, domain)),
  ),
})

async function statusOf(
  { certificateHashData, source }: CertificateStatusRequestInfoType,
  { authority, clock }: Domain,
): Promise<CertificateStatusType> {
  const standing = await authority?.standing(certificateHashData)
  const nowMs = clock.wallMs()
  return {
    certificateHashData,
    source,
    status: standing ? spelling[standing] : 'Failed',
    nextUpdate: isoTime(standing ? nowMs + validMs : nowMs),
  }
}
