import type { CompositePeriod } from '../../../../ocpp/smart-charging/composite-schedule.ts'

/** What an EV will draw, W, from each second on. */
interface EvPeriod {
  readonly startPeriod: number
  readonly limit: number
}

/** How an EV means to use what it is offered. */
export interface EvSchedule {
  readonly periods: readonly EvPeriod[]
  /** What it gets that way, Wh. */
  readonly energyWh: number
}

/**
 * As much as it can as soon as it can, until it has what it wants: periods of equal power.
 *
 * @param offer W, periods in order
 * @param seconds how long it stays
 */
export function evSchedule(
  offer: readonly Pick<CompositePeriod, 'startPeriod' | 'limit'>[],
  seconds: number,
  most: { readonly watts: number; readonly energyWh: number },
): EvSchedule {
  const periods: EvPeriod[] = []
  const draw = (startPeriod: number, limit: number): void => {
    if (periods[periods.length - 1]?.limit !== limit) periods.push({ startPeriod, limit })
  }
  let energyWh = 0
  for (const [at, { startPeriod, limit }] of offer.entries()) {
    if (startPeriod >= seconds || energyWh >= most.energyWh) break
    const watts = Math.max(0, Math.min(limit, most.watts))
    const length = Math.min(seconds, offer[at + 1]?.startPeriod ?? seconds) - startPeriod
    const wholeWh = (watts * length) / 3600
    draw(startPeriod, watts)
    if (energyWh + wholeWh < most.energyWh) {
      energyWh += wholeWh
      continue
    }
    const enough = Math.ceil(((most.energyWh - energyWh) * 3600) / watts)
    energyWh = most.energyWh
    if (startPeriod + enough < seconds) draw(startPeriod + enough, 0)
  }
  if (periods.length === 0) draw(0, 0)
  return { periods, energyWh }
}
