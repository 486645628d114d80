import type { Block } from '../block.ts'
import { clearDerControl } from './clear-der-control.ts'
import { getDerControl } from './get-der-control.ts'
import { setDerControl } from './set-der-control.ts'
import { stationDer } from './station-der.ts'

/** Stations as distributed energy resources: what they do for the grid [2.1 R]. */
export const derControl: Block = {
  letter: 'R',
  handlers21: {
    ClearDERControl: clearDerControl,
    GetDERControl: getDerControl,
    SetDERControl: setDerControl,
  },
  registered: (station) => stationDer.existing(station)?.resume(),
  reconnected: (station) => stationDer.existing(station)?.resume(),
  powerLost: (station) => stationDer.existing(station)?.suspend(),
  stopped: (station) => stationDer.existing(station)?.suspend(),
}
