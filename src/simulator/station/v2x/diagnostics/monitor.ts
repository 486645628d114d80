import type { EventNotificationEnumType, MonitorEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Place } from '../provisioning/device-model/device-model.ts'
import { isNumeric } from '../provisioning/device-model/variable.ts'

/** Where a monitor comes from [2.0.1 EventNotificationEnumType]. */
type MonitorKind = Exclude<EventNotificationEnumType, 'HardWiredNotification'>

/** 0 (danger) to 9 (debug); schemas of 2.0.1 allow any number. */
export function isSeverity(severity: number): boolean {
  return severity >= 0 && severity <= 9
}

export interface MonitorSettings {
  readonly type: MonitorEnumType
  /** Threshold or difference in the variable's unit; of periodic ones seconds. */
  readonly value: number
  /** 0 (danger) to 9 (debug). */
  readonly severity: number
  /** Counts only while a transaction is open at its EVSE. */
  readonly transaction: boolean
}

/** One monitor of one variable, with what it has seen. Survives reboots [2.0.1 N07.FR.13]. */
export interface Monitor extends MonitorSettings {
  readonly id: number
  readonly place: Place
  readonly kind: MonitorKind
  /** The threshold is passed, and the CSMS was told so or is to be. */
  exceeded: boolean
  /** The value that was told last, or stood when it was set; undefined: none yet. */
  reference: string | undefined
}

/** What a monitor has to tell. */
export interface Finding {
  readonly trigger: 'Alerting' | 'Delta'
  /** The value is back within its threshold. */
  readonly cleared?: true
}

export function isPeriodic({ type }: Pick<MonitorSettings, 'type'>): boolean {
  return type === 'Periodic' || type === 'PeriodicClockAligned'
}

/**
 * Looks at the value now and remembers it; undefined: nothing to tell. Exactly on a threshold, or
 * changed by exactly the difference, is not beyond it [2.0.1 N07.FR.02, FR.16 to FR.19].
 *
 * @param target the variable's Target
 */
export function judge(monitor: Monitor, value: string, target: string): Finding | undefined {
  switch (monitor.type) {
    case 'UpperThreshold':
      return crossed(monitor, numberIn(value), (number) => number > monitor.value)
    case 'LowerThreshold':
      return crossed(monitor, numberIn(value), (number) => number < monitor.value)
    case 'Delta':
      return isNumeric(monitor.place.spec) ? moved(monitor, value) : changed(monitor, value)
    case 'TargetDelta':
      return strayed(monitor, numberIn(value), numberIn(target), monitor.value)
    case 'TargetDeltaRelative': {
      const goal = numberIn(target)
      return strayed(monitor, numberIn(value), goal, monitor.value * Math.abs(goal ?? 0))
    }
    case 'Periodic':
    case 'PeriodicClockAligned':
      return undefined
  }
}

function crossed(
  monitor: Monitor,
  number: number | undefined,
  isBeyond: (number: number) => boolean,
): Finding | undefined {
  if (number === undefined || isBeyond(number) === monitor.exceeded) return undefined
  monitor.exceeded = !monitor.exceeded
  return monitor.exceeded ? { trigger: 'Alerting' } : { trigger: 'Alerting', cleared: true }
}

function changed(monitor: Monitor, value: string): Finding | undefined {
  const before = monitor.reference
  monitor.reference = value
  return before === undefined || before === value ? undefined : { trigger: 'Delta' }
}

function moved(monitor: Monitor, value: string): Finding | undefined {
  const number = numberIn(value)
  if (number === undefined) return undefined
  const reference = numberIn(monitor.reference ?? '')
  if (reference !== undefined && Math.abs(number - reference) <= monitor.value) return undefined
  monitor.reference = value
  return reference === undefined ? undefined : { trigger: 'Delta' }
}

/** Told once, and again each time it went as far on; a return within bounds is not told. */
function strayed(
  monitor: Monitor,
  number: number | undefined,
  target: number | undefined,
  most: number,
): Finding | undefined {
  if (number === undefined || target === undefined) return undefined
  if (Math.abs(number - target) <= most) {
    monitor.reference = undefined
    return undefined
  }
  const told = numberIn(monitor.reference ?? '')
  if (told !== undefined && Math.abs(number - told) <= most) return undefined
  monitor.reference = String(number)
  return { trigger: 'Delta' }
}

/** The empty text is no number. */
function numberIn(text: string): number | undefined {
  const number = text === '' ? Number.NaN : Number(text)
  return Number.isNaN(number) ? undefined : number
}
