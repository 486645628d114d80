import type { CompositeScheduleType } from 'typed-ocpp/dist/ocpp20/types.js'
import {
  type CompositeSchedule,
  compositeSchedule,
  type Rate,
} from '../../../../ocpp/smart-charging/composite-schedule.ts'
import {
  type ChargingRateUnit,
  type Limit,
  minRateOf,
  phaseRates,
  rateOf,
  tighter,
} from '../../../../ocpp/smart-charging/limit.ts'
import { evseLimit } from '../../../physics/power-path.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { chargingProfiles } from './charging-profiles.ts'

/** What is asked of a composite schedule. */
interface Question {
  readonly unit: ChargingRateUnit
  /** Wire ms. */
  readonly fromMs: number
  readonly seconds: number
  /** Which schedule of TxProfiles with several; undefined: the one that is followed. */
  readonly choice?: number
}

/**
 * What an EVSE may draw from an instant on, hardware taken into account; undefined = all of them
 * together, as if an EV charged at each [2.0.1 K08].
 */
export function compositeOf(
  station: Station2x,
  evse: Evse | undefined,
  question: Question,
): CompositeSchedule {
  const { fromMs, seconds } = question
  const rateAt = (atMs: number) =>
    evse ? evseRate(station, evse, question, atMs) : stationRate(station, question, atMs)
  return compositeSchedule(rateAt, fromMs, seconds, mostPeriods)
}

/** More periods nobody reads; what is told ends before them. */
const mostPeriods = 1000

/** As GetCompositeScheduleResponse tells it. */
export function wireComposite(
  evse: Evse | undefined,
  unit: ChargingRateUnit,
  scheduleStart: string,
  { duration, periods }: CompositeSchedule,
): CompositeScheduleType {
  const direct = evse?.plan.current === 'DC'
  const told = periods.map(({ startPeriod, limit, numberPhases, phaseToUse, byPhase = [] }) => ({
    startPeriod,
    limit: byPhase[0] ?? limit,
    // [2.1 K08.FR.09]
    ...(byPhase[1] !== undefined && { limit_L2: byPhase[1] }),
    ...(byPhase[2] !== undefined && { limit_L3: byPhase[2] }),
    ...(!direct && { numberPhases }),
    ...(!direct && phaseToUse !== undefined && { phaseToUse }),
  }))
  return {
    evseId: evse?.id ?? 0,
    duration,
    scheduleStart,
    chargingRateUnit: unit,
    chargingSchedulePeriod: told as CompositeScheduleType['chargingSchedulePeriod'],
  }
}

function evseRate(station: Station2x, evse: Evse, question: Question, atMs: number): Rate {
  const { bounds } = chargingProfiles.of(station)
  const own = bounds.ownBound(evse, question.fromMs, atMs, question.choice)
  const general = bounds.stationBound(atMs)
  const limit = tighter(tighter(own.limit, general.limit), evseLimit(evse.plan))
  return rate(station, limit, question.unit, Math.min(own.untilMs, general.untilMs))
}

function stationRate(station: Station2x, question: Question, atMs: number): Rate {
  const { evses } = station.services
  const general = chargingProfiles.of(station).bounds.stationBound(atMs)
  const rates = evses.map((evse) => evseRate(station, evse, question, atMs))
  const phases = evses.reduce<Limit['phases']>(
    (most, { plan }) => (plan.phases > most ? plan.phases : most),
    1,
  )
  const whole = rate(station, { ...general.limit, phases }, question.unit, general.untilMs)
  return {
    ...whole,
    rate: Math.min(
      whole.rate,
      rates.reduce((sum, one) => sum + one.rate, 0),
    ),
    untilMs: Math.min(whole.untilMs, ...rates.map(({ untilMs }) => untilMs)),
  }
}

function rate(
  { services }: Station2x,
  limit: Limit,
  unit: ChargingRateUnit,
  untilMs: number,
): Rate {
  const { voltage } = services.template
  return {
    rate: rateOf(limit, unit, voltage),
    phases: limit.phases,
    phaseToUse: limit.phaseToUse,
    byPhase: phaseRates(limit, unit, voltage),
    minRate: minRateOf(limit, unit, voltage),
    untilMs,
  }
}

/** What the station offers at an EVSE now, W. */
export function offeredW(station: Station2x, evse: Evse): number {
  const fromMs = station.services.wireMs()
  return evseRate(station, evse, { unit: 'W', fromMs, seconds: 1 }, fromMs).rate
}
