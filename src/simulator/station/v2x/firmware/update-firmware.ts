import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { rejected } from '../rejected.ts'
import type { Station2x } from '../station-2x.ts'
import { firmwareJobs } from './firmware-jobs.ts'

/**
 * The certificate is judged before anything is downloaded, the signature after; an update under way
 * gives way unless it is being installed [2.0.1 L01.FR.21 to FR.27]. A station that can tell by a root
 * of its manufacturer who signed takes none that nobody signed; the others do [L02].
 */
export const updateFirmware: Handler<Actions201, 'UpdateFirmware', Station2x> = (
  { firmware, requestId, retries, retryInterval },
  station,
) => {
  const { signingCertificate, signature, installDateTime } = firmware
  const { signers, updates } = firmwareJobs.of(station)
  if (signingCertificate === undefined && signers.signedOnly) {
    return rejected('MissingParam', 'firmware must be signed')
  }
  if (signingCertificate !== undefined && signers.objection(signingCertificate) !== undefined) {
    return { status: 'InvalidCertificate' }
  }
  const status = updates.take({
    location: firmware.location,
    retrieveAtMs: Date.parse(firmware.retrieveDateTime),
    installAtMs: installDateTime === undefined ? undefined : Date.parse(installDateTime),
    retries,
    retryInterval,
    requestId,
    // A certificate without a signature is a signature that does not fit [L01, step 5].
    signature:
      signingCertificate === undefined
        ? undefined
        : { certificate: signingCertificate, signature: signature ?? '' },
  })
  return { status }
}
