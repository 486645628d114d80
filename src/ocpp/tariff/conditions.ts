import type { Conditions, FixedConditions } from './tariff.ts'

const dayMs = 86_400_000
const daysOfWeek = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const

/** What conditions about the calendar are judged by. */
export interface Calendar {
  /** The station's local time, as if it were UTC, in ms since the epoch. */
  readonly localMs: number
  readonly evseKind: 'AC' | 'DC'
}

/** What the conditions of an energy or time price are judged by. */
export interface Moment extends Calendar {
  /** Since the transaction began, net: what was discharged counts negative. */
  readonly energyWh: number
  readonly powerW: number
  /** Over all phases. */
  readonly currentA: number
  /** Since the transaction began. */
  readonly seconds: number
  readonly chargingSeconds: number
  /** Of the present idle period; 0 while charging. */
  readonly idleSeconds: number
}

/** All that are stated must hold [2.1 TariffConditionsType]. */
export function applies(conditions: Conditions | undefined, moment: Moment): boolean {
  if (!conditions) return true
  const { minEnergy, maxEnergy, minCurrent, maxCurrent, minPower, maxPower } = conditions
  const { minTime, maxTime, minChargingTime, maxChargingTime } = conditions
  return (
    holdsToday(conditions, moment) &&
    within(moment.energyWh, minEnergy, maxEnergy) &&
    within(moment.currentA, minCurrent, maxCurrent) &&
    within(moment.powerW, minPower, maxPower) &&
    within(moment.seconds, minTime, maxTime) &&
    within(moment.chargingSeconds, minChargingTime, maxChargingTime) &&
    within(moment.idleSeconds, conditions.minIdleTime, conditions.maxIdleTime)
  )
}

/** What was paid with, for surcharges [2.1 TariffConditionsFixedType]. */
export interface PaymentMeans {
  readonly brand?: string | undefined
  readonly recognition?: string | undefined
}

/** As `applies`, for what is charged once: by what held when it began [2.1 I12.FR.30]. */
export function appliesAtStart(
  conditions: FixedConditions | undefined,
  calendar: Calendar,
  { brand, recognition }: PaymentMeans,
): boolean {
  if (!conditions) return true
  const { paymentBrand, paymentRecognition } = conditions
  return (
    holdsToday(conditions, calendar) &&
    (paymentBrand === undefined || paymentBrand === brand) &&
    (paymentRecognition === undefined || paymentRecognition === recognition)
  )
}

/**
 * From the minimum, inclusive, to the maximum, exclusive. Of negative bounds, which are those of
 * discharging, the minimum is the one closest to zero.
 */
function within(value: number, min: number | undefined, max: number | undefined): boolean {
  if ((min ?? max ?? 0) < 0 || (max ?? 0) < 0) {
    return (min === undefined || value <= min) && (max === undefined || value > max)
  }
  return (min === undefined || value >= min) && (max === undefined || value < max)
}

function holdsToday(
  conditions: Conditions | FixedConditions,
  { localMs, evseKind }: Calendar,
): boolean {
  const { dayOfWeek, validFromDate, validToDate } = conditions
  if (conditions.evseKind !== undefined && conditions.evseKind !== evseKind) return false
  const day = daysOfWeek[new Date(localMs).getUTCDay()]
  if (dayOfWeek && day && !dayOfWeek.includes(day)) return false
  if (validFromDate !== undefined && localMs < Date.parse(validFromDate)) return false
  if (validToDate !== undefined && localMs >= Date.parse(validToDate)) return false
  return holdsAt(conditions, localMs)
}

/** An end before the start is on the next day; an end of 00:00 is midnight. */
function holdsAt(
  { startTimeOfDay, endTimeOfDay }: Conditions | FixedConditions,
  localMs: number,
): boolean {
  if (startTimeOfDay === undefined && endTimeOfDay === undefined) return true
  const now = ((localMs % dayMs) + dayMs) % dayMs
  const start = sinceMidnight(startTimeOfDay ?? '00:00')
  const end = sinceMidnight(endTimeOfDay ?? '00:00') || dayMs
  return start < end ? now >= start && now < end : now >= start || now < end
}

function sinceMidnight(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(':')
  return (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** A transaction lasts no longer; a clock that says otherwise may be a thousand years off. */
const longestDays = 400

/**
 * Local instants after one and before another at which the calendar may change what applies, for so
 * many days at most.
 */
export function calendarEdges(
  conditions: Conditions,
  fromMs: number,
  toMs: number,
): readonly number[] {
  const { startTimeOfDay, endTimeOfDay, dayOfWeek, validFromDate, validToDate } = conditions
  const times = [startTimeOfDay, endTimeOfDay].flatMap((time) => time ?? []).map(sinceMidnight)
  if (dayOfWeek) times.push(0)
  const edges = [validFromDate, validToDate].flatMap((date) => date ?? []).map(Date.parse)
  const untilMs = Math.min(toMs, fromMs + longestDays * dayMs)
  for (let day = Math.floor(fromMs / dayMs) * dayMs; day < untilMs; day += dayMs) {
    for (const time of times) edges.push(day + time)
  }
  return edges.filter((edge) => edge > fromMs && edge < toMs)
}
