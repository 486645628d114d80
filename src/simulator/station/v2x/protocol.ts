import type { PayloadValidators } from '../../../ocpp/schemas.ts'
import type { StationTemplate } from '../../scenario/plan.ts'
import type { StationProtocol } from '../behaviour.ts'
import { stationService } from '../served-actions.ts'
import { Behaviour2x } from './behaviour.ts'
import type { Version2x } from './station-2x.ts'

/** OCPP 2.0.1 or 2.1 for the stations of a process. */
export function protocol2x(version: Version2x, validators: PayloadValidators): StationProtocol {
  const valuesByTemplate = new Map<StationTemplate, Readonly<Record<string, string>>>()
  return {
    version,
    service: stationService(version, validators),
    behaviour(station) {
      const { template } = station
      const values = valuesByTemplate.get(template) ?? templateValues(template)
      valuesByTemplate.set(template, values)
      return new Behaviour2x(version, station, values)
    },
  }
}

/** What a template says of the device model, by variable name. */
function templateValues(template: StationTemplate): Readonly<Record<string, string>> {
  return {
    'TxCtrlr.TxStartPoint': template.txStartPoint.join(','),
    'TxCtrlr.TxStopPoint': template.txStopPoint.join(','),
    ...template.configuration,
  }
}
