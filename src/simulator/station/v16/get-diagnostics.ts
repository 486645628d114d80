import { logFileName } from '../log-text.ts'
import { diagnosticsLog } from './diagnostics-log.ts'
import type { Handler16 } from './handler16.ts'

/** [1.6 5.9] The name is told at once, the file follows. */
export const getDiagnostics: Handler16<'GetDiagnostics'> = (request, behaviour) => {
  const { location, retries, retryInterval, startTime, stopTime } = request
  const fileName = logFileName(behaviour.station, 'diagnostics')
  const content = diagnosticsLog(behaviour, { from: startTime, to: stopTime })
  const requestId = undefined
  behaviour.files.diagnostics.take({
    location,
    fileName,
    content,
    retries,
    retryInterval,
    requestId,
  })
  return { fileName }
}
