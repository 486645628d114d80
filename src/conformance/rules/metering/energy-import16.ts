import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'

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

/** A set is looked at by a rule, then remembered: it is read once. */
let lastSet: MeterValue16 | undefined
let lastWh: number | undefined

/** That of a set of samples taken at one time. */
export function energyImport16(set: MeterValue16): number | undefined {
  if (set !== lastSet) {
    lastSet = set
    lastWh = energyOf(set)
  }
  return lastWh
}

function energyOf({ sampledValue }: MeterValue16): number | undefined {
  for (const sample of sampledValue) {
    const wh = importOf(sample)
    if (wh !== undefined) return wh
  }
  return undefined
}
