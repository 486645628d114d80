import type { StepResult } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { done, resultOf } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'
import { readEvse, readMain } from './readings.ts'

/** MeterValues of an EVSE without a transaction, at the instants of the clock [2.0.1 J01]. */
export async function aligned(station: Station2x, evse: Evse): Promise<StepResult> {
  const { services } = station
  const reading = readEvse(station, evse, 'aligned', 'Sample.Clock', services.wireTime())
  if (!reading) return done
  const payload = { evseId: evse.id, meterValue: [reading] }
  return resultOf('MeterValues', await services.request('MeterValues', payload))
}

/** Likewise of the main meter, EVSE 0, whatever goes on at the others [2.0.1 J01.FR.03, FR.04]. */
export async function mainAligned(station: Station2x): Promise<void> {
  const { services } = station
  const reading = readMain(station, 'aligned', 'Sample.Clock', services.wireTime())
  if (reading) await services.request('MeterValues', { evseId: 0, meterValue: [reading] })
}
