import type { FromCsmsProcess, ToCsmsProcess } from '../csms/process-messages.ts'
import { BoundedSamples, meanOver } from '../metrics/bounded-samples.ts'
import type { FileServerUrls } from '../ocpp/file-transfer.ts'
import { Child, type ChildEnd } from '../platform/child-process.ts'
import type { ProcessUsage } from '../platform/process-usage.ts'
import { realClock } from '../platform/real-clock.ts'
import type { TargetUsage } from '../report/run-facts.ts'
import { CsmsError, errors } from '../shared/errors.ts'

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

export interface EmbeddedCsmsEvents {
  /** It ended before it was told to. */
  died(reason: string): void
  /** It did something wrong itself. */
  faulted(what: string): void
}

/** How long it may take to close its connections and end. */
const stopTimeoutMs = 10_000

type Message<Kind> = Extract<FromCsmsProcess, { readonly kind: Kind }>

/** The process of an embedded management system, from its start to its end. */
export class EmbeddedProcess {
  readonly #child: Child<FromCsmsProcess, ToCsmsProcess>
  readonly #events: EmbeddedCsmsEvents
  readonly #hasFiles: boolean
  readonly #usage: UsageLog
  readonly #over: Promise<void>
  #ended: () => void = () => undefined
  #resolve: (csms: EmbeddedCsms) => void = () => undefined
  #reject: (error: Error) => void = () => undefined
  #state: 'starting' | 'running' | 'stopping' | 'ended' = 'starting'
  /** What it said itself of why it ends. */
  #broken: string | undefined

  /** @param hasFiles it offers files */
  constructor(secondsIntoRun: () => number, events: EmbeddedCsmsEvents, hasFiles: boolean) {
    this.#events = events
    this.#hasFiles = hasFiles
    this.#usage = new UsageLog(secondsIntoRun)
    this.#over = new Promise((resolve) => {
      this.#ended = resolve
    })
    this.#child = new Child('csms/process', {
      message: (message) => this.#receive(message),
      ended: (end) => this.#end(end),
    })
  }

  /** Resolves when it listens; rejects with why it does not. */
  start(message: Extract<ToCsmsProcess, { readonly kind: 'start' }>): Promise<EmbeddedCsms> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      this.#child.send(message)
    })
  }

  #receive(message: FromCsmsProcess): void {
    switch (message.kind) {
      case 'failed':
        this.#reject(new CsmsError(message.code, errors[message.code].exit, message.message))
        break
      case 'usage':
        this.#usage.add(message)
        break
      case 'broken':
        this.#broken = message.reason
        break
      case 'stopped':
        this.#told(message)
        break
      case 'listening':
        this.#state = 'running'
        this.#resolve(this.#asCsms(message))
        break
      case 'event':
      // Nobody asked for them.
    }
  }

  #told({ counters: { handlerFailures } }: Message<'stopped'>): void {
    if (handlerFailures === 0) return
    this.#events.faulted(`the embedded CSMS failed to handle ${handlerFailures} requests`)
  }

  #asCsms({ urls, port, ftpPort }: Message<'listening'>): EmbeddedCsms {
    const api = `http://127.0.0.1:${port}`
    const ftp = ftpPort === undefined ? undefined : `ftp://127.0.0.1:${ftpPort}`
    return {
      urls,
      api,
      fileServer: this.#hasFiles ? { files: `${api}/files`, ftp } : undefined,
      usage: this.#usage.samples,
      stop: () => this.#stop(),
      kill: () => this.#child.kill(),
    }
  }

  #end({ code, signal, lastWords }: ChildEnd): void {
    const how = `the embedded CSMS ended (${signal ?? `code ${code}`}) ${lastWords}`.trim()
    const reason = this.#broken ?? how
    if (this.#state === 'starting') this.#reject(new Error(reason))
    if (this.#state === 'running') this.#events.died(reason)
    this.#state = 'ended'
    this.#ended()
  }

  async #stop(): Promise<void> {
    if (this.#state === 'running') this.#state = 'stopping'
    this.#child.send({ kind: 'stop' })
    const cancelTimer = realClock.after(stopTimeoutMs, () => this.#child.kill())
    await this.#over
    cancelTimer()
  }
}

/** Turns processor time since the process began into shares of a core. */
class UsageLog {
  readonly #samples = new BoundedSamples<TargetUsage>((pair) => ({
    ...pair[0],
    cpuShare: meanOver(pair, ({ cpuShare }) => cpuShare) ?? 0,
    rssBytes: Math.max(...pair.map(({ rssBytes }) => rssBytes)),
  }))
  readonly #secondsIntoRun: () => number
  #last: { readonly second: number; readonly cpuSeconds: number } | undefined

  constructor(secondsIntoRun: () => number) {
    this.#secondsIntoRun = secondsIntoRun
  }

  /** The same list for good. */
  get samples(): readonly TargetUsage[] {
    return this.#samples.list
  }

  add({ cpuSeconds, rssBytes }: ProcessUsage): void {
    const second = this.#secondsIntoRun()
    const last = this.#last
    this.#last = { second, cpuSeconds }
    if (!last || second <= last.second) return
    const cpuShare = (cpuSeconds - last.cpuSeconds) / (second - last.second)
    // Named by its begin: the judged window takes the intervals that lie inside it.
    this.#samples.add({ second: last.second, cpuShare, rssBytes })
  }
}
