import { processUsage } from '../platform/process-usage.ts'
import { csmsError } from '../shared/errors.ts'
import { clocksOf } from './clock-settings.ts'
import { startCluster } from './cluster/start-cluster.ts'
import type { Server, ServerOptions } from './server.ts'
import { startCsms } from './start-csms.ts'

const oneProcess =
  'A script is played in one process, which holds every station it is for: leave --processes out.'

/** Starts a management system of as many processes as asked. Throws what `startCsms` throws. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { processes = 1 } = options
  if (processes > 1) {
    if (options.script) throw csmsError('CSMS_USAGE', { message: oneProcess })
    return startCluster({ ...options, processes })
  }
  const csms = await startCsms({ ...options, clocks: clocksOf(options.clock) })
  return {
    urls: csms.urls,
    port: csms.port,
    ftpPort: csms.ftpPort,
    runId: csms.runId,
    get connections() {
      return csms.connections
    },
    counters: () => Promise.resolve(csms.counters()),
    usage: processUsage,
    close: (how) => csms.close(how),
    [Symbol.asyncDispose]: () => csms.close(),
  }
}
