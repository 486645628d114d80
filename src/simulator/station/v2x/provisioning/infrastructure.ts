import { isSocket } from '../../evse.ts'
import { fixed, live, perConnector, perEvse, settable } from './device-model/rows.ts'
import type { VariableSpec } from './device-model/variable.ts'
import { evseQuantities, stationQuantities } from './quantities.ts'
import {
  acPhases,
  activeTransaction,
  chargingStateNow,
  connectorState,
  connectorType,
  evseState,
  firmware,
  locked,
  ofEvse,
  states,
  stationState,
  supplyPhases,
} from './readings.ts'

const availability = { values: states, summary: true, monitored: true } as const
const measured = { ...perEvse, monitored: true } as const
const chargingStates = ['Charging', 'EVConnected', 'SuspendedEV', 'SuspendedEVSE', 'Idle']

/**
 * What a station is made of: the station, its EVSEs and connectors, with what they are and do now
 * [2.1 Part 2 2.15 Charging Infrastructure].
 */
export const infrastructure: readonly VariableSpec[] = [
  live('ChargingStation.AvailabilityState', 'OptionList', stationState, availability),
  fixed('ChargingStation.Available', 'boolean', 'true'),
  live('ChargingStation.VendorName', 'string', ({ services }) => services.template.vendor),
  live('ChargingStation.Model', 'string', ({ services }) => services.template.model),
  live('ChargingStation.SerialNumber', 'string', ({ services }) => services.serial ?? '', {
    exists: ({ services }) => services.serial !== undefined,
  }),
  live('ChargingStation.SupplyPhases', 'integer', ({ services }) =>
    String(
      Math.max(...services.template.evses.map(({ current, phases }) => acPhases(current, phases))),
    ),
  ),
  live(
    'ChargingStation.Problem',
    'boolean',
    ({ services }) => String(services.evses.some(({ fault }) => fault !== undefined)),
    { monitored: true },
  ),
  ...stationQuantities,
  live(
    'ChargingStation.ActiveTransactionId',
    'string',
    ({ sessions }) => sessions.open.map(({ transactionId }) => transactionId ?? '').join(','),
    {
      only: 'ocpp2.1',
      monitored: true,
    },
  ),
  live('Controller.FirmwareVersion', 'string', firmware, {
    exists: (station) => firmware(station) !== '',
  }),
  live('DataLink.Active', 'boolean', ({ services }) => String(services.online)),
  live('DataLink.ICCID', 'string', ({ services }) => services.template.modem?.iccid ?? '', {
    exists: ({ services }) => services.template.modem?.iccid !== undefined,
  }),
  live('DataLink.IMSI', 'string', ({ services }) => services.template.modem?.imsi ?? '', {
    exists: ({ services }) => services.template.modem?.imsi !== undefined,
  }),

  live('EVSE.AvailabilityState', 'OptionList', evseState, { ...perEvse, ...availability }),
  fixed('EVSE.Available', 'boolean', 'true', perEvse),
  fixed('EVSE.AllowReset', 'boolean', 'true', perEvse),
  live(
    'EVSE.Problem',
    'boolean',
    ofEvse((evse) => String(evse.fault !== undefined)),
    measured,
  ),
  ...evseQuantities,
  live('EVSE.SupplyPhases', 'integer', supplyPhases, perEvse),
  live('EVSE.ChargingState', 'OptionList', chargingStateNow, {
    ...measured,
    only: 'ocpp2.1',
    values: chargingStates,
  }),
  live('EVSE.ActiveTransactionId', 'string', activeTransaction, { ...measured, only: 'ocpp2.1' }),
  settable('EVSE.ISO15118EvseId', 'string', '', { ...perEvse, max: 48 }),

  live('Connector.AvailabilityState', 'OptionList', connectorState, {
    ...perConnector,
    ...availability,
  }),
  fixed('Connector.Available', 'boolean', 'true', perConnector),
  live('Connector.ConnectorType', 'string', connectorType, perConnector),
  live('Connector.SupplyPhases', 'integer', supplyPhases, perConnector),
  live('ConnectorPlugRetentionLock.Active', 'boolean', locked, {
    ...perConnector,
    monitored: true,
    exists: (station, at) => isSocket(connectorType(station, at)),
  }),
]
