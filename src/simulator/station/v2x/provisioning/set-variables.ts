import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { refuseLongList } from './list-limit.ts'

/**
 * Each variable is set for itself; what is accepted takes effect after the answer. A new password
 * is proved by connecting with it [2.0.1 A01, B05].
 */
export const setVariables: Handler<Actions201, 'SetVariables', Station2x> = (
  { setVariableData },
  { model, services, settings },
) => {
  refuseLongList(model, 'SetVariables', setVariableData.length)
  const { password } = settings
  services.afterwards(() => {
    if (settings.password === password) services.settingsChanged()
    else services.reconnect()
  })
  return {
    setVariableResult: setVariableData.map(
      ({ component, variable, attributeType, attributeValue }) => {
        const attribute = attributeType ?? 'Actual'
        const { status, fault } = model.write(component, variable, attribute, attributeValue)
        return {
          attributeStatus: status,
          ...(attributeType && { attributeType }),
          ...(fault !== undefined && {
            attributeStatusInfo: { reasonCode: 'InvalidValue', additionalInfo: fault },
          }),
          component,
          variable,
        }
      },
    ),
  }
}
