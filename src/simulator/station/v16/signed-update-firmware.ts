import type { Handler16 } from './handler16.ts'

/**
 * [1.6 SWP L01] The certificate is judged before anything is downloaded, the signature after; an
 * update under way gives way unless it is being installed.
 */
export const signedUpdateFirmware: Handler16<'SignedUpdateFirmware'> = (request, behaviour) => {
  const { firmware, requestId, retries, retryInterval } = request
  const { location, signingCertificate, signature } = firmware
  const { files } = behaviour
  if (files.signers.objection(signingCertificate)) return { status: 'InvalidCertificate' }
  const status = files.firmware.take({
    location,
    retrieveAtMs: Date.parse(firmware.retrieveDateTime),
    installAtMs:
      firmware.installDateTime === undefined ? undefined : Date.parse(firmware.installDateTime),
    retries,
    retryInterval,
    requestId,
    signature: { certificate: signingCertificate, signature },
  })
  return { status }
}
