import type { UpdateFirmwareResponse } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler, RequestOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { askStatus } from '../certificates/certificate-status.ts'
import { type AskedCertificate, ocspData } from '../certificates/ocsp-data.ts'
import { rejected } from '../rejected.ts'
import { security } from '../security/security.ts'
import type { Station2x } from '../station-2x.ts'
import { firmwareJobs } from './firmware-jobs.ts'

type Request = RequestOf<Actions201, 'UpdateFirmware'>

/** How long the CSMS may take to find out about a certificate while it waits for the answer itself. */
const statusWaitMs = 5000

/**
 * The certificate is judged before anything is downloaded, the signature after; an update under way
 * gives way unless it is being installed [2.0.1 L01.FR.21 to FR.27]. A station that can tell by a root
 * of its manufacturer who signed takes none that nobody signed; the others do [L02].
 */
export const updateFirmware: Handler<Actions201, 'UpdateFirmware', Station2x> = (
  request,
  station,
) => {
  const { signingCertificate, signature } = request.firmware
  const { signers } = firmwareJobs.of(station)
  if (signingCertificate === undefined && signature !== undefined) {
    return rejected('MissingParam', 'a signature without the certificate of who signed')
  }
  if (signingCertificate === undefined) {
    return signers.signedOnly
      ? rejected('MissingParam', 'firmware must be signed')
      : take(request, station)
  }
  if (signers.objection(signingCertificate) !== undefined) return { status: 'InvalidCertificate' }
  const [signer] = ocspData(station, signingCertificate)
  return signer && station.services.online
    ? takeUnlessRevoked(request, signer, station)
    : take(request, station)
}

/** Who signed says where its status can be asked for: the CSMS is asked, as for every certificate. */
async function takeUnlessRevoked(
  request: Request,
  signer: AskedCertificate,
  station: Station2x,
): Promise<UpdateFirmwareResponse> {
  const { services } = station
  const verdict = await Promise.race([
    askStatus(station, signer),
    new Promise<undefined>((resolve) => {
      services.clocks.real.after(statusWaitMs, () => resolve(undefined))
    }),
  ])
  if (!services.online) return rejected('InternalError', 'the connection broke')
  if (verdict?.status !== 'revoked') return take(request, station)
  // The answer goes first, and waits for more than a turn of promises here.
  services.clocks.real.after(0, () =>
    security.of(station).report('InvalidFirmwareSigningCertificate', 'it was revoked'),
  )
  return { status: 'RevokedCertificate' }
}

function take(
  { firmware, requestId, retries, retryInterval }: Request,
  station: Station2x,
): UpdateFirmwareResponse {
  const { signingCertificate, signature, installDateTime } = firmware
  const status = firmwareJobs.of(station).updates.take({
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
