import type { FileTransfer, TransferFailure } from '../../ocpp/file-transfer.ts'
import { Cancel, Cancelled } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'
import { sleep } from '../../shared/waiting.ts'
import { type FirmwarePlan, type PlannedFailures, plannedFailure } from './firmware-plan.ts'

/** Where an upload stands [1.6 SWP UploadLogStatusEnumType] [2.0.1 UploadLogStatusEnumType]. */
export type LogStatus =
  | 'Idle'
  | 'Uploading'
  | 'Uploaded'
  | 'BadMessage'
  | 'NotSupportedOperation'
  | 'PermissionDenied'
  | 'UploadFailure'

/** What is to be uploaded and where to, whatever the version and the kind of log. */
export interface LogOrder {
  /** The folder it goes into, or the file. */
  readonly location: string
  readonly fileName: string
  readonly content: string
  /** As the CSMS says it. */
  readonly retries: number | undefined
  /** Seconds, as the CSMS says it. */
  readonly retryInterval: number | undefined
  readonly requestId: number | undefined
}

/** What an upload needs of its station. */
export interface LogHost {
  readonly plan: FirmwarePlan
  readonly failures: PlannedFailures
  readonly simulated: Clock
  readonly transfer: FileTransfer
  /** Tells the CSMS, now or when it is in reach. @param reason of a failure, for people */
  tell(status: LogStatus, order: LogOrder, reason?: string): void
  unattended(promise: Promise<unknown>): void
}

interface Job {
  readonly order: LogOrder
  readonly cancel: Cancel
}

/** How an upload ended. */
interface End {
  readonly status: LogStatus
  /** Of a failure. */
  readonly reason?: string
}

/** What no further attempt makes good. */
const hopeless: Readonly<Record<TransferFailure, LogStatus | undefined>> = {
  badLocation: 'BadMessage',
  unsupported: 'NotSupportedOperation',
  denied: 'PermissionDenied',
  notFound: undefined,
  tooLarge: undefined,
  failed: undefined,
}

/**
 * Delivers logs of one station, one at a time, of any version [1.6 5.9, SWP N01] [2.0.1 N01]. A
 * power loss ends an upload: what was asked for is then no more.
 */
export class LogUploads {
  readonly #host: LogHost
  #job: Job | undefined

  constructor(host: LogHost) {
    this.#host = host
  }

  /** Idle unless an upload is under way [1.6 4.4]. */
  get status(): LogStatus {
    return this.#job ? 'Uploading' : 'Idle'
  }

  get order(): LogOrder | undefined {
    return this.#job?.order
  }

  /** Takes the place of an upload under way [1.6 SWP N01]. */
  take(order: LogOrder): 'Accepted' | 'AcceptedCanceled' {
    const before = this.#job
    this.stop('another upload took its place')
    const job: Job = { order, cancel: new Cancel() }
    this.#job = job
    this.#host.unattended(this.#run(job))
    return before ? 'AcceptedCanceled' : 'Accepted'
  }

  stop(why: string): void {
    const job = this.#job
    this.#job = undefined
    job?.cancel.cancel(why)
  }

  async #run(job: Job): Promise<void> {
    try {
      // The answer to the order goes first.
      await Promise.resolve()
      this.#host.tell('Uploading', job.order)
      const { status, reason } = await this.#upload(job)
      this.#job = undefined
      this.#host.tell(status, job.order, reason)
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
    }
  }

  async #upload({ order, cancel }: Job): Promise<End> {
    const { failures, plan, simulated, transfer } = this.#host
    const attempts = failures.attempts(order.retries)
    for (let attempt = 1; ; attempt += 1) {
      let reason = plannedFailure
      await sleep(simulated, plan.uploadMs, cancel)
      if (!failures.take('upload')) {
        const { location, fileName, content } = order
        const outcome = await transfer.upload(location, fileName, content, cancel)
        cancel.throwIfCancelled()
        if (outcome.kind === 'done') return { status: 'Uploaded' }
        reason = outcome.reason
        const status = hopeless[outcome.failure]
        if (status) return { status, reason }
      }
      if (attempt === attempts) return { status: 'UploadFailure', reason }
      await sleep(simulated, failures.retryIntervalMs(order.retryInterval), cancel)
    }
  }
}
