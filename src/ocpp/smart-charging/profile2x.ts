import type { SetChargingProfileRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { ChargingProfile, SchedulePeriod } from './charging-profile.ts'
import type { ChargingRateUnit, Phases } from './limit.ts'
import { orderFault, orderOf } from './power-order.ts'

/** A ChargingProfile as 2.1 writes it; 2.0.1 knows some of its fields [2.1 ChargingProfileType]. */
export type ChargingProfile2x = SetChargingProfileRequest['chargingProfile']
export type Schedule2x = ChargingProfile2x['chargingSchedule'][number]
export type Period2x = Schedule2x['chargingSchedulePeriod'][number]
export type Purpose2x = ChargingProfile2x['chargingProfilePurpose']

/** Why a profile is refused, in a reason code of the specification [2.1 Part 2 appendix 5]. */
export interface ProfileFault {
  readonly reasonCode: string
  readonly additionalInfo: string
}

/** How a profile is read at one station, for one EV. */
interface Reading {
  /** Which of its schedules the EV follows, where it has that many [2.0.1 K15]; default 0. */
  readonly choice?: number
  /** Local time at the station minus UTC, ms: for schedules in local time; default 0. */
  readonly localMs?: number
}

/**
 * Reads a profile in which `faultOf2x` finds nothing wrong.
 *
 * @param nowMs when it was received: the origin of a Dynamic one that names none
 */
export function readProfile2x(
  wire: ChargingProfile2x,
  nowMs: number,
  { choice = 0, localMs = 0 }: Reading = {},
): ChargingProfile {
  const { chargingSchedule: schedules, maxOfflineDuration } = wire
  const schedule = schedules[Math.min(choice, schedules.length - 1)] ?? emptySchedule
  const { limitAtSoC } = schedule
  const dynamic = wire.chargingProfileKind === 'Dynamic'
  return {
    id: wire.id,
    stackLevel: wire.stackLevel,
    purpose: wire.chargingProfilePurpose,
    kind: wire.chargingProfileKind,
    recurrency: wire.chargingProfileKind === 'Recurring' ? wire.recurrencyKind : undefined,
    validFromMs: instant(wire.validFrom) ?? Number.NEGATIVE_INFINITY,
    validToMs: instant(wire.validTo) ?? Number.POSITIVE_INFINITY,
    ...(maxOfflineDuration !== undefined && { offlineMs: maxOfflineDuration * 1000 }),
    schedule: {
      startMs: dynamic ? (instant(wire.dynUpdateTime) ?? nowMs) : startOf(schedule, localMs),
      durationMs: (schedule.duration ?? Number.POSITIVE_INFINITY) * 1000,
      unit: schedule.chargingRateUnit,
      periods: schedule.chargingSchedulePeriod.map((period) =>
        readPeriod(period, schedule.chargingRateUnit),
      ),
      minRate: schedule.minChargingRate ?? 0,
      ...(limitAtSoC && { beyondSoc: { soc: limitAtSoC.soc / 100, limit: limitAtSoC.limit } }),
    },
  }
}

/** Of a schedule in local time, whatever offset it is written with counts for nothing [2.1 K01.FR.90]. */
function startOf({ startSchedule, useLocalTime }: Schedule2x, localMs: number): number | undefined {
  if (!useLocalTime) return instant(startSchedule)
  const unqualified = startSchedule?.replace(/(?:z|[+-]\d\d:\d\d)$/i, '')
  return unqualified === undefined ? undefined : at(`${unqualified}Z`) - localMs
}

const emptySchedule: Schedule2x = { id: 0, chargingRateUnit: 'W', chargingSchedulePeriod: [] }

function readPeriod(period: Period2x, unit: ChargingRateUnit): SchedulePeriod {
  const phaseToUse = phasesOf(period.phaseToUse)
  const order = orderOf(period, unit)
  const idle = period.operationMode === 'Idle'
  const byPhase = phaseLimits(period)
  return {
    startMs: period.startPeriod * 1000,
    limit: idle ? 0 : ((byPhase ? undefined : period.limit) ?? Number.POSITIVE_INFINITY),
    phases: phasesOf(period.numberPhases) ?? 3,
    ...(phaseToUse !== undefined && { phaseToUse }),
    ...(byPhase && { byPhase }),
    ...(order && { order }),
  }
}

/** With values for L2 or L3 the limit is that of L1 [2.1 ChargingSchedulePeriodType]. */
function phaseLimits({ limit, limit_L2: second, limit_L3: third }: Period2x) {
  if (second === undefined && third === undefined) return undefined
  const none = Number.POSITIVE_INFINITY
  return [limit ?? none, second ?? none, third ?? none] as const
}

/**
 * What is wrong with a profile that its schema accepts, whatever the station can do; undefined =
 * nothing [2.0.1 K01.FR.19, FR.31, FR.35, FR.38, FR.40, FR.41]
 * [2.1 K01.FR.70, FR.71, FR.95, FR.111-114, FR.122, FR.143-146, K28.FR.01-04].
 */
export function faultOf2x(wire: ChargingProfile2x): ProfileFault | undefined {
  return (
    profileFault(wire) ??
    first(wire.chargingSchedule, (schedule) => scheduleFault(wire, schedule)) ??
    first(wire.chargingSchedule, ({ chargingSchedulePeriod: periods, chargingRateUnit: unit }) =>
      first(periods, (period) => periodFault(wire, period) ?? orderFault(period, unit)),
    )
  )
}

function profileFault(wire: ChargingProfile2x): ProfileFault | undefined {
  const { chargingProfileKind: kind, chargingProfilePurpose: purpose, validFrom, validTo } = wire
  if (wire.stackLevel < 0) return fault('InvalidStackLevel', 'stackLevel is negative')
  if ([validFrom, validTo, wire.dynUpdateTime].some(isNoInstant)) {
    return fault('InvalidValue', 'a date is none')
  }
  if (validFrom !== undefined && validTo !== undefined && !(at(validFrom) < at(validTo))) {
    return fault('InvalidValue', 'validFrom is not before validTo')
  }
  if (kind === 'Recurring' && wire.recurrencyKind === undefined) {
    return fault('InvalidProfile', 'a Recurring profile needs recurrencyKind')
  }
  if (kind === 'Relative' && !perTransaction.has(purpose)) {
    return fault('InvalidProfile', `${purpose} is not Relative to any transaction`)
  }
  if (kind !== 'Dynamic' && (wire.dynUpdateInterval ?? wire.dynUpdateTime) !== undefined) {
    return fault('InvalidProfile', 'only a Dynamic profile is updated')
  }
  const [schedule] = wire.chargingSchedule
  const single = wire.chargingSchedule.length === 1 && schedule?.chargingSchedulePeriod.length === 1
  if (kind === 'Dynamic' && !single) {
    return fault('InvalidSchedule', 'a Dynamic profile has one period')
  }
  return undefined
}

const perTransaction: ReadonlySet<Purpose2x> = new Set<Purpose2x>([
  'TxProfile',
  'TxDefaultProfile',
  'PriorityCharging',
])

function scheduleFault(
  { chargingProfileKind: kind, chargingProfilePurpose: purpose }: ChargingProfile2x,
  schedule: Schedule2x,
): ProfileFault | undefined {
  const { startSchedule, duration, minChargingRate = 0, randomizedDelay = 0 } = schedule
  if (isNoInstant(startSchedule)) return fault('InvalidValue', 'a date is none')
  if ((kind === 'Absolute' || kind === 'Recurring') && startSchedule === undefined) {
    return fault('InvalidSchedule', `${kind} needs startSchedule`)
  }
  if (kind === 'Relative' && startSchedule !== undefined) {
    return fault('InvalidSchedule', 'Relative has no startSchedule')
  }
  if (duration !== undefined && duration <= 0) {
    return fault('InvalidSchedule', 'duration is not positive')
  }
  if (duration !== undefined && purpose === 'PriorityCharging') {
    return fault('InvalidSchedule', 'PriorityCharging has no duration')
  }
  if (minChargingRate < 0) return fault('InvalidSchedule', 'minChargingRate is negative')
  if (randomizedDelay !== 0 && purpose !== 'TxProfile' && purpose !== 'TxDefaultProfile') {
    return fault('InvalidSchedule', `${purpose} is not randomized`)
  }
  return disorder(schedule)
}

function disorder({ chargingSchedulePeriod }: Schedule2x): ProfileFault | undefined {
  if (chargingSchedulePeriod[0]?.startPeriod !== 0) {
    return fault('InvalidSchedule', 'the first startPeriod is not 0')
  }
  let last = -1
  for (const { startPeriod } of chargingSchedulePeriod) {
    if (startPeriod <= last) return fault('InvalidSchedule', 'the periods are out of order')
    last = startPeriod
  }
  return undefined
}

type OperationMode = NonNullable<Period2x['operationMode']>

/** What a purpose may do besides ChargingOnly; undefined: anything [2.1 K01.FR.111-113]. */
const modesOf: Readonly<Record<Purpose2x, readonly OperationMode[] | undefined>> = {
  ChargingStationExternalConstraints: ['ExternalLimits', 'ExternalSetpoint'],
  ChargingStationMaxProfile: [],
  LocalGeneration: ['ExternalLimits'],
  PriorityCharging: [],
  TxDefaultProfile: undefined,
  TxProfile: undefined,
}

/** These need no limit [2.1 ChargingSchedulePeriodType]. */
const unlimitedModes: ReadonlySet<OperationMode> = new Set<OperationMode>([
  'Idle',
  'CentralSetpoint',
  'ExternalSetpoint',
  'ExternalLimits',
  'CentralFrequency',
  'LocalFrequency',
  'LocalLoadBalancing',
])

function periodFault(
  { chargingProfilePurpose: purpose }: ChargingProfile2x,
  period: Period2x,
): ProfileFault | undefined {
  const { operationMode: mode = 'ChargingOnly', numberPhases = 3, phaseToUse, limit } = period
  if (mode !== 'ChargingOnly' && modesOf[purpose]?.includes(mode) === false) {
    return fault('InvalidOperationMode', `${purpose} has no ${mode}`)
  }
  if (phaseLimits(period) && (purpose !== 'TxProfile' || limit === undefined)) {
    return fault('PhaseConflict', 'limits by phase are of a TxProfile, and of L1, too')
  }
  if (limit === undefined && !unlimitedModes.has(mode)) {
    return fault('InvalidSchedule', `${mode} needs a limit`)
  }
  if (numberPhases < 1 || numberPhases > 3) {
    return fault('InvalidSchedule', 'numberPhases is not 1, 2 or 3')
  }
  if (phaseToUse !== undefined && period.numberPhases !== 1) {
    return fault('InvalidSchedule', 'phaseToUse is of one phase')
  }
  return undefined
}

function fault(reasonCode: string, additionalInfo: string): ProfileFault {
  return { reasonCode, additionalInfo }
}

function first<Item>(
  items: readonly Item[],
  of: (item: Item) => ProfileFault | undefined,
): ProfileFault | undefined {
  for (const item of items) {
    const found = of(item)
    if (found) return found
  }
  return undefined
}

function phasesOf(count: number | undefined): Phases | undefined {
  return count === 1 || count === 2 || count === 3 ? count : undefined
}

function isNoInstant(text: string | undefined): boolean {
  return text !== undefined && Number.isNaN(at(text))
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : at(text)
}

function at(text: string): number {
  return Date.parse(text)
}
