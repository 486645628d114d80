import type {
  ConnectorStatusEnumType,
  StatusNotificationRequest,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { StepResult } from '../../../steps/actor.ts'
import type { SendOptions } from '../../behaviour.ts'
import type { Evse } from '../../evse.ts'
import { done, resultOf } from '../../step-result.ts'
import { stationReservations } from '../reservation/station-reservations.ts'
import type { Station2x } from '../station-2x.ts'
import { availabilityEvent } from './availability-event.ts'

/** A connector where it is. */
interface Plug {
  readonly evse: Evse
  readonly connector: number
}

/**
 * Tells the CSMS of the connectors: with a StatusNotification each, or all that changed at once with
 * a NotifyEvent [2.0.1 G01].
 */
export class Connectors {
  readonly #station: Station2x
  /** By EVSE and connector: what the CSMS was told last. */
  #told: Map<string, ConnectorStatusEnumType> | undefined

  constructor(station: Station2x) {
    this.#station = station
  }

  /** Somebody may begin there: at the connector with the cable, or at any while none is in. */
  inService(evse: Evse): boolean {
    if (evse.fault) return false
    const { memory } = this.#station.services
    return connectorsInUse(evse).some((connector) => memory.usable(evse.id, connector))
  }

  /**
   * A connector that was made inoperative during a transaction goes out of service with its end
   * [2.0.1 G03]. What is reserved stays Reserved with a cable in it, as long as nobody presents a
   * token that matches [2.0.1 G01.FR.09].
   */
  status(evse: Evse, connector: number): ConnectorStatusEnumType {
    if (evse.fault) return evse.fault.connector === connector ? 'Faulted' : 'Unavailable'
    const usable = this.#station.services.memory.usable(evse.id, connector)
    if (!usable && !this.#inSession(evse, connector)) return 'Unavailable'
    const inUse = (evse.cable ?? evse.leftCable) === connector
    const reservations = stationReservations.existing(this.#station)
    if (reservations?.book.reserved(evse, connector)) return 'Reserved'
    return inUse ? 'Occupied' : 'Available'
  }

  /** All connectors of the station [2.0.1 B01.FR.05, B04]. */
  reportAll(): void {
    this.#station.services.unattended(this.#tell(plugsOf(this.#station.services.evses)))
  }

  /** Those whose status the CSMS does not know yet, of one EVSE or of the whole station. */
  reportChanged(evses: readonly Evse[] = this.#station.services.evses): Promise<StepResult> {
    const changed = plugsOf(evses).filter(
      ({ evse, connector }) =>
        this.#told?.get(keyOf(evse, connector)) !== this.status(evse, connector),
    )
    return this.#tell(changed)
  }

  /** Offline nothing is sent: what changed is told after the reconnect. */
  report(evse: Evse, connector: number, options?: SendOptions): Promise<StepResult> {
    const { services } = this.#station
    if (!services.online && !options?.triggered) return Promise.resolve(done)
    const payload = this.notification(evse, connector)
    this.#note({ evse, connector })
    return services.request('StatusNotification', payload, options).then((outcome) => {
      if (outcome.kind !== 'result') this.#told?.delete(keyOf(evse, connector))
      return resultOf('StatusNotification', outcome)
    })
  }

  /** The same as one NotifyEvent [2.1 G01]. */
  notify(plugs: readonly Plug[], options?: SendOptions): Promise<StepResult> {
    const { services } = this.#station
    const timestamp = services.wireTime()
    const eventData = plugs.map(({ evse, connector }) =>
      availabilityEvent({
        eventId: this.#station.nextEventId(),
        timestamp,
        at: { id: evse.id, connectorId: connector },
        state: this.status(evse, connector),
      }),
    )
    for (const plug of plugs) this.#note(plug)
    const payload = { generatedAt: timestamp, seqNo: 0, eventData }
    return services.request('NotifyEvent', payload, options).then((outcome) => {
      if (outcome.kind !== 'result') {
        for (const { evse, connector } of plugs) this.#told?.delete(keyOf(evse, connector))
      }
      return resultOf('NotifyEvent', outcome)
    })
  }

  /** A reboot: the CSMS is told everything anew. */
  forget(): void {
    this.#told = undefined
  }

  notification(evse: Evse, connector: number): StatusNotificationRequest {
    return {
      timestamp: this.#station.services.wireTime(),
      connectorStatus: this.status(evse, connector),
      evseId: evse.id,
      connectorId: connector,
    }
  }

  /** Its transaction uses it, or may come to: what was out of service before it is not meant. */
  #inSession(evse: Evse, connector: number): boolean {
    if (!this.#station.sessions.isOpen(evse)) return false
    const plugged = evse.cable ?? evse.leftCable
    if (plugged !== undefined) return plugged === connector
    return this.#told?.get(keyOf(evse, connector)) !== 'Unavailable'
  }

  #tell(plugs: readonly Plug[]): Promise<StepResult> {
    const { services, model } = this.#station
    if (plugs.length === 0 || !services.online) return Promise.resolve(done)
    if (model.text('ChargingStation.AvailabilityReport') === 'NotifyEvent') {
      return this.notify(plugs)
    }
    const results = plugs.map(({ evse, connector }) => this.report(evse, connector))
    return Promise.all(results).then((all) => all.find((result) => !result.ok) ?? all[0] ?? done)
  }

  #note({ evse, connector }: Plug): void {
    this.#told ??= new Map()
    this.#told.set(keyOf(evse, connector), this.status(evse, connector))
  }
}

/** The connectors of these EVSEs. */
export function plugsOf(evses: readonly Evse[]): Plug[] {
  return evses.flatMap((evse) =>
    evse.plan.connectors.map((_type, at) => ({ evse, connector: at + 1 })),
  )
}

/** The one with the cable; those that it may come to, as long as there is none. */
export function connectorsInUse({ cable, leftCable, plan }: Evse): readonly number[] {
  const plugged = cable ?? leftCable
  return plugged === undefined ? plan.connectors.map((_type, at) => at + 1) : [plugged]
}

function keyOf(evse: Evse, connector: number): string {
  return `${evse.id}.${connector}`
}
