/** What may be drawn from an instant on, in the unit that was asked for. */
export interface Rate {
  /** `Infinity` = no limit. */
  readonly rate: number
  readonly phases: number
  /** Which one, where it is one and somebody chose. */
  readonly phaseToUse?: number | undefined
  /** 2.1: of each phase, where they are told apart. */
  readonly byPhase?: readonly number[] | undefined
  /** minChargingRate; 0 = none. */
  readonly minRate: number
  /** Later than the instant. */
  readonly untilMs: number
}

export interface CompositePeriod {
  /** Seconds since the start of the composite schedule. */
  readonly startPeriod: number
  /** One decimal, rounded down; `Infinity` = no limit. */
  readonly limit: number
  readonly numberPhases: number
  readonly phaseToUse?: number
  /** Of each phase; `limit` is their sum in W, the least in A. */
  readonly byPhase?: readonly number[]
}

export interface CompositeSchedule {
  /** Seconds; less than what was asked for where that would take too many periods. */
  readonly duration: number
  readonly periods: readonly CompositePeriod[]
  /** The highest minChargingRate in the schedule; 0 = none. */
  readonly minChargingRate: number
}

/**
 * What holds at each whole second from an instant on, in as few periods as possible [1.6 5.7].
 *
 * @param seconds at least 1
 * @param longest how many periods the schedule may have
 */
export function compositeSchedule(
  rateAt: (atMs: number) => Rate,
  fromMs: number,
  seconds: number,
  longest: number,
): CompositeSchedule {
  const periods: CompositePeriod[] = []
  let minChargingRate = 0
  let at = 0
  while (at < seconds) {
    const { rate, phases, phaseToUse, byPhase, minRate, untilMs } = rateAt(fromMs + at * 1000)
    const period = {
      startPeriod: at,
      limit: tenths(rate),
      numberPhases: phases,
      ...(phases === 1 && phaseToUse !== undefined && { phaseToUse }),
      ...(byPhase && { byPhase: byPhase.map(tenths) }),
    }
    if (!continues(periods[periods.length - 1], period)) {
      if (periods.length === longest) break
      periods.push(period)
    }
    minChargingRate = Math.max(minChargingRate, minRate)
    at = Math.max(at + 1, Math.ceil((untilMs - fromMs) / 1000))
  }
  return { duration: Math.min(at, seconds), periods, minChargingRate: tenths(minChargingRate) }
}

function continues(last: CompositePeriod | undefined, next: CompositePeriod): boolean {
  return (
    last?.limit === next.limit &&
    last.numberPhases === next.numberPhases &&
    last.phaseToUse === next.phaseToUse &&
    String(last.byPhase) === String(next.byPhase)
  )
}

/** At most one digit fraction [1.6 7.14], never more than the limit; the dust of floats aside. */
function tenths(rate: number): number {
  return Number.isFinite(rate) ? Math.floor(rate * 10 + 1e-6) / 10 : rate
}
