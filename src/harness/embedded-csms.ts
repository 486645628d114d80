import type { ClockSettings } from '../csms/clock-settings.ts'
import type { Token } from '../csms/domain/token.ts'
import type { CsmsSettings, StationSeed } from '../csms/options.ts'
import type { FromCsmsProcess, ToCsmsProcess } from '../csms/process-messages.ts'
import { Child } from '../platform/child-process.ts'
import type { ProcessUsage } from '../platform/process-usage.ts'
import { realClock } from '../platform/real-clock.ts'
import type { TargetUsage } from '../report/run-facts.ts'
import { CsmsError, errors } from '../shared/errors.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import { eachStation } from '../simulator/scenario/station-identity.ts'

/** The embedded management system of a run, in a process of its own or in several. */
export interface EmbeddedCsms {
  /** `ws://127.0.0.1:<port>`, and further loopback addresses where one has too few ports. */
  readonly urls: readonly string[]
  readonly api: string
  /** What it used so far, once a second. */
  readonly usage: readonly TargetUsage[]
  /** Resolves when it ended. */
  stop(): Promise<void>
  kill(): void
}

/** How much of the machine it gets. */
export interface EmbeddedSize {
  /** Processes that hold the stations. */
  readonly processes: number
  /** Loopback addresses to listen on. */
  readonly addresses: readonly string[]
}

export interface EmbeddedCsmsEvents {
  /** It ended before it was told to. */
  died(reason: string): void
  /** It did something wrong itself. */
  faulted(what: string): void
}

/** How long it may take to close its connections and end. */
const stopTimeoutMs = 10_000

/**
 * Starts it, seeded with the stations and tokens of the plan, on a free port of the loopback.
 *
 * @param secondsIntoRun how long the run has lasted
 */
export function startEmbeddedCsms(
  plan: Plan,
  { processes, addresses }: EmbeddedSize,
  clock: ClockSettings,
  secondsIntoRun: () => number,
  { died, faulted }: EmbeddedCsmsEvents,
): Promise<EmbeddedCsms> {
  return new Promise((resolve, reject) => {
    let state: 'starting' | 'running' | 'stopping' | 'ended' = 'starting'
    const usage = new UsageLog(secondsIntoRun)
    let broken: string | undefined
    let ended: () => void = () => undefined
    const over = new Promise<void>((done) => {
      ended = done
    })
    const receive = (message: FromCsmsProcess): void => {
      if (message.kind === 'failed') {
        reject(new CsmsError(message.code, errors[message.code].exit, message.message))
      } else if (message.kind === 'usage') {
        usage.add(message)
      } else if (message.kind === 'broken') {
        broken = message.reason
      } else if (message.kind === 'stopped') {
        const { handlerFailures } = message.counters
        if (handlerFailures > 0) {
          faulted(`the embedded CSMS failed to handle ${handlerFailures} requests`)
        }
      } else if (message.kind === 'listening') {
        state = 'running'
        const { urls, port } = message
        const api = `http://127.0.0.1:${port}`
        resolve({ urls, api, usage: usage.samples, stop, kill: () => child.kill() })
      }
    }
    const child = new Child<FromCsmsProcess, ToCsmsProcess>('../csms/process', import.meta.url, {
      message: receive,
      ended({ code, signal, lastWords }) {
        const how = `the embedded CSMS ended (${signal ?? `code ${code}`}) ${lastWords}`.trim()
        const reason = broken ?? how
        if (state === 'starting') reject(new Error(reason))
        if (state === 'running') died(reason)
        state = 'ended'
        ended()
      },
    })
    const stop = async (): Promise<void> => {
      if (state === 'running') state = 'stopping'
      child.send({ kind: 'stop' })
      const cancelTimer = realClock.after(stopTimeoutMs, () => child.kill())
      await over
      cancelTimer()
    }
    child.send({ kind: 'start', settings: settingsOf(plan, addresses), processes, clock })
  })
}

/** Turns processor time since the process began into shares of a core. */
class UsageLog {
  readonly samples: TargetUsage[] = []
  readonly #secondsIntoRun: () => number
  #last: { readonly second: number; readonly cpuSeconds: number } | undefined

  constructor(secondsIntoRun: () => number) {
    this.#secondsIntoRun = secondsIntoRun
  }

  add({ cpuSeconds, rssBytes }: ProcessUsage): void {
    const second = this.#secondsIntoRun()
    const last = this.#last
    this.#last = { second, cpuSeconds }
    if (!last || second <= last.second) return
    const cpuShare = (cpuSeconds - last.cpuSeconds) / (second - last.second)
    // Named by its begin: the judged window takes the intervals that lie inside it.
    this.samples.push({ second: last.second, cpuShare, rssBytes })
  }
}

function settingsOf(plan: Plan, addresses: readonly string[]): CsmsSettings {
  const { boot, heartbeatSeconds } = plan.csms
  const stations: StationSeed[] = []
  const tokens = new Map<string, Token>()
  for (const { id, password, token } of eachStation(plan.fleets)) {
    stations.push({ id, password })
    tokens.set(token.idToken, { idToken: token.idToken, status: 'Accepted' })
  }
  for (const { idToken, type, status, expiry, group } of plan.tokens) {
    tokens.set(idToken, {
      idToken,
      type,
      status,
      ...(expiry !== undefined && { expiry }),
      ...(group !== undefined && { groupId: group }),
    })
  }
  return {
    host: addresses,
    port: 0,
    stations,
    tokens: [...tokens.values()],
    unknownStations: 'reject',
    prepare: [...new Set(plan.fleets.map(({ version }) => version))],
    boot,
    heartbeatIntervalSeconds: heartbeatSeconds,
    // A run's stations answer for themselves; pings would only add to what is measured.
    pingIntervalMs: 0,
  }
}
