import { type Clock, type Clocks, ScaledClock } from '../shared/clock.ts'
import { realClock } from './real-clock.ts'
import { microsOfEpoch } from './shared-instants.ts'

/** A simulated clock as one process describes it to another. */
export interface SimulatedTime {
  /** Simulated seconds per real second. */
  readonly speed: number
  /** What its wall shows at the real instant `originEpochMs`. */
  readonly originWallMs: number
  readonly originEpochMs: number
}

/** The machine's clock and a simulated one on it. */
export function clocksOf({ speed, originWallMs, originEpochMs }: SimulatedTime): Clocks {
  const origin = microsOfEpoch(originEpochMs)
  const simulated: Clock = new ScaledClock(realClock, speed, originWallMs, origin)
  return { real: realClock, simulated }
}
