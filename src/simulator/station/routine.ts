import type { Clocks } from '../../shared/clock.ts'
import type { StationSettings } from './behaviour.ts'
import { DayTimer } from './day-timer.ts'
import { Repeating } from './repeating.ts'

interface RoutineStation {
  readonly clocks: Clocks
  readonly settings: Pick<StationSettings, 'heartbeatIntervalMs' | 'alignedIntervalMs'>
  heartbeat(): void
  wireMs(): number
  /** A clock-aligned sample of everything is due. */
  sampleAligned(): void
}

/** What an accepted station does by the clock, whatever else goes on. */
export class Routine {
  readonly #station: RoutineStation
  readonly #heartbeats: Repeating
  readonly #samples: DayTimer

  constructor(station: RoutineStation) {
    const { simulated } = station.clocks
    this.#station = station
    this.#heartbeats = new Repeating(simulated)
    this.#samples = new DayTimer(simulated, station)
  }

  /** The station is accepted, or its settings changed: what keeps its interval goes on. */
  follow(): void {
    const station = this.#station
    this.#heartbeats.keep(station.settings.heartbeatIntervalMs, () => station.heartbeat())
    this.clockSet()
  }

  /** The wire clock was set. */
  clockSet(): void {
    const station = this.#station
    this.#samples.start(station.settings.alignedIntervalMs, () => station.sampleAligned())
  }

  /** The power is gone, or the run is over. */
  stop(): void {
    this.#heartbeats.stop()
    this.#samples.stop()
  }
}
