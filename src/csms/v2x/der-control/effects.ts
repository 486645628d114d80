import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { dropDerControls, putDerControl, supersedeDerControls } from '../../domain/der-controls.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** What is known of the DER controls of a station from its answers [2.1 R04]. */
export const derEffects: CommandEffects<Actions21> = {
  SetDERControl(request, { status, supersededIds = [] }, { station, domain }) {
    if (status !== 'Accepted') return
    const { controlId, controlType, isDefault, customData: _customData, ...content } = request
    const control = { controlId, controlType, isDefault, isSuperseded: false, content }
    putDerControl(station.record, control)
    supersedeDerControls(station.record, supersededIds)
    domain.stations.save(station.record)
  },
  /** The reports follow the answer. */
  GetDERControl(request, { status }, { station, domain }) {
    if (status !== 'Accepted' && status !== 'NotFound') return
    const { requestId, isDefault, controlType, controlId } = request
    dropDerControls(station.record, { isDefault, controlType, controlId })
    station.record.derReport = { requestId, controls: 0, complete: status === 'NotFound' }
    domain.stations.save(station.record)
  },
  ClearDERControl({ isDefault, controlType, controlId }, { status }, { station, domain }) {
    if (status !== 'Accepted' && status !== 'NotFound') return
    const byType = controlId === undefined ? controlType : undefined
    dropDerControls(station.record, { isDefault, controlType: byType, controlId })
    domain.stations.save(station.record)
  },
}
