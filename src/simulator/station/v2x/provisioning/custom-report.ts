import type {
  ComponentCriterionEnumType,
  ComponentVariableType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { DeviceModel, Place } from './device-model/device-model.ts'
import { componentName, placedName } from './device-model/variable.ts'

/** What a GetReport asks for; what is absent limits nothing. */
export interface ReportFilter {
  readonly componentCriteria?: readonly ComponentCriterionEnumType[]
  readonly componentVariable?: readonly ComponentVariableType[]
}

/** What a custom report lists [2.0.1 B08.FR.05 to FR.13, FR.20 to FR.25]. */
export function customReport(model: DeviceModel, filter: ReportFilter): readonly Place[] {
  const { componentCriteria: criteria, componentVariable: wanted } = filter
  const places = model.places()
  const ofComponent = criteria && stateOfComponents(model, places)
  return places.filter((place) => {
    if (wanted && !wanted.some((one) => isMeant(place, one))) return false
    if (!criteria || !ofComponent) return true
    const state = ofComponent.get(componentKey(place))
    return criteria.some((criterion) => meets(criterion, state))
  })
}

/** A name without an instance, or without a place, means all of them [2.0.1 B08.FR.20 to FR.25]. */
export function isMeant(place: Place, { component, variable }: ComponentVariableType): boolean {
  const { spec, at } = place
  return (
    isSame(spec.component, component.name) &&
    isUnlessAbsent(spec.componentInstance, component.instance) &&
    (component.evse === undefined || component.evse.id === at?.id) &&
    (component.evse?.connectorId === undefined || component.evse.connectorId === at?.connectorId) &&
    (variable === undefined ||
      (isSame(spec.variable, variable.name) && isUnlessAbsent(spec.instance, variable.instance)))
  )
}

type State = Partial<Record<ComponentCriterionEnumType, string>>

const criterionNames: ReadonlySet<string> = new Set(['Active', 'Available', 'Enabled', 'Problem'])

/** The values that criteria ask for, by component. */
function stateOfComponents(
  model: DeviceModel,
  places: readonly Place[],
): ReadonlyMap<string, State> {
  const states = new Map<string, State>()
  for (const place of places) {
    const { variable, instance } = place.spec
    if (!criterionNames.has(variable) || instance !== undefined) continue
    const key = componentKey(place)
    const state = states.get(key) ?? {}
    states.set(key, { ...state, [variable]: model.valueOf(place) })
  }
  return states
}

/** Who has no such variable is active, available and enabled, and has no problem. */
function meets(criterion: ComponentCriterionEnumType, state: State = {}): boolean {
  const value = state[criterion]
  return value === 'true' || (value === undefined && criterion !== 'Problem')
}

function componentKey({ spec, at }: Place): string {
  return placedName(componentName(spec), at)
}

function isSame(name: string, asked: string): boolean {
  return name.toLowerCase() === asked.toLowerCase()
}

function isUnlessAbsent(instance: string | undefined, asked: string | undefined): boolean {
  return asked === undefined || asked === '' || isSame(instance ?? '', asked)
}
