import type { Handler16 } from './handler16.ts'

/** [1.6 5.19] Cannot be rejected: what is ordered during an installation waits for its end. */
export const updateFirmware: Handler16<'UpdateFirmware'> = (request, { files }) => {
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
