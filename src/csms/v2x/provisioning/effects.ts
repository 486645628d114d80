import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'
import { noteVariable } from './device-model.ts'

/** Variables as reported and as set. */
export const provisioningEffects: CommandEffects<Actions201> = {
  GetVariables(_request, { getVariableResult }, { station, domain }) {
    for (const result of getVariableResult) {
      if (result.attributeStatus !== 'Accepted') continue
      const { component, variable, attributeType, attributeValue } = result
      noteVariable(station.record, component, variable, attributeType, attributeValue)
    }
    domain.stations.save(station.record)
  },
  SetVariables({ setVariableData }, { setVariableResult }, { station, domain }) {
    setVariableResult.forEach(({ attributeStatus }, at) => {
      const set = setVariableData[at]
      if (!set || attributeStatus !== 'Accepted') return
      const { component, variable, attributeType, attributeValue } = set
      noteVariable(station.record, component, variable, attributeType, attributeValue)
    })
    domain.stations.save(station.record)
  },
}
