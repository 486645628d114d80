import { Cancel, Cancelled } from '../../shared/cancel.ts'
import type { ChargeGoal, StepResult } from '../steps/actor.ts'
import { Activity, type ActivityHost } from './activity.ts'
import type { Evse } from './evse.ts'
import type { StationMemory } from './memory.ts'
import { failed } from './step-result.ts'

type ActiveStation = ActivityHost['station'] & { readonly memory: StationMemory }

/** What goes on at the EVSEs of one station; each is made when something first goes on there. */
export class Activities {
  readonly #station: ActiveStation
  /** By EVSE id. */
  #known: (Activity | undefined)[] | undefined
  /** Made when something first waits on it: most stations never need one. */
  #ending: Cancel | undefined
  #over = false

  constructor(station: ActiveStation) {
    this.#station = station
  }

  at(evse: Evse): Activity {
    this.#known ??= []
    const known = this.#known[evse.id]
    if (known) return known
    const usable = (connector: number) => this.#station.memory.usable(evse.id, connector)
    const activity = new Activity({ station: this.#station, usable }, evse)
    this.#known[evse.id] = activity
    return activity
  }

  settingsChanged(): void {
    for (const activity of this.#known ?? []) activity?.settingsChanged()
  }

  /** As `StationServices.charged`. */
  async charged(evse: Evse, goal: ChargeGoal): Promise<StepResult> {
    if (this.#over) return failed('the run is over')
    this.#ending ??= new Cancel()
    try {
      return await this.at(evse).charge(goal, this.#ending)
    } catch (error) {
      if (error instanceof Cancelled) return failed(error.message)
      throw error
    }
  }

  /** The run is over. */
  stop(): void {
    this.#over = true
    for (const activity of this.#known ?? []) activity?.cancelTimers()
    this.#ending?.cancel('the run is over')
  }
}
