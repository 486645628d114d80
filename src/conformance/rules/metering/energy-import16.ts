import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { firstOf } from './first-of.ts'

type MeterValue16 = RequestOf<Actions16, 'MeterValues'>['meterValue'][number]
type SampledValue16 = MeterValue16['sampledValue'][number]

/**
 * What the register for energy taken from the grid shows, in Wh, at the outlet and over all phases;
 * undefined where the sample is of something else. [1.6 7.31, 7.43]
 */
function importOf({ measurand, phase, location, format, unit, value }: SampledValue16) {
  if (measurand !== undefined && measurand !== 'Energy.Active.Import.Register') return undefined
  if (phase !== undefined || format === 'SignedData') return undefined
  if (location !== undefined && location !== 'Outlet') return undefined
  const wh = Number(value) * (unit === 'kWh' ? 1000 : 1)
  return Number.isFinite(wh) ? wh : undefined
}

/** That of a set of samples taken at one time. */
export const energyImport16 = firstOf(importOf)
