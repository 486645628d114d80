import type { FileTransfer } from '../../ocpp/file-transfer.ts'
import { Cancel, Cancelled } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'
import { sleep } from '../../shared/waiting.ts'
import { type FirmwarePlan, type PlannedFailures, plannedFailure } from './firmware-plan.ts'
import { versionOf } from './firmware-version.ts'

/** Where an update stands [1.6 SWP FirmwareStatusEnumType] [2.0.1 FirmwareStatusEnumType]. */
export type FirmwareStatus =
  | 'Idle'
  | 'DownloadScheduled'
  | 'Downloading'
  | 'DownloadPaused'
  | 'Downloaded'
  | 'DownloadFailed'
  | 'SignatureVerified'
  | 'InvalidSignature'
  | 'InstallScheduled'
  | 'Installing'
  | 'InstallRebooting'
  | 'InstallVerificationFailed'
  | 'InstallationFailed'
  | 'Installed'

/** What proves an image [2.0.1 L01]; 1.6 with its security extension has the same. */
export interface FirmwareSignature {
  /** PEM. */
  readonly certificate: string
  /** Base64. */
  readonly signature: string
}

/** An update as the CSMS wants it, whatever the version. */
export interface FirmwareOrder {
  readonly location: string
  /** Wire ms. */
  readonly retrieveAtMs: number
  /** Wire ms; undefined: as soon as it may be. */
  readonly installAtMs: number | undefined
  /** As the CSMS says it. */
  readonly retries: number | undefined
  /** Seconds, as the CSMS says it. */
  readonly retryInterval: number | undefined
  readonly requestId: number | undefined
  /** Undefined: an update that nobody signed. */
  readonly signature: FirmwareSignature | undefined
}

/** A status, and of which update. */
export interface FirmwareReport {
  readonly status: FirmwareStatus
  readonly order: FirmwareOrder
  /** Of a failure: why, in one sentence without a full stop. */
  readonly reason?: string | undefined
}

/** How far an update came. */
type Failure = Pick<FirmwareReport, 'status' | 'reason'>

/** What an update needs of its station. */
export interface FirmwareHost {
  readonly plan: FirmwarePlan
  readonly failures: PlannedFailures
  readonly simulated: Clock
  readonly transfer: FileTransfer
  wireMs(): number
  /** A transaction is open somewhere. */
  busy(): boolean
  /** Whether the signature is that of this content. */
  verify(content: Uint8Array, signature: FirmwareSignature): boolean
  /** Tells the CSMS, now or when it is in reach; resolves when it heard, or is out of reach. */
  tell(report: FirmwareReport): Promise<void>
  /** Connectors without a transaction are unavailable while firmware waits for its turn. */
  maintenance(on: boolean): void
  /** As `maintenance(false)` of a station that goes down: there is nobody to tell. */
  maintenanceForgotten(): void
  /** The new firmware runs after the reboot that follows. */
  installed(version: string): void
  reboot(): void
  unattended(promise: Promise<unknown>): void
  /** Resolves when the answer to the order is written. */
  answered(): Promise<void>
}

interface Job {
  readonly order: FirmwareOrder
  readonly cancel: Cancel
  /** From here on it cannot be called off. */
  installing: boolean
}

/**
 * Firmware updates of one station, of any version: waits for the retrieve date, downloads with
 * retries, checks the signature, waits for transactions to end, installs, reboots [1.6 5.19, SWP
 * L01] [2.0.1 L01, L02]. Survives reboots: what a power loss interrupted begins anew.
 */
export class FirmwareUpdates {
  readonly #host: FirmwareHost
  #job: Job | undefined
  #status: FirmwareStatus = 'Idle'
  /** Waits for an installation to be over. */
  #next: FirmwareOrder | undefined
  /** Interrupted by a power loss. */
  #interrupted: FirmwareOrder | undefined
  /** Installed, and the CSMS does not know yet. */
  #installed: FirmwareOrder | undefined
  #last: FirmwareReport | undefined
  /** Wakes up what waits for transactions to end. */
  #idle: (() => void) | undefined

  constructor(host: FirmwareHost) {
    this.#host = host
  }

  /** Idle unless an update is under way [1.6 4.5]. */
  get status(): FirmwareStatus {
    return this.#job ? this.#status : 'Idle'
  }

  /** What was told last, unless that is Installed [1.6 SWP L01.FR.28, L01.FR.29]. */
  get last(): FirmwareReport | undefined {
    return this.#last?.status === 'Installed' ? undefined : this.#last
  }

  /** Takes the place of an update under way, unless that is being installed [1.6 SWP L01]. */
  take(order: FirmwareOrder): 'Accepted' | 'AcceptedCanceled' | 'Rejected' {
    const job = this.#job
    if (job?.installing) return 'Rejected'
    this.#callOff(job, 'another update took its place')
    this.#host.maintenance(false)
    this.#begin(order)
    return job ? 'AcceptedCanceled' : 'Accepted'
  }

  /** As `take` where an answer cannot reject: it waits for an installation to be over. */
  queue(order: FirmwareOrder): void {
    if (this.take(order) === 'Rejected') this.#next = order
  }

