import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { stationDer, supportsControl } from './station-der.ts'

/** Forgets one control, those of a type, or all default or scheduled ones [2.1 R04.FR.41-FR.46]. */
export const clearDerControl: Handler<Actions21, 'ClearDERControl', Station2x> = (
  { isDefault, controlType, controlId },
  station,
) => {
  const byType = controlId === undefined ? controlType : undefined
  if (byType !== undefined && !supportsControl(station, byType)) return { status: 'NotSupported' }
  const der = stationDer.existing(station)
  der?.review()
  const cleared = der?.book.clear({ isDefault, type: byType, id: controlId }) ?? 0
  if (!der || cleared === 0) return { status: 'NotFound' }
  station.services.afterwards(() => der.review())
  return { status: 'Accepted' }
}
