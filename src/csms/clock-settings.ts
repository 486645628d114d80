import { realClock } from '../platform/real-clock.ts'
import { type Clocks, ScaledClock } from '../shared/clock.ts'

/** Simulated time in plain numbers, so that every process of a run shows the same. */
export interface ClockSettings {
  /** Simulated seconds per real second. */
  readonly speed: number
  /** What the simulated wall clock shows ... */
  readonly originWallMs: number
  /** ... when the machine's wall clock shows this. */
  readonly originRealWallMs: number
}

/** The machine's clock and the simulated one on it; without settings both are the machine's. */
export function clocksOf(settings: ClockSettings | undefined): Clocks {
  if (!settings) return { real: realClock, simulated: realClock }
  const { speed, originWallMs, originRealWallMs } = settings
  const sinceOriginMs = realClock.wallMs() - originRealWallMs
  const originMicros = realClock.monotonicMicros() - sinceOriginMs * 1000
  return {
    real: realClock,
    simulated: new ScaledClock(realClock, speed, originWallMs, originMicros),
  }
}
