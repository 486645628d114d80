import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { refuseLongList } from './list-limit.ts'

/** Each variable is answered for itself [2.0.1 B06]. */
export const getVariables: Handler<Actions201, 'GetVariables', Station2x> = (
  { getVariableData },
  { model },
) => {
  refuseLongList(model, 'GetVariables', getVariableData.length)
  return {
    getVariableResult: getVariableData.map(({ component, variable, attributeType }) => {
      const { status, value } = model.read(component, variable, attributeType ?? 'Actual')
      return {
        attributeStatus: status,
        ...(attributeType && { attributeType }),
        ...(value !== undefined && { attributeValue: value }),
        component,
        variable,
      }
    }),
  }
}
