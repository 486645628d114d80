import { isSecret } from '../../../ocpp/redact.ts'
import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationRecord } from '../../domain/station.ts'
import { variableKey } from '../../domain/variables.ts'

type Data = RequestOf<Actions201, 'GetVariables'>['getVariableData'][number]

/** Remembers what a station said of one variable's attribute; secrets are left out. */
export function noteVariable(
  { variables }: StationRecord,
  component: Data['component'],
  variable: Data['variable'],
  attributeType: Data['attributeType'] = 'Actual',
  value: string | undefined,
): void {
  const key = variableKey(component, variable)
  const known = variables[key] ?? { component, variable, attributes: {} }
  variables[key] = known
  if (value !== undefined && !isSecret(variable.name)) known.attributes[attributeType] = value
}
