import type { Clock } from '../../shared/clock.ts'
import type { StationSettings } from './behaviour.ts'
import { DayTimer } from './day-timer.ts'
import { Repeating } from './repeating.ts'

export interface RoutineHost {
  readonly station: {
    readonly settings: Pick<StationSettings, 'heartbeatIntervalMs' | 'alignedIntervalMs'>
    heartbeat(): void
    wireMs(): number
  }
  /** A clock-aligned sample of everything is due. */
  sampleAligned(): void
}

/** What an accepted station does by the clock, whatever else goes on. */
export class Routine {
  readonly #host: RoutineHost
  readonly #heartbeats: Repeating
  readonly #samples: DayTimer

  /** @param clock the simulated one */
  constructor(host: RoutineHost, clock: Clock) {
    this.#host = host
    this.#heartbeats = new Repeating(clock)
    this.#samples = new DayTimer(clock, () => host.station.wireMs())
  }

  /** The station is accepted, or its settings changed: what keeps its interval goes on. */
  follow(): void {
    const { station } = this.#host
    this.#heartbeats.keep(station.settings.heartbeatIntervalMs, () => station.heartbeat())
    this.clockSet()
  }

  /** The wire clock was set. */
  clockSet(): void {
    const { station } = this.#host
    this.#samples.start(station.settings.alignedIntervalMs, () => this.#host.sampleAligned())
  }

  /** The power is gone, or the run is over. */
  stop(): void {
    this.#heartbeats.stop()
    this.#samples.stop()
  }
}
