import type {
  AttributeEnumType,
  ReportDataType,
  VariableAttributeType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import { type DeviceModel, hasAttribute, type Place } from './device-model/device-model.ts'
import { isNumeric } from './device-model/variable.ts'

const attributeTypes: readonly AttributeEnumType[] = ['Actual', 'Target', 'MinSet', 'MaxSet']

/** One variable as reports tell it: every attribute it has, and its characteristics [2.0.1 B07.FR.11, B08.FR.12]. */
export function reportData(model: DeviceModel, place: Place): ReportDataType {
  const { spec } = place
  const { min, max } = model.limitsOf(place)
  const valuesList = valuesListOf(model, place)
  return {
    ...named(place),
    variableAttribute: attributeTypes
      .filter((type) => hasAttribute(spec, type))
      .map((type) => attributeData(model, place, type)) as ReportDataType['variableAttribute'],
    variableCharacteristics: {
      dataType: spec.dataType,
      supportsMonitoring: spec.monitored === true,
      ...(spec.unit !== undefined && { unit: spec.unit }),
      ...(min !== undefined && isNumeric(spec) && { minLimit: min }),
      ...(max !== undefined && { maxLimit: max }),
      ...(valuesList !== undefined && { valuesList }),
    },
  }
}

const lists: ReadonlySet<string> = new Set(['OptionList', 'MemberList', 'SequenceList'])

/** Every list has one; what cannot be set holds what it holds [2.0.1 VariableCharacteristicsType]. */
function valuesListOf(model: DeviceModel, place: Place): string | undefined {
  const { values, dataType } = place.spec
  if (values) return values.join(',')
  return lists.has(dataType) ? model.valueOf(place) : undefined
}

/** A component variable as the wire names it. */
export function named({ spec, at }: Place): Pick<ReportDataType, 'component' | 'variable'> {
  return {
    component: {
      name: spec.component,
      ...(spec.componentInstance !== undefined && { instance: spec.componentInstance }),
      ...(at && { evse: at }),
    },
    variable: {
      name: spec.variable,
      ...(spec.instance !== undefined && { instance: spec.instance }),
    },
  }
}

function attributeData(
  model: DeviceModel,
  place: Place,
  type: AttributeEnumType,
): VariableAttributeType {
  const { spec } = place
  const own = type === 'Actual' ? undefined : spec.attributes?.[type]
  const mutability = own?.mutability ?? spec.mutability
  const isKept = spec.read === undefined || mutability !== 'ReadOnly'
  return {
    type,
    ...(spec.mutability !== 'WriteOnly' && { value: model.valueOf(place, type) }),
    mutability,
    persistent: isKept && spec.volatile !== true,
    constant: type === 'Actual' && spec.constant === true,
  }
}
