import {
  fixed,
  live,
  perConnector,
  perEvse,
  row,
  settable,
} from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { ofEvse } from '../provisioning/readings.ts'

const perMessage = (action: string): readonly VariableSpec[] => [
  fixed('MonitoringCtrlr.ItemsPerMessage', 'integer', '32', { instance: action }),
  fixed('MonitoringCtrlr.BytesPerMessage', 'integer', '65536', { instance: action }),
]

/** Degrees Celsius: warmer the more it gives, as the meter value tells it. */
const temperature = ofEvse((evse) => {
  evse.advance()
  return (25 + 20 * evse.outlet.loadShare).toFixed(1)
})

/** A fan that begins to turn at a tenth of the full load. */
const fanSpeed = ofEvse((evse) => {
  evse.advance()
  const { loadShare } = evse.outlet
  return String(loadShare < 0.1 ? 0 : Math.round(3000 * loadShare))
})

/** Monitors, and what only they look at [2.1 Part 2 2.13 Diagnostics]. */
export const diagnosticsVariables: readonly VariableSpec[] = [
  fixed('MonitoringCtrlr.Available', 'boolean', 'true'),
  settable('MonitoringCtrlr.Enabled', 'boolean', 'true'),
  ...perMessage('SetVariableMonitoring'),
  ...perMessage('ClearVariableMonitoring'),
  settable('MonitoringCtrlr.OfflineQueuingSeverity', 'integer', '4', { min: 0, max: 9 }),
  row('MonitoringCtrlr.ActiveMonitoringBase', 'OptionList', 'HardWiredOnly', {
    values: ['All', 'FactoryDefault', 'HardWiredOnly'],
  }),
  row('MonitoringCtrlr.ActiveMonitoringLevel', 'integer', '9', { min: 0, max: 9 }),
  fixed('MonitoringCtrlr.MaxPeriodicEventStreams', 'integer', '8', { only: 'ocpp2.1' }),
  // Not of the specification: how many custom monitors there is room for, and how often the values
  // that flow (power, current, temperature) are looked at besides the moments when something happens.
  fixed('MonitoringCtrlr.MaxCustomMonitors', 'integer', '100'),
  settable('MonitoringCtrlr.EvaluationInterval', 'integer', '1', { unit: 's', min: 0 }),

  live(
    'Connector.Problem',
    'boolean',
    ofEvse(({ fault }) => String(fault !== undefined)),
    { ...perConnector, monitored: true },
  ),
  live('TemperatureSensor.Temperature', 'decimal', temperature, {
    ...perEvse,
    unit: 'Celsius',
    monitored: true,
    min: -40,
    max: 120,
  }),
  live('AirCoolingSystem.FanSpeed', 'integer', fanSpeed, {
    ...perEvse,
    unit: 'RPM',
    monitored: true,
    min: 0,
    max: 3000,
    attributes: { Target: { mutability: 'ReadWrite', initial: '0' } },
  }),
]
