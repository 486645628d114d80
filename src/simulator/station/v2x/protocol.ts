import type { PayloadValidators } from '../../../ocpp/schemas.ts'
import type { StationTemplate } from '../../scenario/plan.ts'
import type { StationProtocol } from '../behaviour.ts'
import { stationService } from '../served-actions.ts'
import { Behaviour2x } from './behaviour.ts'
import { specsOf, VariableTable } from './provisioning/device-model/table.ts'
import { variables } from './provisioning/device-model/variables.ts'
import type { Version2x } from './station-2x.ts'

/** OCPP 2.0.1 or 2.1 for the stations of a process. */
export function protocol2x(version: Version2x, validators: PayloadValidators): StationProtocol {
  const models = new Map<StationTemplate, TemplateModel>()
  const standard = new VariableTable(specsOf(variables, version))
  return {
    version,
    service: stationService(version, validators),
    behaviour(station) {
      const { template } = station
      const { deviceModel } = template
      const model = models.get(template) ?? {
        table: deviceModel
          ? new VariableTable(specsOf(variables, version, deviceModel.rows))
          : standard,
        values: templateValues(template),
      }
      models.set(template, model)
      return new Behaviour2x(version, station, model.table, model.values)
    },
  }
}

/** The device model of all stations of a template. */
interface TemplateModel {
  readonly table: VariableTable
  readonly values: Readonly<Record<string, string>>
}

/** What a template says of the device model, by variable name. */
function templateValues(template: StationTemplate): Readonly<Record<string, string>> {
  return {
    'TxCtrlr.TxStartPoint': template.txStartPoint.join(','),
    'TxCtrlr.TxStopPoint': template.txStopPoint.join(','),
    ...template.deviceModel?.values,
    ...template.configuration,
  }
}
