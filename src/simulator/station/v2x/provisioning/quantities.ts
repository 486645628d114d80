import { nominalHz } from '../../../physics/grid.ts'
import type { Evse } from '../../evse.ts'
import { live, perEvse } from './device-model/rows.ts'
import type { VariableSpec } from './device-model/variable.ts'
import { amperes, hasPhase, ofEvse, powerNow } from './readings.ts'

/** What physics says at this moment; all of it can be monitored [2.1 Part 2 2.15]. */
const measured = { ...perEvse, monitored: true } as const

/** Of the station, and of the grid that feeds it. */
export const stationQuantities: readonly VariableSpec[] = [
  live(
    'ChargingStation.Power',
    'decimal',
    ({ services }) => String(services.evses.reduce((sum, evse) => sum + powerNow(evse), 0)),
    {
      unit: 'W',
      monitored: true,
      limits: ({ services }) => ({
        max: services.template.evses.reduce((sum, { maxPowerW }) => sum + maxPowerW, 0),
      }),
    },
  ),
  live('ElectricalFeed.ACVoltage', 'decimal', ({ services }) => voltage(services.evses[0]), {
    unit: 'V',
    monitored: true,
  }),
  live('ElectricalFeed.Frequency', 'decimal', ({ services }) => frequency(services.evses[0]), {
    unit: 'Hz',
    monitored: true,
  }),
]

/** Of each EVSE, its meter, and the EV at it. */
export const evseQuantities: readonly VariableSpec[] = [
  live(
    'EVSE.Power',
    'decimal',
    ofEvse((evse) => String(powerNow(evse))),
    {
      ...measured,
      unit: 'W',
      limits: ({ services }, { id }) => ({ max: services.template.evses[id - 1]?.maxPowerW ?? 0 }),
    },
  ),
  ...([1, 2, 3] as const).flatMap((phase) => [
    live(
      'EVSE.ACCurrent',
      'decimal',
      ofEvse((evse) => amperes(evse, phase)),
      {
        ...measured,
        instance: `L${phase}`,
        unit: 'A',
        exists: hasPhase(phase),
      },
    ),
  ]),
  live(
    'EVSE.ACVoltage',
    'decimal',
    ofEvse((evse) => voltage(evse)),
    {
      ...measured,
      unit: 'V',
      exists: hasPhase(1),
    },
  ),
  live(
    'FiscalMetering.EnergyImportRegister',
    'decimal',
    ofEvse((evse) => energy(evse, 'importWh')),
    { ...measured, unit: 'Wh' },
  ),
  live(
    'FiscalMetering.EnergyExportRegister',
    'decimal',
    ofEvse((evse) => energy(evse, 'exportWh')),
    { ...measured, unit: 'Wh' },
  ),
  live('ConnectedEV.StateOfCharge', 'decimal', ofEvse(stateOfCharge), {
    ...measured,
    unit: 'Percent',
    min: 0,
    max: 100,
  }),
]

/** Phase to neutral. */
function voltage(evse: Evse | undefined): string {
  if (!evse) return ''
  return rounded(evse.outlet.voltageV * (evse.grid?.voltageShare ?? 1), 1)
}

function frequency(evse: Evse | undefined): string {
  return rounded(evse?.grid?.frequencyHz ?? nominalHz, 2)
}

function energy(evse: Evse, register: 'importWh' | 'exportWh'): string {
  evse.advance()
  return rounded(evse.outlet[register], 0)
}

/** Without an EV there is none. */
function stateOfCharge(evse: Evse): string {
  evse.advance()
  const { soc } = evse.outlet
  return soc === undefined ? '' : rounded(soc * 100, 1)
}

function rounded(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)))
}
