import { CallError } from '../../../ocpp/rpc/error-codes.ts'
import type { Handler16 } from './handler16.ts'

/**
 * [1.6 5.19] Cannot be rejected: what is ordered during an installation waits for its end. A station
 * that can tell by a root of its manufacturer who signed takes none that nobody signed [1.6 SWP
 * L01.FR.20].
 */
export const updateFirmware: Handler16<'UpdateFirmware'> = (request, { files }) => {
  if (files.signers.signedOnly) throw new CallError('NotSupported', 'Firmware must be signed')
  const { location, retrieveDate, retries, retryInterval } = request
  files.firmware.queue({
    location,
    retrieveAtMs: Date.parse(retrieveDate),
    installAtMs: undefined,
    retries,
    retryInterval,
    requestId: undefined,
    signature: undefined,
  })
  return {}
}
