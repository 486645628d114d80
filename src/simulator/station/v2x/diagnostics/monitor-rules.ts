import type { SetMonitoringStatusEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import {
  type DeviceModel,
  hasAttribute,
  type Place,
} from '../provisioning/device-model/device-model.ts'
import { isNumeric } from '../provisioning/device-model/variable.ts'
import { isPeriodic, isSeverity, type MonitorSettings } from './monitor.ts'

/** Why a monitor is not set. */
export interface Objection {
  readonly status: Exclude<SetMonitoringStatusEnumType, 'Accepted'>
  readonly statusInfo?: { readonly reasonCode: string; readonly additionalInfo?: string }
}

export function rejected(reasonCode: string, additionalInfo?: string): Objection {
  return {
    status: 'Rejected',
    statusInfo: { reasonCode, ...(additionalInfo !== undefined && { additionalInfo }) },
  }
}

const unsupported: Objection = { status: 'UnsupportedMonitorType' }

/** Seconds. */
const shortestPeriod = 0.1

/** What is wrong with a monitor by itself, whatever others there are [2.0.1 N04.FR.05, FR.06, FR.14]. */
export function objectionTo(
  settings: MonitorSettings,
  place: Place,
  model: DeviceModel,
): Objection | undefined {
  if (!place.spec.monitored) return unsupported
  if (!isSeverity(settings.severity)) return rejected('ValueOutOfRange', 'severity is 0 to 9')
  if (isPeriodic(settings)) {
    return settings.value < shortestPeriod ? rejected('ValueTooLow', 'an interval') : undefined
  }
  switch (settings.type) {
    case 'UpperThreshold':
    case 'LowerThreshold':
      return isNumeric(place.spec) ? outOfLimits(settings.value, place, model) : unsupported
    case 'TargetDelta':
    case 'TargetDeltaRelative':
      if (!isNumeric(place.spec) || !hasAttribute(place.spec, 'Target')) return unsupported
      return negative(settings.value)
    default:
      return negative(settings.value)
  }
}

function negative(value: number): Objection | undefined {
  return value < 0 ? rejected('ValueTooLow', 'a difference is not negative') : undefined
}

function outOfLimits(value: number, place: Place, model: DeviceModel): Objection | undefined {
  const { min, max } = model.limitsOf(place)
  if (min !== undefined && value < min) return rejected('ValueTooLow', `at least ${min}`)
  if (max !== undefined && value > max) return rejected('ValueTooHigh', `at most ${max}`)
  return undefined
}
