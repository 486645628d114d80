import type { LogEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { type LogSpan, logFileName, securityLog } from '../../log-text.ts'
import type { Station2x } from '../station-2x.ts'
import { collectedData } from './collected-data.ts'
import { diagnosticsLog } from './diagnostics-log.ts'
import { logJobs } from './log-jobs.ts'

interface Log {
  readonly name: 'diagnostics' | 'security' | 'data'
  /** Undefined: nothing is known of the time that is asked for. */
  text(station: Station2x, span: LogSpan): string | undefined
}

const logs: Readonly<Record<LogEnumType, Log>> = {
  DiagnosticsLog: { name: 'diagnostics', text: diagnosticsLog },
  SecurityLog: {
    name: 'security',
    text: ({ services }, span) => securityLog(services.memory.securityLog, span),
  },
  DataCollectorLog: {
    name: 'data',
    text: (station, span) => collectedData.existing(station)?.text(span),
  },
}

interface Request {
  readonly logType: LogEnumType
  readonly requestId: number
  readonly retries?: number
  readonly retryInterval?: number
  readonly log: {
    readonly remoteLocation: string
    readonly oldestTimestamp?: string
    readonly latestTimestamp?: string
  }
}

/** Uploads a log; Rejected where there is nothing to upload [2.0.1 N01.FR.01 to FR.05, FR.12]. */
function upload(request: Request, station: Station2x) {
  const { log, logType, requestId, retries, retryInterval } = request
  const { name, text } = logs[logType]
  const content = text(station, { from: log.oldestTimestamp, to: log.latestTimestamp })
  if (content === undefined) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'NotFound' } } as const
  }
  const filename = logFileName(station.services, name)
  const status = logJobs.of(station).take({
    location: log.remoteLocation,
    fileName: filename,
    content,
    retries,
    retryInterval,
    requestId,
  })
  return { status, filename }
}

export const getLog: Handler<Actions201, 'GetLog', Station2x> = upload

/** Knows what monitors collected, too [2.1 N01 DataCollectorLog]. */
export const getLog21: Handler<Actions21, 'GetLog', Station2x> = upload
