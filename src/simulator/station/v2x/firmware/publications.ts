import type { PublishFirmwareStatusNotificationRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import { Cancel, Cancelled } from '../../../../shared/cancel.ts'
import { sleep } from '../../../../shared/waiting.ts'
import {
  type FirmwarePlan,
  PlannedFailures,
  plannedFailure,
  standardFirmwarePlan,
} from '../../firmware-plan.ts'
import { Notices } from '../../notices.ts'
import { SpokenTransfers } from '../../spoken-transfers.ts'
import { because } from '../rejected.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

type Report = PublishFirmwareStatusNotificationRequest

/** How far it came, and of a failure: why, in one sentence without a full stop. */
interface Step extends Pick<Report, 'status' | 'location'> {
  readonly reason?: string
}

/** What a local controller is to publish. */
interface PublicationOrder {
  readonly requestId: number
  readonly location: string
  /** MD5 over the whole file, in hexadecimal. */
  readonly checksum: string
  readonly retries: number | undefined
  /** Seconds. */
  readonly retryInterval: number | undefined
}

interface Job {
  readonly order: PublicationOrder
  readonly cancel: Cancel
}

/**
 * The firmware that a local controller offers to the stations behind it: fetched, checked, published,
 * and taken back [2.0.1 L03, L04]. A power loss ends what is under way; what is published stays.
 */
class Publications {
  readonly #station: Station2x
  readonly #plan: FirmwarePlan
  readonly #failures: PlannedFailures
  readonly #transfer: SpokenTransfers
  readonly #notices: Notices
  /** Names by checksum. */
  readonly #published = new Map<string, string>()
  #job: Job | undefined
  #last: Report | undefined

  constructor(station: Station2x) {
    this.#station = station
    const { services, model } = station
    this.#plan = services.template.firmwarePlan ?? standardFirmwarePlan
    this.#failures = new PlannedFailures(this.#plan)
    this.#notices = new Notices(services)
    this.#transfer = new SpokenTransfers(services, () =>
      model.list('OCPPCommCtrlr.FileTransferProtocols'),
    )
  }

  /** What was told last; Idle after Published [L03.FR.10, FR.11]. */
  get standing(): Report {
    return !this.#last || this.#last.status === 'Published' ? { status: 'Idle' } : this.#last
  }

  /** False: another one is under way. */
  take(order: PublicationOrder): boolean {
    if (this.#job) return false
    const job: Job = { order, cancel: new Cancel() }
    this.#job = job
    this.#station.services.unattended(this.#run(job))
    return true
  }

  /** [L04] */
  withdraw(checksum: string): 'DownloadOngoing' | 'NoFirmware' | 'Unpublished' {
    const key = checksum.toLowerCase()
    if (this.#job?.order.checksum.toLowerCase() === key) return 'DownloadOngoing'
    const name = this.#published.get(key)
    if (name === undefined) return 'NoFirmware'
    if (this.#station.services.publisher?.withdraw(name) === 'busy') return 'DownloadOngoing'
    this.#published.delete(key)
    return 'Unpublished'
  }

  /** The CSMS is in reach again. */
  resume(): void {
    this.#notices.resume()
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
      const report = await this.#publish(job)
      this.#job = undefined
      this.#tell(job, report)
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
    }
  }

  async #publish(job: Job): Promise<Step> {
    const { publisher, crypto, id } = this.#station.services
    const { location, checksum } = job.order
    const content = await this.#download(job)
    if (typeof content === 'string') return { status: 'DownloadFailed', reason: content }
    this.#tell(job, { status: 'Downloaded' })
    const md5 = crypto?.md5(content)
    if (md5 !== checksum.toLowerCase()) {
      return { status: 'InvalidChecksum', reason: `the MD5 of the file is ${md5}` }
    }
    this.#tell(job, { status: 'ChecksumVerified' })
    const name = `${id}/${checksum.toLowerCase()}/${fileName(location)}`
    const urls = (await publisher?.publish(name, content)) ?? []
    job.cancel.throwIfCancelled()
    if (urls.length === 0) return { status: 'PublishFailed', reason: 'no server offers the file' }
    this.#published.set(checksum.toLowerCase(), name)
    return { status: 'Published', location: [...urls] }
  }

  /** The content, or why there is none after the last attempt. */
  async #download(job: Job): Promise<Uint8Array | string> {
    const { order, cancel } = job
    const { simulated } = this.#station.services.clocks
    const attempts = this.#failures.attempts(order.retries)
    for (let attempt = 1; ; attempt += 1) {
      this.#tell(job, { status: 'Downloading' })
      const [outcome] = await Promise.all([
        this.#transfer.download(order.location, cancel),
        sleep(simulated, this.#plan.downloadMs, cancel),
      ])
      cancel.throwIfCancelled()
      if (outcome.kind === 'done' && !this.#failures.take('download')) return outcome.content
      if (attempt === attempts) return outcome.kind === 'done' ? plannedFailure : outcome.reason
      this.#tell(job, { status: 'DownloadPaused' })
      await sleep(simulated, this.#failures.retryIntervalMs(order.retryInterval), cancel)
    }
  }

  #tell({ order: { requestId } }: Job, { reason, ...what }: Step): void {
    const why = reason !== undefined && this.#station.version === 'ocpp2.1' && because(reason)
    this.#last = { ...what, requestId, ...why }
    void this.#notices.add('PublishFirmwareStatusNotification', this.#last)
  }
}

/** The last part of a location, harmless in a URL. */
function fileName(location: string): string {
  const path = location.split(/[?#]/)[0] ?? ''
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._-]+/g, '_')
  return file || 'firmware'
}

export const publications = new StationPart((station) => new Publications(station))
