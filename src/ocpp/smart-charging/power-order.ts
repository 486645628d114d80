import type {
  ChargingSchedulePeriodType,
  OperationModeEnumType,
} from 'typed-ocpp/dist/ocpp21/types.js'

/** W in all, A on each phase. */
type ChargingRateUnit = 'A' | 'W'

export type OperationMode = OperationModeEnumType

/** At this frequency (Hz) or aFRR signal so many watts. */
export interface CurvePoint {
  readonly x: number
  readonly watts: number
}

/**
 * What a period of a 2.1 schedule orders besides a limit [2.1 Q03-Q10]. Positive: to the EV; negative:
 * back to the grid.
 */
export interface PowerOrder {
  readonly mode: OperationMode
  /** Of `setpoint`, `setpointReactive` and `dischargeLimit`: W in all, A on each phase. */
  readonly unit: ChargingRateUnit
  readonly setpoint: number | undefined
  /** var in all, or A on each phase; positive = inductive. */
  readonly setpointReactive: number | undefined
  /** Zero or negative; undefined: as much as hardware gives. */
  readonly dischargeLimit: number | undefined
  readonly baselineW: number
  /** In the order of x; empty where there is none. */
  readonly frequencyCurve: readonly CurvePoint[]
  readonly signalCurve: readonly CurvePoint[]
}

/** What of a period makes an order; a fault names a reasonCode of SetChargingProfileResponse. */
export interface OrderFault {
  readonly reasonCode: string
  /** A few words. */
  readonly additionalInfo: string
}

type Field = 'limit' | 'dischargeLimit' | 'setpoint' | 'setpointReactive'

/** Fields that a period of this mode may not have [2.1 Q02.FR.02, Q03.FR.02, Q07.FR.03, Q08.FR.04]. */
const barredFields: Readonly<Record<OperationMode, readonly Field[]>> = {
  Idle: ['limit', 'dischargeLimit', 'setpoint', 'setpointReactive'],
  ChargingOnly: ['dischargeLimit', 'setpoint', 'setpointReactive'],
  CentralSetpoint: ['limit', 'dischargeLimit'],
  CentralFrequency: ['limit', 'dischargeLimit'],
  ExternalSetpoint: [],
  ExternalLimits: ['setpoint', 'setpointReactive'],
  LocalFrequency: ['limit', 'dischargeLimit', 'setpoint', 'setpointReactive'],
  LocalLoadBalancing: ['setpoint', 'setpointReactive'],
}

/** The order of a period; undefined where it only limits charging. */
export function orderOf(
  period: ChargingSchedulePeriodType,
  unit: ChargingRateUnit,
): PowerOrder | undefined {
  const mode = period.operationMode ?? 'ChargingOnly'
  if (mode === 'ChargingOnly') return undefined
  return {
    mode,
    unit,
    setpoint: total(period.setpoint, period.setpoint_L2, period.setpoint_L3, unit),
    setpointReactive: total(
      period.setpointReactive,
      period.setpointReactive_L2,
      period.setpointReactive_L3,
      unit,
    ),
    dischargeLimit: total(
      period.dischargeLimit,
      period.dischargeLimit_L2,
      period.dischargeLimit_L3,
      unit,
    ),
    baselineW: period.v2xBaseline ?? 0,
    frequencyCurve: curve(period.v2xFreqWattCurve?.map(({ frequency: x, power }) => [x, power])),
    signalCurve: curve(period.v2xSignalWattCurve?.map(({ signal: x, power }) => [x, power])),
  }
}

/**
 * Why a period is no order that could be followed; undefined where it is one, or none at all.
 * Whether the station supports the mode is its own affair.
 */
export function orderFault(
  period: ChargingSchedulePeriodType,
  unit: ChargingRateUnit,
): OrderFault | undefined {
  const mode = period.operationMode
  if (mode === undefined) return undefined
  const barred = barredFields[mode].find((field) => period[field] !== undefined)
  if (barred) return invalid(`${mode} has no ${barred}`)
  if (mode === 'LocalFrequency') return frequencyFault(period, unit)
  const central = mode === 'CentralSetpoint' || mode === 'CentralFrequency'
  if (central && period.setpoint === undefined) return invalid(`${mode} needs a setpoint`)
  const { limit, dischargeLimit, setpoint } = period
  if (setpoint === undefined) return undefined
  if (limit !== undefined && setpoint > limit) return invalid('the setpoint is above the limit')
  if (dischargeLimit !== undefined && setpoint < dischargeLimit) {
    return invalid('the setpoint is below the dischargeLimit')
  }
  return undefined
}

/** [2.1 Q08.FR.02, FR.03, FR.05] */
function frequencyFault(
  { v2xFreqWattCurve, v2xBaseline }: ChargingSchedulePeriodType,
  unit: ChargingRateUnit,
): OrderFault | undefined {
  if (unit !== 'W') return invalid('LocalFrequency is in W')
  if ((v2xFreqWattCurve?.length ?? 0) < 2 || v2xBaseline === undefined) {
    return { reasonCode: 'NoFreqWattCurve', additionalInfo: 'needs a curve and a baseline' }
  }
  return undefined
}

/** A curve at x: straight between its points, level beyond its ends; 0 where there is none. */
export function interpolated(points: readonly CurvePoint[], x: number): number {
  const after = points.findIndex((point) => point.x >= x)
  const right = points[after]
  const left = points[after - 1]
  if (!right) return points[points.length - 1]?.watts ?? 0
  if (!left) return right.watts
  return left.watts + ((right.watts - left.watts) * (x - left.x)) / (right.x - left.x)
}

/** Values for L2 and L3 beside the first one: of each phase, which a sum of watts is made of. */
function total(
  first: number | undefined,
  second: number | undefined,
  third: number | undefined,
  unit: ChargingRateUnit,
): number | undefined {
  if (first === undefined) return undefined
  return unit === 'W' ? first + (second ?? 0) + (third ?? 0) : first
}

function curve(
  points: readonly (readonly [x: number, watts: number])[] | undefined,
): readonly CurvePoint[] {
  return (points ?? []).map(([x, watts]) => ({ x, watts })).sort((one, other) => one.x - other.x)
}

function invalid(additionalInfo: string): OrderFault {
  return { reasonCode: 'InvalidSchedule', additionalInfo }
}