  /** A transaction ended. */
  sessionEnded(): void {
    if (!this.#host.busy()) this.#idle?.()
  }

  powerLost(): void {
    const job = this.#job
    if (!job) return
    // Installed already: the reboot that was to come is this one.
    if (this.#installed !== job.order) this.#interrupted = job.order
    this.#callOff(job, 'the power is gone')
    this.#host.maintenanceForgotten()
  }

  /** A boot was accepted. */
  booted(): void {
    const installed = this.#installed
    this.#installed = undefined
    if (installed) void this.#report({ status: 'Installed', order: installed })
    const order = this.#next ?? this.#interrupted
    this.#next = undefined
    this.#interrupted = undefined
    if (order) this.#begin(order)
  }

  /** The run is over. */
  stop(): void {
    this.#callOff(this.#job, 'the run is over')
    this.#host.maintenanceForgotten()
  }

  #begin(order: FirmwareOrder): void {
    const job: Job = { order, cancel: new Cancel(), installing: false }
    this.#job = job
    this.#host.unattended(this.#run(job))
  }

  #callOff(job: Job | undefined, why: string): void {
    if (!job) return
    this.#job = undefined
    job.cancel.cancel(why)
  }

  async #run(job: Job): Promise<void> {
    try {
      const failure = await this.#prepare(job)
      if (failure) this.#over(job, failure)
      else await this.#install(job)
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
    }
  }

  /** Up to firmware that may be installed, or why that is not so. */
  async #prepare(job: Job): Promise<Failure | undefined> {
    const { order } = job
    await this.#host.answered()
    job.cancel.throwIfCancelled()
    await this.#until(order.retrieveAtMs, 'DownloadScheduled', job)
    const content = await this.#download(job)
    if (typeof content === 'string') return { status: 'DownloadFailed', reason: content }
    this.#tell(job, 'Downloaded')
    if (order.signature) {
      if (!this.#host.verify(content, order.signature)) {
        return { status: 'InvalidSignature', reason: 'the signature is not that of this file' }
      }
      this.#tell(job, 'SignatureVerified')
    }
    await this.#until(order.installAtMs, 'InstallScheduled', job)
    const reason = content.length === 0 ? 'the file is empty' : this.#planned('verification')
    return reason === undefined ? undefined : { status: 'InstallVerificationFailed', reason }
  }

  /** Why the next attempt fails; undefined: it does not. */
  #planned(what: 'verification' | 'install'): string | undefined {
    return this.#host.failures.take(what) ? plannedFailure : undefined
  }

  /** The content, or why there is none after the last attempt [1.6 5.19: retries, retryInterval]. */
  async #download(job: Job): Promise<Uint8Array | string> {
    const { failures, transfer, simulated, plan } = this.#host
    const { order, cancel } = job
    const attempts = failures.attempts(order.retries)
    for (let attempt = 1; ; attempt += 1) {
      this.#tell(job, 'Downloading')
      const [outcome] = await Promise.all([
        transfer.download(order.location, cancel),
        sleep(simulated, plan.downloadMs, cancel),
      ])
      cancel.throwIfCancelled()
      if (outcome.kind === 'done' && !failures.take('download')) return outcome.content
      if (attempt === attempts) return outcome.kind === 'done' ? plannedFailure : outcome.reason
      this.#tell(job, 'DownloadPaused')
      await sleep(simulated, failures.retryIntervalMs(order.retryInterval), cancel)
    }
  }

  /** Not while somebody charges; who comes now does not charge here [1.6 5.19]. */
  async #install(job: Job): Promise<void> {
    const host = this.#host
    const { order, cancel } = job
    host.maintenance(true)
    if (host.busy()) {
      this.#tell(job, 'InstallScheduled')
      await this.#untilIdle(cancel)
    }
    job.installing = true
    this.#tell(job, 'Installing')
    await sleep(host.simulated, host.plan.installMs, cancel)
    const reason = this.#planned('install')
    if (reason !== undefined) {
      this.#over(job, { status: 'InstallationFailed', reason })
      return
    }
    host.installed(host.plan.nextVersion ?? versionOf(order.location))
    this.#installed = order
    this.#status = 'InstallRebooting'
    await this.#report({ status: 'InstallRebooting', order })
    cancel.throwIfCancelled()
    // What the reboot interrupts is over. Nobody is told that connectors are free until it is back.
    this.#job = undefined
    host.reboot()
    host.maintenance(false)
  }

  #over(job: Job, failure: Failure): void {
    this.#job = undefined
    this.#host.maintenance(false)
    void this.#report({ ...failure, order: job.order })
    const next = this.#next
    this.#next = undefined
    if (next) this.#begin(next)
  }

  #tell(job: Job, status: FirmwareStatus): void {
    this.#status = status
    void this.#report({ status, order: job.order })
  }

  #report(report: FirmwareReport): Promise<void> {
    this.#last = report
    return this.#host.tell(report)
  }

  /** Until an instant of the wire clock, which may be corrected meanwhile. */
  async #until(atMs: number | undefined, status: FirmwareStatus, job: Job): Promise<void> {
    if (atMs === undefined || atMs <= this.#host.wireMs()) return
    this.#tell(job, status)
    for (let left = atMs - this.#host.wireMs(); left > 0; left = atMs - this.#host.wireMs()) {
      await sleep(this.#host.simulated, left, job.cancel)
    }
  }

  #untilIdle(cancel: Cancel): Promise<void> {
    return new Promise((resolve, reject) => {
      const forget = cancel.onCancel((reason) => reject(new Cancelled(reason)))
      this.#idle = () => {
        this.#idle = undefined
        forget()
        resolve()
      }
    })
  }
}
