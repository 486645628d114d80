import { fixed, live, perEvse, settable } from '../provisioning/device-model/rows.ts'
import type { Refusal, VariableSpec } from '../provisioning/device-model/variable.ts'
import type { Station2x } from '../station-2x.ts'
import { batterySwaps, isSlot, isSwapStation } from './battery-swaps.ts'

const ofStation = { only: 'ocpp2.1', exists: isSwapStation } as const
const percent = { ...ofStation, min: 0, max: 100, unit: 'Percent' } as const
const timeout = { ...ofStation, min: 0, unit: 's' } as const

/** Only where a battery is in the slot [2.1 Part 2 2.20]. */
const ofCartridge = {
  ...perEvse,
  only: 'ocpp2.1',
  unit: 'Percent',
  exists: ({ services }, { id }) => {
    const evse = services.evse(id)
    return evse !== undefined && isSlot(evse) && evse.outlet.pluggedIn
  },
} as const satisfies Partial<VariableSpec>

/** MaxSoc is at least TargetSoC [2.1 S04.FR.06, FR.10]. */
function against(fits: (value: number, station: Station2x) => boolean) {
  return (station: Station2x, value: string): Refusal | undefined =>
    fits(Number(value), station)
      ? undefined
      : { reasonCode: 'ValueOutOfRange', additionalInfo: 'MaxSoc is at least TargetSoC' }
}

/** Stations with slots for batteries [2.1 S04]. */
export const batterySwapVariables: readonly VariableSpec[] = [
  fixed('BatterySwapCtrlr.Available', 'boolean', 'true', ofStation),
  settable('BatterySwapCtrlr.TargetSoC', 'integer', '80', {
    ...percent,
    objection: against((soc, { model }) => soc <= model.integer('BatterySwapCtrlr.MaxSoc')),
  }),
  settable('BatterySwapCtrlr.MaxSoc', 'integer', '100', {
    ...percent,
    objection: against((soc, { model }) => soc >= model.integer('BatterySwapCtrlr.TargetSoC')),
  }),
  settable('BatterySwapCtrlr.IdToken', 'string', '', { ...ofStation, max: 36 }),
  settable('BatterySwapCtrlr.Timeout', 'integer', '120', { ...timeout, instance: 'In' }),
  settable('BatterySwapCtrlr.Timeout', 'integer', '120', { ...timeout, instance: 'Out' }),
  settable('BatterySwapCtrlr.SwapOrder', 'OptionList', 'In-Out', {
    ...ofStation,
    values: ['In-Out', 'Out-In'],
  }),
  live(
    'BatteryCartridge.SoC',
    'decimal',
    ({ services }, { id }) => {
      const evse = services.evse(id)
      evse?.advance()
      return String(Math.round((evse?.outlet.soc ?? 0) * 1000) / 10)
    },
    ofCartridge,
  ),
  live(
    'BatteryCartridge.SoH',
    'decimal',
    (station, { id }) => {
      const evse = station.services.evse(id)
      return String((evse && batterySwaps.of(station).sohAt(evse)) ?? 0)
    },
    ofCartridge,
  ),
]
