import type { RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { importRegisterWh } from '../domain/meter-values.ts'

export type MeterValue16 = RequestOf<Actions16, 'MeterValues'>['meterValue'][number]

/** The import register in Wh of the last meter value that states one [1.6 7.31]. */
export function lastRegisterWh(meterValues: readonly MeterValue16[]): number | undefined {
  for (let at = meterValues.length - 1; at >= 0; at -= 1) {
    for (const sample of meterValues[at]?.sampledValue ?? []) {
      const register = importRegisterWh(sample, sample.unit)
      if (register !== undefined) return register
    }
  }
  return undefined
}
