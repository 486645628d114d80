import type { SetVariableDataType, SetVariableResultType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { refuseLong } from './message-limits.ts'

/**
 * Each variable is set for itself; what is accepted takes effect after the answer. A new password
 * is proved by connecting with it [2.0.1 A01, B05].
 */
export const setVariables: Handler<Actions201, 'SetVariables', Station2x> = (request, station) => {
  const { setVariableData } = request
  const { model, services, settings } = station
  refuseLong(model, 'SetVariables', request, setVariableData.length)
  const { password } = settings
  const effects: (() => void)[] = []
  services.afterwards(() => {
    for (const takeEffect of effects) takeEffect()
    if (settings.password === password) services.settingsChanged()
    else services.reconnect()
  })
  return { setVariableResult: setVariableData.map((data) => set(station, data, effects)) }
}

function set(
  { model }: Station2x,
  { component, variable, attributeType = 'Actual', attributeValue }: SetVariableDataType,
  effects: (() => void)[],
): SetVariableResultType {
  const { status, refusal, takeEffect } = model.write(
    component,
    variable,
    attributeType,
    attributeValue,
  )
  if (takeEffect) effects.push(takeEffect)
  return {
    attributeStatus: status,
    attributeType,
    ...(refusal && { attributeStatusInfo: refusal }),
    component,
    variable,
  }
}
