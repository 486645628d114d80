import type {
  CertificateSignedRequest,
  CertificateSignedResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { storeOf } from '../certificates/store.ts'
import { vehicleCertificates } from '../certificates/vehicle-certificates.ts'
import { rejected } from '../rejected.ts'
import type { Station2x } from '../station-2x.ts'
import { usesOf } from './certificate-requests.ts'
import { security } from './security.ts'

/**
 * [2.0.1 A02.FR.06 to A02.FR.08] A certificate that is not valid now is discarded, and the CSMS hears
 * why; a good one is used at once.
 */
export const certificateSigned: Handler<Actions201, 'CertificateSigned', Station2x> = (
  request,
  station,
) => take(request, station)

/** 2.1 has a type for ISO 15118-20, and names the request [2.1 A02.FR.26]. */
export const certificateSigned21: Handler<Actions21, 'CertificateSigned', Station2x> = (
  request,
  station,
) => take(request, station)

function take(
  { certificateChain, certificateType, requestId }: CertificateSignedRequest,
  station: Station2x,
): CertificateSignedResponse {
  const { services, model } = station
  const store = storeOf(station)
  const part = security.of(station)
  const kind = part.requests.answeredBy(certificateType, requestId)
  if (!kind) return rejected('NotFound', `there is no request ${requestId}`)
  if (certificateChain.length > model.integer('SecurityCtrlr.MaxCertificateChainSize')) {
    return rejected('TooLargeElement', 'it is longer than MaxCertificateChainSize')
  }
  const uses = usesOf[kind]
  // One that begins later was good until the errata of 2025.
  const order = { uses, mayBeginLater: false }
  const taken = store.takeSigned(certificateChain, services.wireMs(), order)
  part.requests.settled(kind)
  if (typeof taken === 'string') {
    services.afterwards(() => part.report('InvalidChargingStationCertificate', taken))
    return rejected('InvalidCertificate', taken)
  }
  services.afterwards(() => {
    part.present(uses.includes('csms'))
    if (kind !== 'ChargingStationCertificate') vehicleCertificates.of(station).renewed()
  })
  return { status: 'Accepted' }
}
