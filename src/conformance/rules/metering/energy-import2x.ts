import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { firstOf } from './first-of.ts'

export type MeterValue2x = RequestOf<Actions21, 'MeterValues'>['meterValue'][number]
type SampledValue2x = MeterValue2x['sampledValue'][number]

/**
 * What the register for energy taken from the grid shows, in Wh, at the outlet and over all phases;
 * undefined where the sample is of something else. [2.0.1 Part 2 2.41, 3.50]
 */
function importOf({ measurand, phase, location, unitOfMeasure, value }: SampledValue2x) {
  if (measurand !== undefined && measurand !== 'Energy.Active.Import.Register') return undefined
  if (phase !== undefined || (location !== undefined && location !== 'Outlet')) return undefined
  const { unit = 'Wh', multiplier = 0 } = unitOfMeasure ?? {}
  if (unit !== 'Wh' && unit !== 'kWh') return undefined
  return value * 10 ** multiplier * (unit === 'kWh' ? 1000 : 1)
}

/** That of a set of samples taken at one time. */
export const energyImport2x = firstOf(importOf)
