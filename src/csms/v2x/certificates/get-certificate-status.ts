import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { tellStatus } from '../../domain/certificate-statuses.ts'
import type { StationContext } from '../../domain/domain.ts'

/**
 * The OCSP response for one certificate, as this system's own authority signs it [2.0.1 M06]. Failed
 * for what another authority issued: nobody else is asked. Accepted says nothing of the certificate.
 */
export const getCertificateStatus: Handler<
  Actions201,
  'GetCertificateStatus',
  StationContext
> = async ({ ocspRequestData }, context) => {
  await tellStatus(ocspRequestData, 'OCSP', context)
  const ocspResult = await context.domain.authority?.ocspResponse(ocspRequestData)
  return ocspResult === undefined
    ? { status: 'Failed', statusInfo: { reasonCode: 'NotFound' } }
    : { status: 'Accepted', ocspResult }
}
