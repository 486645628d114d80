import { serveParent } from '../platform/parent-process.ts'
import { realClock } from '../platform/real-clock.ts'
import { type Clocks, ScaledClock } from '../shared/clock.ts'
import { CsmsError } from '../shared/errors.ts'
import type {
  ClockSettings,
  FromCsmsProcess,
  ProcessUsage,
  ToCsmsProcess,
} from './process-messages.ts'
import { type Csms, startCsms } from './start-csms.ts'

/*
 * The management system in a process of its own, for `child_process.fork`. It lives no longer than
 * whoever forked it.
 */

const usageIntervalMs = 1_000

let running: Promise<Csms> | undefined

const parent = serveParent<ToCsmsProcess, FromCsmsProcess>((message) => {
  void (message.kind === 'start' ? start(message) : stop())
})

async function start(message: Extract<ToCsmsProcess, { kind: 'start' }>): Promise<void> {
  running = startCsms({
    ...message.settings,
    clocks: clocksOf(message.clock),
    ...(message.events === true && { observer: (event) => parent.send({ kind: 'event', event }) }),
    frames: message.frames === true,
  })
  try {
    const csms = await running
    parent.send({ kind: 'listening', url: csms.url, port: csms.port, runId: csms.runId })
    reportUsage(csms)
  } catch (error) {
    const code = error instanceof CsmsError ? error.code : 'CSMS_INTERNAL'
    const reason = error instanceof Error ? error.message : String(error)
    parent.send({ kind: 'failed', code, message: reason })
    parent.leave()
  }
}

async function stop(): Promise<void> {
  const csms = await running?.catch(() => undefined)
  if (csms) {
    await csms.close()
    parent.send({ kind: 'stopped', counters: csms.counters(), ...usage() })
  }
  parent.leave()
}

function clocksOf({ speed, originWallMs, originRealWallMs }: ClockSettings): Clocks {
  const sinceOriginMs = realClock.wallMs() - originRealWallMs
  const originMicros = realClock.monotonicMicros() - sinceOriginMs * 1000
  return {
    real: realClock,
    simulated: new ScaledClock(realClock, speed, originWallMs, originMicros),
  }
}

function reportUsage(csms: Csms): void {
  realClock.after(usageIntervalMs, () => {
    parent.send({ kind: 'usage', connections: csms.connections, ...usage() })
    reportUsage(csms)
  })
}

function usage(): ProcessUsage {
  const { user, system } = process.cpuUsage()
  return { cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() }
}
