import type { Trigger } from '../block.ts'
import { evsesAt } from '../station-2x.ts'
import { readEvse, readMain } from './readings.ts'

/**
 * The measurands of clock-aligned data, of the main meter (EVSE 0) as well; Rejected where none are
 * configured [2.0.1 F06.FR.06, FR.10].
 */
export const meterValuesTrigger: Trigger = (station, at) => {
  const { services } = station
  const timestamp = services.wireTime()
  const readings = evsesAt(station, at).map((evse) => {
    evse.advance()
    const reading = readEvse(station, evse, 'aligned', 'Trigger', timestamp)
    return { evseId: evse.id, reading }
  })
  if (services.template.meter?.main && (at?.id ?? 0) === 0) {
    readings.unshift({ evseId: 0, reading: readMain(station, 'aligned', 'Trigger', timestamp) })
  }
  const told = readings.flatMap(({ evseId, reading }) =>
    reading ? [{ evseId, meterValue: [reading] }] : [],
  )
  if (told.length === 0) return undefined
  return () => {
    for (const values of told) services.send('MeterValues', values, undefined, { triggered: true })
  }
}
