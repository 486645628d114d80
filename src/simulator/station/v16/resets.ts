import type { CancelTimer } from '../../../shared/clock.ts'
import type { StationServices } from '../behaviour.ts'
import type { Configuration } from './configuration.ts'
import type { StatusReports } from './status-reports.ts'
import type { Transactions } from './transactions.ts'

export type ResetType = 'Soft' | 'Hard'

/** Simulated ms until a reset that failed is tried again. */
const retryMs = 2000

/**
 * Resets that the CSMS asked for. Soft: transactions are stopped and told before the reboot. Hard: at
 * once; what was interrupted is told after it, reason HardReset. A station with the fault
 * ResetFailure cannot reset: it says so again, and tries ResetRetries times more [1.6 5.14, 9.1.22].
 */
export class Resets {
  readonly #station: StationServices
  readonly #configuration: Configuration
  readonly #transactions: Transactions
  readonly #statuses: StatusReports
  #retry: CancelTimer | undefined

  constructor(
    station: StationServices,
    configuration: Configuration,
    transactions: Transactions,
    statuses: StatusReports,
  ) {
    this.#station = station
    this.#configuration = configuration
    this.#transactions = transactions
    this.#statuses = statuses
  }

  begin(type: ResetType): void {
    this.cancel()
    this.#attempt(type, this.#configuration.number('ResetRetries'))
  }

  /** Power is gone, or the run is over. */
  cancel(): void {
    this.#retry?.()
    this.#retry = undefined
  }

  #attempt(type: ResetType, retries: number): void {
    const broken = this.#station.evses.find(({ fault }) => fault?.code === 'ResetFailure')
    if (!broken) {
      if (type === 'Hard') this.#station.reboot('remoteReset')
      else this.#station.unattended(this.#soft())
      return
    }
    this.#statuses.trigger(broken.connectorId)
    if (retries <= 0) return
    this.#retry = this.#station.clocks.simulated.after(retryMs, () => {
      this.#retry = undefined
      this.#attempt(type, retries - 1)
    })
  }

  async #soft(): Promise<void> {
    const { evses } = this.#station
    const open = evses.filter((evse) => this.#transactions.open(evse))
    await Promise.all(open.map((evse) => this.#station.stopEnergy(evse, { cause: 'softReset' })))
    this.#station.reboot('remoteReset')
  }
}
