import { serveParent } from '../platform/parent-process.ts'
import { realClock } from '../platform/real-clock.ts'
import { CsmsError, messageOf } from '../shared/errors.ts'
import type { FromCsmsProcess, ToCsmsProcess } from './process-messages.ts'
import type { Server } from './server.ts'
import { startServer } from './start-server.ts'

/*
 * The management system in a process of its own, for `child_process.fork`. It lives no longer than
 * whoever forked it.
 */

const usageIntervalMs = 1_000

let running: Promise<Server> | undefined

const parent = serveParent<ToCsmsProcess, FromCsmsProcess>((message) => {
  void (message.kind === 'start' ? start(message) : stop())
})

async function start(message: Extract<ToCsmsProcess, { kind: 'start' }>): Promise<void> {
  const { settings, processes = 1, clock, events, frames } = message
  running = startServer({
    ...settings,
    processes,
    clock,
    ...(events === true && { observer: (event) => parent.send({ kind: 'event', event }) }),
    frames: frames === true,
    broken(reason) {
      parent.send({ kind: 'broken', reason })
      parent.leave()
    },
  })
  try {
    const { urls, port, ftpPort, runId } = await running
    parent.send({ kind: 'listening', urls, port, ftpPort, runId })
    reportUsage(await running)
  } catch (error) {
    const code = error instanceof CsmsError ? error.code : 'CSMS_INTERNAL'
    const reason = messageOf(error)
    parent.send({ kind: 'failed', code, message: reason })
    parent.leave()
  }
}

async function stop(): Promise<void> {
  const server = await running?.catch(() => undefined)
  if (server) {
    await server.close()
    parent.send({ kind: 'stopped', counters: await server.counters(), ...server.usage() })
  }
  parent.leave()
}

function reportUsage(server: Server): void {
  realClock.after(usageIntervalMs, () => {
    parent.send({ kind: 'usage', connections: server.connections, ...server.usage() })
    reportUsage(server)
  })
}
