import type { Block } from '../block.ts'
import { batterySwaps, isSlot } from './battery-swaps.ts'
import { requestBatterySwap } from './request-battery-swap.ts'

/** Stations that exchange batteries [2.1 S]. */
export const batterySwap: Block = {
  letter: 'S',
  handlers21: { RequestBatterySwap: requestBatterySwap },
  acted: (station, _evse, act) =>
    act.kind === 'batteriesSwapped' && station.version === 'ocpp2.1'
      ? batterySwaps.of(station).swap(act)
      : undefined,
  happened(station, evse, event) {
    if (event.kind !== 'energyStarted' || station.version !== 'ocpp2.1' || !isSlot(evse)) return
    batterySwaps.of(station).charging(evse)
  },
  registered: (station) => batterySwaps.existing(station)?.resume(),
  reconnected: (station) => batterySwaps.existing(station)?.resume(),
  powerLost: (station) => batterySwaps.existing(station)?.suspend(),
  stopped: (station) => batterySwaps.existing(station)?.suspend(),
}
