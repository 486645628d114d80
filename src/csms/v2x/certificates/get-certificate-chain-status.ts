import type {
  CertificateStatusRequestInfoType,
  CertificateStatusType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { tellStatus } from '../../domain/certificate-statuses.ts'
import type { StationContext } from '../../domain/domain.ts'

/** A station may keep what it is told for so long [2.1 M07.FR.09]. */
const validMs = 7 * 86_400_000

/**
 * Which certificates of a vehicle's chain were revoked, by the books of this system's own authority:
 * they are what its OCSP responses and its revocation list are made from [2.1 M07]. Failed for what
 * another authority issued.
 */
export const getCertificateChainStatus: Handler<
  Actions21,
  'GetCertificateChainStatus',
  StationContext
> = async ({ certificateStatusRequests }, context) => ({
  certificateStatus: await Promise.all(
    certificateStatusRequests.map((request) => statusOf(request, context)),
  ),
})

async function statusOf(
  { certificateHashData, source }: CertificateStatusRequestInfoType,
  context: StationContext,
): Promise<CertificateStatusType> {
  const status = await tellStatus(certificateHashData, source, context)
  const nowMs = context.domain.clock.wallMs()
  const nextUpdate = isoTime(status === 'Failed' ? nowMs : nowMs + validMs)
  return { certificateHashData, source, status, nextUpdate }
}
