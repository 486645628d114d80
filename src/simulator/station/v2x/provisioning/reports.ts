import type { NotifyReportRequest } from 'typed-ocpp/dist/ocpp20/types.js'
import { inPages } from '../pages.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import type { Place } from './device-model/device-model.ts'
import { reportData } from './report-data.ts'

/** The reports that a station is sending. */
export const reports = new StationPart((station) => new Reports(station))

class Reports {
  readonly #station: Station2x
  readonly #underWay = new Set<number>()

  constructor(station: Station2x) {
    this.#station = station
  }

  isSending(requestId: number): boolean {
    return this.#underWay.has(requestId)
  }

  /** Tells the places in as many NotifyReports as it takes [2.0.1 B07.FR.03, FR.10]. */
  send(requestId: number, places: readonly Place[]): void {
    const { services } = this.#station
    this.#underWay.add(requestId)
    const sent = this.#send(this.#pages(requestId, places)).finally(() => {
      this.#underWay.delete(requestId)
    })
    services.unattended(sent)
  }

  /** Pages numbered from 0, all but the last to be continued. */
  #pages(requestId: number, places: readonly Place[]): readonly NotifyReportRequest[] {
    const { model, services } = this.#station
    const generatedAt = services.wireTime()
    const pages = inPages(
      places.map((place) => reportData(model, place)),
      {
        items: model.integer('DeviceDataCtrlr.ItemsPerMessage[GetReport]'),
        bytes: model.integer('DeviceDataCtrlr.BytesPerMessage[GetReport]'),
      },
    )
    return pages.map((page, seqNo) => {
      const reportData = [...page]
      return {
        requestId,
        generatedAt,
        seqNo,
        tbc: seqNo < pages.length - 1,
        ...(page.length > 0 && { reportData }),
      }
    })
  }

  /** Each after the answer to the one before; stops when one is lost. */
  async #send(pages: readonly NotifyReportRequest[]): Promise<void> {
    for (const page of pages) {
      const outcome = await this.#station.services.request('NotifyReport', page, {
        triggered: true,
      })
      if (outcome.kind === 'lost' || outcome.kind === 'unsent') return
    }
  }
}
