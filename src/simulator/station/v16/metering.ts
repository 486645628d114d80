import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { StepResult } from '../../steps/actor.ts'
import type { StationServices } from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import { attempt, done, resultOf } from '../step-result.ts'
import type { MeterValue } from './measurands.ts'
import type { MeterReadings } from './meter-readings.ts'
import type { MeterPlace } from './transaction-messages.ts'
import type { Transactions } from './transactions.ts'

/** Connector 0 with the main meter, without a transaction [1.6 4.7, errata 3.16]. */
const mainPlace: MeterPlace = { connectorId: 0, wireId: undefined }

/**
 * MeterValues of one 1.6 station. Those that its settings make periodic or clock-aligned are
 * transaction-related: they wait in the queue while it is offline, without a transaction, too
 * [1.6 3.7].
 */
export class Metering {
  readonly #station: StationServices
  readonly #readings: MeterReadings
  readonly #transactions: Transactions

  constructor(station: StationServices, readings: MeterReadings, transactions: Transactions) {
    this.#station = station
    this.#readings = readings
    this.#transactions = transactions
  }

  /** In a transaction, every MeterValueSampleInterval. */
  async periodic(evse: Evse): Promise<StepResult> {
    const transaction = this.#transactions.open(evse)
    if (!transaction) return done
    this.#transactions.keepPeriodic(transaction)
    const values = this.#readings.take(evse, 'MeterValuesSampledData', 'Sample.Periodic')
    return this.#queue(transaction, values)
  }

  /** At every instant of ClockAlignedDataInterval, whatever goes on; of the main meter with EVSE 1. */
  async aligned(evse: Evse): Promise<StepResult> {
    const transaction = this.#transactions.open(evse)
    if (transaction) this.#transactions.keepAligned(transaction)
    if (evse.id === 1 && this.hasMain) {
      const main = this.#readings.takeMain('MeterValuesAlignedData', 'Sample.Clock')
      this.#station.unattended(this.#queue(mainPlace, main))
    }
    const values = this.#readings.take(evse, 'MeterValuesAlignedData', 'Sample.Clock')
    return this.#queue(transaction ?? idlePlace(evse), values)
  }

  /** Now, by the CSMS's wish. @param evse undefined: the main meter [1.6 5.17, errata 3.46] */
  async triggered(evse: Evse | undefined): Promise<StepResult> {
    evse?.advance()
    const values = evse
      ? this.#readings.take(evse, 'MeterValuesSampledData', 'Trigger')
      : this.#readings.takeMain('MeterValuesSampledData', 'Trigger')
    if (values.length === 0) return done
    const transaction = evse && this.#transactions.open(evse)
    if (transaction) return this.#queue(transaction, values)
    const { connectorId } = evse ?? mainPlace
    const request: RequestOf<Actions16, 'MeterValues'> = { connectorId, meterValue: [...values] }
    const outcome = await this.#station.request('MeterValues', request, { triggered: true })
    return resultOf('MeterValues', outcome)
  }

  /** There is a meter behind all connectors. */
  get hasMain(): boolean {
    return this.#station.template.meter?.main ?? false
  }

  async #queue(place: MeterPlace, values: readonly MeterValue[]): Promise<StepResult> {
    if (values.length === 0) return done
    return attempt('MeterValues', (attempted) => this.#transactions.meter(place, values, attempted))
  }
}

function idlePlace({ connectorId }: Evse): MeterPlace {
  return { connectorId, wireId: undefined }
}
