import { isoTime } from '../../../shared/clock.ts'
import { requestSwap } from '../../domain/battery-swaps.ts'
import type { Block } from '../block.ts'
import { notedBatterySwap } from './battery-swap.ts'

/** Stations that exchange batteries [2.1 S]. */
export const batterySwap: Block = {
  letter: 'S',
  handlers21: { BatterySwap: notedBatterySwap },
  effects21: {
    RequestBatterySwap({ requestId, idToken }, { status }, { station, domain }) {
      if (status !== 'Accepted') return
      const swap = { requestId, idToken: idToken.idToken }
      requestSwap(station.record, swap, isoTime(domain.clock.wallMs()))
      domain.stations.save(station.record)
    },
  },
}
