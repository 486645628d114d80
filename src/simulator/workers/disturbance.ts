import type { StepPlan } from '../../document/step-form.ts'
import type { Cancel } from '../../shared/cancel.ts'
import type { Changes } from '../station/changes.ts'
import type { Evse } from '../station/evse.ts'
import type { StationActor } from '../steps/actor.ts'
import type { Interruptions } from '../steps/interruptions.ts'
import { stepTable } from '../steps/registry.ts'

/** What of a station an event and its aftermath have to do with. */
interface Disturbed {
  readonly actor: Pick<StationActor, 'unplug'>
  readonly changes: Pick<Changes, 'until' | 'notify'>
  readonly evses: readonly Pick<Evse, 'id' | 'cable'>[]
  readonly online: boolean
}

/** What the events of the timeline do to one station, and what its script has to know of it. */
export class Disturbance implements Interruptions {
  readonly #station: Disturbed
  readonly #brokenOff: (event: number) => void
  count = 0
  /** Events that go on now. */
  #running = 0
  /** Steps that would take back what lasts: `powerUp` after a powerLoss without end. */
  readonly #lasting = new Set<string>()
  /** Events that are still to come. */
  #expected = 0
  #last = 0

  /** @param brokenOff a session was broken off by this event, by its place in the timeline */
  constructor(station: Disturbed, brokenOff: (event: number) => void) {
    this.#station = station
    this.#brokenOff = brokenOff
  }

  get inForce(): boolean {
    return this.#running > 0 || this.#lasting.size > 0
  }

  /** So many events are going to come. */
  expect(events: number): void {
    this.#expected += events
  }

  /** An event comes over the station. */
  begin(event: number): void {
    this.#expected -= 1
    this.#running += 1
    this.count += 1
    this.#last = event
  }

  /** The event is over; what it does without being taken back lasts. */
  end(steps: readonly StepPlan[], isTakenBack: boolean): void {
    this.#running -= 1
    for (const { step } of steps) {
      this.#lasting.delete(step)
      const undo = stepTable[step]?.undoneBy
      if (undo !== undefined && !isTakenBack) this.#lasting.add(undo)
    }
    this.#station.changes.notify()
  }

  async recover(cancel: Cancel): Promise<boolean> {
    this.#brokenOff(this.#last)
    const { actor, changes, evses } = this.#station
    await changes.until(() => this.#isFit || this.#isHopeless, cancel)
    if (!this.#isFit) return false
    for (const { id, cable } of evses) {
      if (cable !== undefined) await actor.unplug({ evse: id, connector: cable }, cancel)
    }
    return true
  }

  get #isFit(): boolean {
    return !this.inForce && this.#station.online
  }

  get #isHopeless(): boolean {
    return this.#lasting.size > 0 && this.#running === 0 && this.#expected <= 0
  }
}
