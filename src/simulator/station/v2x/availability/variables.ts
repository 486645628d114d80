import { hasLock } from '../../lock.ts'
import { live, perConnector, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { connectorType } from '../provisioning/readings.ts'

/**
 * How the station tells of its connectors: the specification allows both, prefers NotifyEvent since
 * 2.1 and names no variable for the choice [2.1 G01].
 */
export const availabilityVariables: readonly VariableSpec[] = [
  settable('ChargingStation.AvailabilityReport', 'OptionList', 'StatusNotification', {
    values: ['StatusNotification', 'NotifyEvent'],
  }),
  /** The fault ConnectorLockFailure [2.0.1 G05.FR.02]. */
  live(
    'ConnectorPlugRetentionLock.Problem',
    'boolean',
    ({ services }, { id, connectorId }) => {
      const fault = services.evse(id)?.fault
      return String(fault?.code === 'ConnectorLockFailure' && fault.connector === connectorId)
    },
    {
      ...perConnector,
      monitored: true,
      exists: (station, at) => hasLock(connectorType(station, at)),
    },
  ),
]
