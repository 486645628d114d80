/** Reactive power that an inverter makes besides the active power. */
export interface ReactiveOrder {
  /** var; positive = it absorbs (inductive), negative = it injects. */
  readonly fixedVar: number
  /** var for each W that flows in either direction: a power factor. */
  readonly perW: number
}

/** A share of active power that makes this cos phi, not negative. */
export function perWOf(powerFactor: number): number {
  const cosPhi = Math.min(1, Math.max(0.01, Math.abs(powerFactor)))
  return Math.sqrt(1 - cosPhi ** 2) / cosPhi
}

/** var at this active power, no more than the inverter has. */
export function reactiveVar({ fixedVar, perW }: ReactiveOrder, powerW: number, mostVar: number) {
  const wanted = fixedVar + perW * Math.abs(powerW)
  return Math.max(-mostVar, Math.min(mostVar, wanted))
}
