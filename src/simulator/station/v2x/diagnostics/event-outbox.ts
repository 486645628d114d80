import type { NotifyEventRequest } from 'typed-ocpp/dist/ocpp20/types.js'
import { Notices } from '../../notices.ts'
import { inPages } from '../pages.ts'
import type { Station2x } from '../station-2x.ts'
import { eventData, type Fired } from './event-data.ts'
import type { Monitor } from './monitor.ts'

/**
 * NotifyEvents of one station, in order, one after the other. What comes up while the CSMS is out of
 * reach waits if it is severe enough [2.0.1 N07.FR.04, N08.FR.03].
 */
export class EventOutbox {
  readonly #station: Station2x
  readonly #notices: Notices

  constructor(station: Station2x) {
    this.#station = station
    this.#notices = new Notices(station.services)
  }

  /** An event of this monitor would reach the CSMS, now or when it is back. */
  takes({ severity }: Pick<Monitor, 'severity'>): boolean {
    const { services, model } = this.#station
    return services.online || severity <= model.integer('MonitoringCtrlr.OfflineQueuingSeverity')
  }

  /** Resolves when the CSMS heard of everything, or is out of reach. */
  tell(fired: readonly Fired[]): Promise<void> {
    if (fired.length === 0) return Promise.resolve()
    const { model, services } = this.#station
    const events = fired.map((one) => eventData(this.#station, one))
    const pages = inPages(events, {
      items: model.integer('DeviceDataCtrlr.ItemsPerMessage[GetReport]'),
      bytes: model.integer('DeviceDataCtrlr.BytesPerMessage[GetReport]'),
    })
    const generatedAt = services.wireTime()
    let told = Promise.resolve()
    pages.forEach((page, seqNo) => {
      const isLast = seqNo === pages.length - 1
      const request: NotifyEventRequest = {
        generatedAt,
        seqNo,
        ...(!isLast && { tbc: true }),
        eventData: [...page],
      }
      told = this.#notices.add('NotifyEvent', request)
    })
    return told
  }

  /** Something else that goes through the same door, in turn. */
  add(action: string, payload: object): void {
    void this.#notices.add(action, payload)
  }

  /** The CSMS is in reach again. */
  resume(): void {
    this.#notices.resume()
  }
}
