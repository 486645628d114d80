import type { OperationMode } from '../../../../ocpp/smart-charging/power-order.ts'
import type { Evse } from '../../evse.ts'
import { changeGrid } from '../../station-grid.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

const balancing = 'V2XChargingCtrlr.LocalLoadBalancing'

/**
 * What a bidirectional station does for the grid by itself: follows its frequency and aFRR signals,
 * balances the load of its building, and tells of operation modes [2.1 Q03-Q10].
 */
class GridServices {
  readonly #station: Station2x
  /** By EVSE: the mode that its transaction was told. */
  readonly #told = new Map<number, OperationMode>()
  /** Signals on their way, to be called off. */
  readonly #signals = new Set<() => void>()

  constructor(station: Station2x) {
    this.#station = station
    const { grid, evses } = station.services
    grid.follows = (hz) => this.#isWorthIt(hz)
    for (const evse of evses) evse.onMode = () => this.#changed(evse)
    this.configured()
  }

  /** Variables of load balancing changed [2.1 Q09]. */
  configured(): void {
    const { services, model } = this.#station
    const evse = services.evses.find(({ plan }) => plan.dischargeW !== undefined)
    if (!evse) return
    const value = (instance: string) =>
      Number(model.text(`${balancing}[${instance}]`, { id: evse.id }))
    changeGrid(services, (grid) => {
      grid.balance = {
        upperW: value('UpperThreshold'),
        upperOffsetW: value('UpperOffset'),
        lowerW: value('LowerThreshold'),
        lowerOffsetW: value('LowerOffset'),
      }
    })
  }

  /** An aFRR signal holds from an instant on, wire ms [2.1 Q08.FR.10]. */
  signal(value: number, atMs: number): void {
    const { services } = this.#station
    const follow = () => {
      changeGrid(services, (grid) => {
        grid.signal = value
      })
    }
    const waitMs = atMs - services.wireMs()
    if (waitMs <= 0) {
      follow()
      return
    }
    const cancel = services.clocks.simulated.after(waitMs, () => {
      this.#signals.delete(cancel)
      follow()
    })
    this.#signals.add(cancel)
  }

  /** The mode of an EVSE, where a transaction is told of it. */
  modeAt({ order }: Evse): OperationMode {
    return order?.mode ?? 'ChargingOnly'
  }

  /** A TransactionEvent tells it anyway. */
  told(evse: Evse): void {
    this.#told.set(evse.id, this.modeAt(evse))
  }

  /** Power is cut, or the run is over. */
  suspend(): void {
    for (const cancel of this.#signals) cancel()
    this.#signals.clear()
  }

  /** [2.1 Q08.FR.07] A smaller change is not worth another setpoint. */
  #isWorthIt(hz: number): boolean {
    const { services, model } = this.#station
    const thresholds = services.evses.map(({ id }) =>
      model.integer('V2XChargingCtrlr.LocalFrequencyUpdateThreshold', { id }),
    )
    const changeMilliHz = Math.abs(hz - services.grid.followedHz) * 1000
    return changeMilliHz > Math.min(...thresholds) - 1e-6
  }

  /** [2.1 E02 OperationModeChanged] */
  #changed(evse: Evse): void {
    const { sessions, services } = this.#station
    services.afterwards(() => {
      if (!sessions.isOpen(evse) || this.#told.get(evse.id) === this.modeAt(evse)) return
      sessions.of(evse).occur({ change: {}, trigger: 'OperationModeChanged' })
    })
  }
}

export const gridServices = new StationPart((station) => new GridServices(station))
