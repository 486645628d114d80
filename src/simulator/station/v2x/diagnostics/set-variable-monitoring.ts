import type {
  SetMonitoringDataType,
  SetMonitoringResultType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { refuseLong } from '../provisioning/message-limits.ts'
import type { Station2x } from '../station-2x.ts'
import { monitoring } from './monitoring.ts'

/** Each monitor is set for itself, in order [2.0.1 N04.FR.01, FR.02, FR.09]. */
export const setVariableMonitoring: Handler<Actions201, 'SetVariableMonitoring', Station2x> = (
  request,
  station,
) => ({ setMonitoringResult: setAll(request, request.setMonitoringData, station) })

/** Knows monitors of targets, and streams [2.1 N04, N11]. */
export const setVariableMonitoring21: Handler<Actions21, 'SetVariableMonitoring', Station2x> = (
  request,
  station,
) => ({ setMonitoringResult: setAll(request, request.setMonitoringData, station) })

type Result<Data extends SetMonitoringDataType> = Omit<SetMonitoringResultType, 'type'> &
  Pick<Data, 'type'>

function setAll<Data extends SetMonitoringDataType>(
  request: object,
  monitors: readonly Data[],
  station: Station2x,
): Result<Data>[] {
  const action = 'SetVariableMonitoring'
  refuseLong(station.model, action, request, monitors.length, 'MonitoringCtrlr')
  return monitors.map((data): Result<Data> => {
    const { type, severity, component, variable } = data
    return { ...monitoring.of(station).set(data), type, severity, component, variable }
  })
}
