import type { Handler, RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { signOnRequest } from '../../domain/certificate-signing.ts'
import type { RequestedUse } from '../../domain/certificates.ts'
import type { StationContext } from '../../domain/domain.ts'
import { variableKey } from '../../domain/variables.ts'

type Request = RequestOf<Actions21, 'SignCertificate'>

const useOf: Readonly<Record<NonNullable<Request['certificateType']>, RequestedUse>> = {
  ChargingStationCertificate: 'station',
  V2GCertificate: 'secc',
  V2G20Certificate: 'secc',
}

/**
 * The authority looks at the request, and where it is fit the certificate follows as CertificateSigned
 * with the same type [2.0.1 A02.FR.11, FR.12, FR.14]. Without a type it is for both connections.
 */
export const signCertificate: Handler<Actions201, 'SignCertificate', StationContext> = (
  request,
  context,
) => sign(request, context)

/** 2.1 names the request, and the certificate by it [2.1 A02.FR.25]. */
export const signCertificate21: Handler<Actions21, 'SignCertificate', StationContext> = (
  request,
  context,
) => sign(request, context)

function sign({ csr, certificateType, requestId }: Request, context: StationContext) {
  const use = certificateType === undefined ? 'combined' : useOf[certificateType]
  const seccId = seccIdOf(context)
  return signOnRequest({ csr, use, seccId, certificateType, requestId }, context)
}

/** What the station calls itself towards vehicles, as it last reported. */
function seccIdOf({ station }: StationContext): string | undefined {
  const key = variableKey({ name: 'ISO15118Ctrlr' }, { name: 'SeccId' })
  return station.record.variables[key]?.attributes['Actual'] || undefined
}
