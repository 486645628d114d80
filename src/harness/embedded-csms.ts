import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClockSettings } from '../csms/clock-settings.ts'
import type { Token } from '../csms/domain/token.ts'
import type { CsmsSettings, StationSeed } from '../csms/options.ts'
import type { FromCsmsProcess, ToCsmsProcess } from '../csms/process-messages.ts'
import type { FileServerUrls } from '../ocpp/file-transfer.ts'
import { Child } from '../platform/child-process.ts'
import type { ProcessUsage } from '../platform/process-usage.ts'
import { realClock } from '../platform/real-clock.ts'
import type { TargetUsage } from '../report/run-facts.ts'
import { CsmsError, errors } from '../shared/errors.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import { eachStation } from '../simulator/scenario/station-identity.ts'
import type { Lab } from './lab.ts'

/** The embedded management system of a run, in a process of its own or in several. */
export interface EmbeddedCsms {
  /** `ws://127.0.0.1:<port>`, and further loopback addresses where one has too few ports. */
  readonly urls: readonly string[]
  readonly api: string
  /** Where it offers files; undefined where the scenario names none. */
  readonly fileServer: FileServerUrls | undefined
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
  /** Certificates, where it is to speak TLS, too. */
  readonly lab?: Lab | undefined
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
export async function startEmbeddedCsms(
  plan: Plan,
  size: EmbeddedSize,
  clock: ClockSettings,
  secondsIntoRun: () => number,
  events: EmbeddedCsmsEvents,
): Promise<EmbeddedCsms> {
  if (plan.csms.files === undefined) return start(plan, size, clock, secondsIntoRun, events)
  // What stations upload in a run is looked at in the run: nothing of it stays.
  const uploadsDir = await mkdtemp(join(tmpdir(), 'csms-uploads-'))
  const remove = () => rm(uploadsDir, { recursive: true, force: true })
  try {
    const csms = await start(plan, size, clock, secondsIntoRun, events, uploadsDir)
    return {
      ...csms,
      stop: () => csms.stop().then(remove),
      kill() {
        csms.kill()
        // It may still be writing there: what is left is the system's to clear away.
        remove().catch(() => undefined)
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

function start(
  plan: Plan,
  { processes, addresses, lab }: EmbeddedSize,
  clock: ClockSettings,
  secondsIntoRun: () => number,
  { died, faulted }: EmbeddedCsmsEvents,
  uploadsDir?: string,
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
        const { urls, port, ftpPort } = message
        const api = `http://127.0.0.1:${port}`
        const fileServer =
          uploadsDir === undefined
            ? undefined
            : {
                files: `${api}/files`,
                ftp: ftpPort === undefined ? undefined : `ftp://127.0.0.1:${ftpPort}`,
              }
        const kill = () => child.kill()
        resolve({ urls, api, fileServer, usage: usage.samples, stop, kill })
      }
    }
    const child = new Child<FromCsmsProcess, ToCsmsProcess>('csms/process', {
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
    const settings = { ...settingsOf(plan, addresses, lab), ...filesOf(plan, uploadsDir) }
    child.send({ kind: 'start', settings, processes, clock })
  })
}

function filesOf({ csms }: Plan, uploadsDir: string | undefined): Partial<CsmsSettings> {
  return csms.files === undefined ? {} : { filesDir: csms.files, uploadsDir, ftpPort: 0 }
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

function settingsOf(plan: Plan, addresses: readonly string[], lab: Lab | undefined): CsmsSettings {
  const { boot, heartbeatSeconds } = plan.csms
  const stations: StationSeed[] = []
  const tokens = new Map<string, Token>()
  for (const fleet of plan.fleets) {
    const securityProfile = fleet.security?.profile
    for (const { id, password, serial, token } of eachStation([fleet])) {
      stations.push({ id, password, serial, securityProfile })
      tokens.set(token.idToken, { idToken: token.idToken, status: 'Accepted' })
    }
  }
  for (const { idToken, type, status, expiry, group, concurrent, limit, ...more } of plan.tokens) {
    tokens.set(idToken, {
      idToken,
      type,
      status,
      ...(expiry !== undefined && { expiry }),
      ...(group !== undefined && { groupId: group }),
      ...(!concurrent && { concurrent }),
      ...(limit && { limit }),
      ...(more.balance !== undefined && { balance: more.balance }),
      ...(more.tariff !== undefined && { tariffId: more.tariff }),
      ...(more.language !== undefined && { language1: more.language }),
      ...(more.message !== undefined && { personalMessage: more.message }),
      ...(more.evses && { evseId: more.evses }),
      ...(more.additionalInfo && { additionalInfo: more.additionalInfo }),
    })
  }
  return {
    host: addresses,
    port: 0,
    stations,
    tariffsFile: plan.csms.tariffs,
    tokens: [...tokens.values()],
    unknownStations: 'reject',
    ...(lab && { security: { tls: lab.tls, tlsPort: 0 }, caDir: lab.folder }),
    prepare: [...new Set(plan.fleets.map(({ version }) => version))],
    boot,
    heartbeatIntervalSeconds: heartbeatSeconds,
    // A run's stations answer for themselves; pings would only add to what is measured.
    pingIntervalMs: 0,
  }
}
