import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { derControl, derFault } from './der-control.ts'
import { stationDer, supportsControl } from './station-der.ts'

/** More than anybody needs; a report of them all takes five messages. */
const mostControls = 100

/** Keeps a DER control; the inverter follows it after the answer [2.1 R04]. */
export const setDerControl: Handler<Actions21, 'SetDERControl', Station2x> = (request, station) => {
  if (!supportsControl(station, request.controlType)) return { status: 'NotSupported' }
  const additionalInfo = derFault(request)
  if (additionalInfo !== undefined) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'InvalidValue', additionalInfo } }
  }
  const der = stationDer.of(station)
  const { book, nowMs } = der
  const control = derControl(request, nowMs)
  const { id, isDefault, type, priority } = control
  if (book.all.length >= mostControls && book.matching({ id }).length === 0) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'TooManyElements' } }
  }
  const rivals = book.matching({ isDefault, type }).filter((other) => other.id !== id)
  const before = rivals.filter((other) => !book.isSuperseded(other, nowMs))
  book.set(control)
  station.services.afterwards(() => der.review())
  // [2.1 R04.FR.03, FR.06-FR.08] The new one itself, where another goes before it.
  const supersededIds = book.isSuperseded(control, nowMs)
    ? [id]
    : before.filter((other) => other.priority > priority).map((other) => other.id)
  return { status: 'Accepted', ...(supersededIds.length > 0 && { supersededIds }) }
}
