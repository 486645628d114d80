import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import { inPages } from '../pages.ts'
import type { Station2x } from '../station-2x.ts'
import { derReport } from './der-report.ts'
import { stationDer, supportsControl } from './station-der.ts'

/** So many elements a list of ReportDERControl holds. */
const mostPerMessage = 24

/** Reports the controls that are asked for, after the answer [2.1 R04.FR.30-FR.37]. */
export const getDerControl: Handler<Actions21, 'GetDERControl', Station2x> = (
  { requestId, isDefault, controlType, controlId },
  station,
) => {
  if (controlType !== undefined && !supportsControl(station, controlType)) {
    return { status: 'NotSupported' }
  }
  const der = stationDer.existing(station)
  der?.review()
  const found = der?.book.matching({ isDefault, type: controlType, id: controlId }) ?? []
  if (!der || found.length === 0) return { status: 'NotFound' }
  const pages = inPages(found, { items: mostPerMessage, bytes: 0 })
  const isSuperseded = (control: (typeof found)[number]) =>
    der.book.isSuperseded(control, der.nowMs)
  station.services.afterwards(() => {
    pages.forEach((page, at) => {
      const tbc = at < pages.length - 1
      station.services.send('ReportDERControl', derReport(requestId, page, tbc, isSuperseded))
    })
  })
  return { status: 'Accepted' }
}
