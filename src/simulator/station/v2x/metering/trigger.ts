import type { Trigger } from '../block.ts'
import { evsesAt } from '../station-2x.ts'
import { readEvse } from './readings.ts'

/** The measurands of clock-aligned data [2.0.1 F06]. */
export const meterValuesTrigger: Trigger = (station, at) => {
  const { services } = station
  return () => {
    for (const evse of evsesAt(station, at)) {
      evse.advance()
      const reading = readEvse(station, evse, 'aligned', 'Trigger', services.wireTime())
      if (!reading) continue
      const payload = { evseId: evse.id, meterValue: [reading] }
      services.send('MeterValues', payload, undefined, { triggered: true })
    }
  }
}
