import type { Actions16 } from '../../../src/ocpp/v16/actions.ts'
import { Lab, type LabOptions } from '../lab.ts'
import type { Seen } from '../seen.ts'

export type Lab16 = Lab<Actions16>

export const startLab16 = (options?: LabOptions): Promise<Lab16> =>
  Lab.start<Actions16>('ocpp1.6', options)

/** The status that was told last of this connector. */
export function status(seen: Seen<Actions16>, connectorId: number): string | undefined {
  const told = seen.calls('StatusNotification')
  return told.findLast((row) => row.connectorId === connectorId)?.status
}

/** Power.Active.Import in W, as the last MeterValues that has it tells. */
export function watts(seen: Seen<Actions16>): number | undefined {
  const values = seen.calls('MeterValues').flatMap(({ meterValue }) => meterValue)
  const samples = values.flatMap(({ sampledValue }) => sampledValue)
  const power = samples.findLast(({ measurand }) => measurand === 'Power.Active.Import')
  return power && Number(power.value)
}
