import { logFileName, securityLog } from '../log-text.ts'
import { diagnosticsLog } from './diagnostics-log.ts'
import type { Handler16 } from './handler16.ts'

/** [1.6 SWP N01] Rejected where nothing is known of the time that is asked for. */
export const getLog: Handler16<'GetLog'> = (request, behaviour) => {
  const { log, logType, requestId, retries, retryInterval } = request
  const isSecurity = logType === 'SecurityLog'
  const span = { from: log.oldestTimestamp, to: log.latestTimestamp }
  const content = isSecurity
    ? securityLog(behaviour.station.memory.securityLog, span)
    : diagnosticsLog(behaviour, span)
  if (content === undefined) return { status: 'Rejected' }
  const filename = logFileName(behaviour.station, isSecurity ? 'security' : 'diagnostics')
  const status = behaviour.files.logs.take({
    location: log.remoteLocation,
    fileName: filename,
    content,
    retries,
    retryInterval,
    requestId,
  })
  return { status, filename }
}
