import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { security } from '../security/security.ts'
import type { Station2x } from '../station-2x.ts'
import { storeOf } from './store.ts'
import { vehicleCertificates } from './vehicle-certificates.ts'

/**
 * [2.0.1 M04] The root that the connection rests on stays [M04.FR.03]. Where an older certificate is
 * shown to vehicles from now on, its OCSP data is asked for [M06.FR.06].
 */
export const deleteCertificate: Handler<Actions201, 'DeleteCertificate', Station2x> = (
  { certificateHashData },
  station,
) => {
  const encrypted = station.services.access.profile >= 2
  const status = storeOf(station).delete(certificateHashData, encrypted)
  if (status === 'Accepted') {
    security.of(station).report('ReconfigurationOfSecurityParameters', 'a certificate was deleted')
    station.services.afterwards(() => vehicleCertificates.existing(station)?.refresh())
  }
  return { status }
}
