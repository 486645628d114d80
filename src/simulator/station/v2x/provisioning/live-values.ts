import type { EVSEType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { StationServices } from '../../behaviour.ts'
import type { Connectors } from '../availability/connectors.ts'
import { type VariableSpec, variableName } from './device-model/variable.ts'

type Read = (station: StationServices, connectors: Connectors, at: EVSEType) => string

/** Variables whose value is what the station is and does. */
const readers: Readonly<Record<string, Read>> = {
  'ChargingStation.AvailabilityState': ({ memory }) =>
    memory.operative(0, 0) ? 'Available' : 'Unavailable',
  'ChargingStation.VendorName': ({ template }) => template.vendor,
  'ChargingStation.Model': ({ template }) => template.model,
  'ChargingStation.SupplyPhases': ({ template }) =>
    String(Math.max(...template.evses.map((evse) => evse.phases))),
  'EVSE.AvailabilityState': (station, connectors, at) => {
    const evse = station.evse(at.id)
    return evse ? connectors.status(evse, evse.connector) : ''
  },
  'EVSE.Power': ({ template }, _connectors, at) =>
    String(template.evses[at.id - 1]?.maxPowerW ?? 0),
  'EVSE.SupplyPhases': ({ template }, _connectors, at) =>
    String(template.evses[at.id - 1]?.phases ?? 0),
  'Connector.AvailabilityState': (station, connectors, at) => {
    const evse = station.evse(at.id)
    return evse ? connectors.status(evse, at.connectorId ?? 1) : ''
  },
  'Connector.ConnectorType': ({ template }, _connectors, at) =>
    template.evses[at.id - 1]?.connectors[(at.connectorId ?? 1) - 1] ?? '',
  'Connector.SupplyPhases': ({ template }, _connectors, at) =>
    String(template.evses[at.id - 1]?.phases ?? 0),
  'OCPPCommCtrlr.MessageTimeout[Default]': ({ template }) =>
    String(Math.ceil(template.callTimeoutMs / 1000)),
  'ClockCtrlr.DateTime': (station) => station.wireTime(),
  'SecurityCtrlr.Identity': ({ id }) => id,
}

const nowhere: EVSEType = { id: 0 }

/** The value now of a variable that the station computes. */
export function liveValue(
  spec: VariableSpec,
  station: StationServices,
  connectors: Connectors,
  at: EVSEType | undefined,
): string {
  return readers[variableName(spec)]?.(station, connectors, at ?? nowhere) ?? ''
}

/** Variables that `liveValue` knows. */
export const liveVariables: readonly string[] = Object.keys(readers)
