import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { refuseLong } from './message-limits.ts'

/** Each variable is answered for itself [2.0.1 B06]. */
export const getVariables: Handler<Actions201, 'GetVariables', Station2x> = (
  request,
  { model },
) => {
  const { getVariableData } = request
  refuseLong(model, 'GetVariables', request, getVariableData.length)
  return {
    getVariableResult: getVariableData.map(({ component, variable, attributeType = 'Actual' }) => {
      const { status, value } = model.read(component, variable, attributeType)
      return {
        attributeStatus: status,
        attributeType,
        ...(value !== undefined && { attributeValue: value }),
        component,
        variable,
      }
    }),
  }
}
