import type { CancelTimer } from '../../../../shared/clock.ts'
import { DayTimer } from '../../day-timer.ts'
import { Repeating } from '../../repeating.ts'
import type { Station2x } from '../station-2x.ts'
import type { Monitor } from './monitor.ts'

/** When the periodic monitors of one station are due [2.0.1 N08.FR.06, FR.07]; simulated time. */
export class MonitorTimers {
  readonly #station: Station2x
  readonly #due: (monitor: Monitor) => void
  readonly #running = new Map<Monitor, CancelTimer>()

  constructor(station: Station2x, due: (monitor: Monitor) => void) {
    this.#station = station
    this.#due = due
  }

  /** Just these run from now on; those that do already go on as they do. */
  follow(monitors: readonly Monitor[]): void {
    for (const [monitor, stop] of this.#running) {
      if (monitors.includes(monitor)) continue
      stop()
      this.#running.delete(monitor)
    }
    for (const monitor of monitors) {
      if (!this.#running.has(monitor)) this.#running.set(monitor, this.#start(monitor))
    }
  }

  #start(monitor: Monitor): CancelTimer {
    const { services } = this.#station
    const clock = services.clocks.simulated
    const timer = monitor.type === 'Periodic' ? new Repeating(clock) : new DayTimer(clock, services)
    timer.start(monitor.value * 1000, () => this.#due(monitor))
    return () => timer.stop()
  }
}
