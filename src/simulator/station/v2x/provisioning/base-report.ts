import type { ReportBaseEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { DeviceModel, Place } from './device-model/device-model.ts'
import type { VariableSpec } from './device-model/variable.ts'

/** Variables that say that something is not as it should be [2.0.1 B07.FR.09]. */
const troubles: ReadonlySet<string> = new Set(['Problem', 'Tripped', 'Overload', 'Fallback'])

/** What a base report lists [2.0.1 B07.FR.07 to FR.09]. */
export function baseReport(model: DeviceModel, base: ReportBaseEnumType): readonly Place[] {
  const places = model.places()
  switch (base) {
    case 'FullInventory':
      return places
    case 'ConfigurationInventory':
      return places.filter(({ spec }) => isSettable(spec))
    case 'SummaryInventory':
      return places.filter((place) => place.spec.summary === true || isTrouble(model, place))
  }
}

function isSettable({ mutability, attributes = {} }: VariableSpec): boolean {
  if (mutability !== 'ReadOnly') return true
  return Object.values(attributes).some((attribute) => attribute.mutability !== 'ReadOnly')
}

function isTrouble(model: DeviceModel, place: Place): boolean {
  return troubles.has(place.spec.variable) && model.valueOf(place) === 'true'
}
