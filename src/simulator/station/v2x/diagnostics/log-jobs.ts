import { PlannedFailures, standardFirmwarePlan } from '../../firmware-plan.ts'
import { type LogOrder, LogUploads } from '../../log-uploads.ts'
import { Notices } from '../../notices.ts'
import { SpokenTransfers } from '../../spoken-transfers.ts'
import { because } from '../rejected.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/** Made by the first GetLog; survives reboots. */
export const logJobs = new StationPart((station) => new LogJobs(station))

/** The logs that a station uploads, and what it tells of that [2.0.1 N01]. */
class LogJobs {
  readonly #station: Station2x
  readonly #notices: Notices
  readonly #uploads: LogUploads

  constructor(station: Station2x) {
    this.#station = station
    const { services, model } = station
    this.#notices = new Notices(services)
    const plan = services.template.firmwarePlan ?? standardFirmwarePlan
    this.#uploads = new LogUploads({
      plan,
      failures: new PlannedFailures(plan),
      simulated: services.clocks.simulated,
      transfer: new SpokenTransfers(services, () =>
        model.list('OCPPCommCtrlr.FileTransferProtocols'),
      ),
      tell: (status, { requestId }, reason) => this.#tell(status, requestId, reason),
      unattended: (promise) => services.unattended(promise),
    })
  }

  /** Takes the place of an upload under way, which is told to be over [2.0.1 N01.FR.12, FR.20]. */
  take(order: LogOrder): 'Accepted' | 'AcceptedCanceled' {
    const before = this.#uploads.order
    if (before) {
      this.#station.services.afterwards(() => this.#tell('AcceptedCanceled', before.requestId))
    }
    return this.#uploads.take(order)
  }

  /** How things stand now; requestId unless nothing goes on [2.0.1 N01.FR.13]. */
  get standing(): object {
    return about(this.#uploads.status, this.#uploads.order?.requestId)
  }

  /** The CSMS is in reach again. */
  resume(): void {
    this.#notices.resume()
  }

  stop(why: string): void {
    this.#uploads.stop(why)
  }

  /** 2.1 has room for why. */
  #tell(status: string, requestId: number | undefined, reason?: string): void {
    const why = reason !== undefined && this.#station.version === 'ocpp2.1' && because(reason)
    void this.#notices.add('LogStatusNotification', { ...about(status, requestId), ...why })
  }
}

function about(status: string, requestId: number | undefined): object {
  return { status, ...(requestId !== undefined && { requestId }) }
}
