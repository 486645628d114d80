import type {
  ConnectorStatusEnumType,
  StatusNotificationRequest,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { StepResult } from '../../../steps/actor.ts'
import type { SendOptions, StationServices } from '../../behaviour.ts'
import type { Evse } from '../../evse.ts'
import { done, resultOf } from '../../step-result.ts'
import type { Sessions } from '../transactions/sessions.ts'

/** Tells the CSMS of the connectors, each with a StatusNotification [2.0.1 G01]. */
export class Connectors {
  readonly #station: StationServices
  readonly #sessions: Sessions
  /** By EVSE and connector: what the CSMS was told last. */
  #told: Map<string, ConnectorStatusEnumType> | undefined

  constructor(station: StationServices, sessions: Sessions) {
    this.#station = station
    this.#sessions = sessions
  }

  /**
   * A connector that was made inoperative during a transaction stays Occupied until the end
   * [2.0.1 G03].
   */
  status(evse: Evse, connector: number): ConnectorStatusEnumType {
    if (evse.fault) return 'Faulted'
    const inUse = evse.cable === connector
    const usable = this.#station.memory.usable(evse.id, connector)
    if (!usable && !(inUse && this.#sessions.isOpen(evse))) return 'Unavailable'
    return inUse ? 'Occupied' : 'Available'
  }

  /** All connectors of the station [2.0.1 B01.FR.05, B04]. */
  reportAll(): void {
    for (const evse of this.#station.evses) {
      for (let connector = 1; connector <= evse.connectors; connector += 1) {
        this.#station.unattended(this.report(evse, connector))
      }
    }
  }

  /** Those whose status the CSMS does not know yet, of one EVSE or of the whole station. */
  reportChanged(evses: readonly Evse[] = this.#station.evses): Promise<StepResult> {
    const results: Promise<StepResult>[] = []
    for (const evse of evses) {
      for (let connector = 1; connector <= evse.connectors; connector += 1) {
        if (this.#told?.get(keyOf(evse, connector)) !== this.status(evse, connector)) {
          results.push(this.report(evse, connector))
        }
      }
    }
    return Promise.all(results).then((all) => all.find((result) => !result.ok) ?? all[0] ?? done)
  }

  /** Offline nothing is sent: what changed is told after the reconnect. */
  report(evse: Evse, connector: number, options?: SendOptions): Promise<StepResult> {
    if (!this.#station.online && !options?.triggered) return Promise.resolve(done)
    const payload = this.notification(evse, connector)
    const key = keyOf(evse, connector)
    this.#told ??= new Map()
    this.#told.set(key, payload.connectorStatus)
    return this.#station.request('StatusNotification', payload, options).then((outcome) => {
      if (outcome.kind !== 'result') this.#told?.delete(key)
      return resultOf('StatusNotification', outcome)
    })
  }

  /** A reboot: the CSMS is told everything anew. */
  forget(): void {
    this.#told = undefined
  }

  notification(evse: Evse, connector: number): StatusNotificationRequest {
    return {
      timestamp: this.#station.wireTime(),
      connectorStatus: this.status(evse, connector),
      evseId: evse.id,
      connectorId: connector,
    }
  }
}

function keyOf(evse: Evse, connector: number): string {
  return `${evse.id}.${connector}`
}
