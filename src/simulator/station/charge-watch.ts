import type { Cancel } from '../../shared/cancel.ts'
import type { CancelTimer, Clock } from '../../shared/clock.ts'
import type { ChargeGoal, StepResult } from '../steps/actor.ts'
import type { StopCause } from './behaviour.ts'
import type { Changes } from './changes.ts'
import type { Evse } from './evse.ts'
import { done, failed } from './step-result.ts'

/** Ends that are the station's or the CSMS's refusal; any other end is somebody's wish. */
const badEnds: Partial<Record<StopCause, string>> = {
  fault: 'charging ended by a fault',
  emergency: 'charging ended by an emergency stop',
  deauthorized: 'charging ended because the CSMS refused the idToken',
}

/**
 * Waits for the goal of one `charge`. The session may end before: by remote stop, unplugging, power
 * loss or reset, and then the charge is over and well; by a fault or a refused token it failed.
 */
export class ChargeWatch {
  readonly #clock: Clock
  readonly #evse: Evse
  readonly #changes: Changes
  readonly #endedBy: () => StopCause | undefined
  readonly #startMs: number

  /** @param endedBy undefined while the session goes on */
  constructor(clock: Clock, evse: Evse, changes: Changes, endedBy: () => StopCause | undefined) {
    this.#clock = clock
    this.#evse = evse
    this.#changes = changes
    this.#endedBy = endedBy
    this.#startMs = this.#nowMs
  }

  async until(goal: ChargeGoal, cancel: Cancel): Promise<StepResult> {
    for (;;) {
      this.#evse.advance()
      if (this.#reached(goal)) return done
      const end = this.#endedBy()
      if (end !== undefined) return ended(end)
      const hopeless = this.#hopeless(goal)
      if (hopeless !== undefined) return failed(hopeless)
      await this.#pause(this.#waitMs(goal), cancel)
    }
  }

  get #nowMs(): number {
    return this.#clock.monotonicMicros() / 1000
  }

  #reached(goal: ChargeGoal): boolean {
    const { soc, sessionWh } = this.#evse.outlet
    // What no meter shows does not count: goals are met to the millisecond, not to the last bit.
    return (
      (goal.forMs !== undefined && this.#nowMs - this.#startMs >= goal.forMs - 1e-3) ||
      (goal.untilSoc !== undefined && soc !== undefined && soc >= goal.untilSoc - 1e-9) ||
      (goal.untilEnergyWh !== undefined && sessionWh >= goal.untilEnergyWh - 1e-6)
    )
  }

  #hopeless(goal: ChargeGoal): string | undefined {
    const { full, sessionWh } = this.#evse.outlet
    if (!full || goal.untilEnergyWh === undefined || goal.forMs !== undefined) return undefined
    return `the battery is full after ${Math.round(sessionWh)} Wh: ${goal.untilEnergyWh} Wh are never reached`
  }

  #waitMs(goal: ChargeGoal): number | undefined {
    const physical = this.#evse.outlet.millisUntil({
      ...(goal.untilSoc !== undefined && { soc: goal.untilSoc }),
      ...(goal.untilEnergyWh !== undefined && { energyWh: goal.untilEnergyWh }),
    })
    if (goal.forMs === undefined) return physical
    const left = this.#startMs + goal.forMs - this.#nowMs
    return physical === undefined ? left : Math.min(left, physical)
  }

  /** Until the time has passed, or something changed at the EVSE. */
  async #pause(ms: number | undefined, cancel: Cancel): Promise<void> {
    const timer: CancelTimer | undefined =
      ms === undefined
        ? undefined
        : this.#clock.after(Math.max(ms, 0), () => this.#changes.notify())
    try {
      await this.#changes.next(cancel)
    } finally {
      timer?.()
    }
  }
}

function ended(cause: StopCause): StepResult {
  const bad = badEnds[cause]
  return bad === undefined ? done : failed(bad)
}
