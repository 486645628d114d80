import type { Trigger } from '../block.ts'
import { evsesAt } from '../station-2x.ts'
import { meterValue } from './meter-values.ts'

/** The measurands of clock-aligned data [2.0.1 F06]. */
export const meterValuesTrigger: Trigger = (station, at) => {
  const { services } = station
  return () => {
    const measurands = station.measurands('AlignedDataCtrlr.Measurands')
    for (const evse of evsesAt(station, at)) {
      evse.advance()
      const reading = meterValue(evse.outlet, measurands, 'Trigger', services.wireTime())
      if (!reading) continue
      const payload = { evseId: evse.id, meterValue: [reading] }
      services.send('MeterValues', payload, undefined, { triggered: true })
    }
  }
}
