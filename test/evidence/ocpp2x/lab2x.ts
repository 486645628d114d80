import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Lab, type LabOptions } from '../lab.ts'
import { Seen } from '../seen.ts'

export const versions2x = ['ocpp2.0.1', 'ocpp2.1'] as const

/** What both versions say alike has the types of 2.0.1. */
export type Lab2x = Lab<Actions201>
export type Lab21 = Lab<Actions21>

export const startLab2x = (
  version: (typeof versions2x)[number],
  options?: LabOptions,
): Promise<Lab2x> => Lab.start<Actions201>(version, options)

export const startLab21 = (options?: LabOptions): Promise<Lab21> =>
  Lab.start<Actions21>('ocpp2.1', options)

/** What was seen, in the words of either version. */
type Frames = Pick<Seen<Actions201>, 'frames'>

const inWords201 = ({ frames }: Frames): Seen<Actions201> => new Seen(frames, undefined)

/** The state that was told last of this connector. */
export function connectorStatus(seen: Frames, evseId: number, connectorId = 1): string | undefined {
  const told = inWords201(seen).calls('StatusNotification')
  return told.findLast((row) => row.evseId === evseId && row.connectorId === connectorId)
    ?.connectorStatus
}

/** What this variable holds by the last GetVariables that was answered. */
export function variableValue(
  seen: Frames,
  component: string,
  variable: string,
): string | undefined {
  const rows = inWords201(seen)
    .answers('GetVariables')
    .flatMap(({ getVariableResult }) => getVariableResult)
  return rows.findLast((row) => row.component.name === component && row.variable.name === variable)
    ?.attributeValue
}

/** The value that TransactionEvents and MeterValues told last of this measurand. */
export function measured(frames: Frames, measurand: string): number | undefined {
  const seen = inWords201(frames)
  const values = [
    ...seen.calls('MeterValues').flatMap(({ meterValue }) => meterValue),
    ...seen.calls('TransactionEvent').flatMap(({ meterValue }) => meterValue ?? []),
  ].toSorted((a, b) => a.timestamp.localeCompare(b.timestamp))
  return values
    .flatMap(({ sampledValue }) => sampledValue)
    .findLast((sample) => sample.measurand === measurand)?.value
}
