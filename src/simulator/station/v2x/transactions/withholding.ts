import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import type { Occurrence } from './session.ts'

/** Why an EVSE gives no energy although EV and driver are there. */
type WithheldBy = 'token' | 'limit' | 'reset'

/** What a transaction is told of it. */
export type Told = Pick<Occurrence, 'trigger' | 'reason'>

/** EVSEs that hold energy back within a transaction, and for what reasons. */
class Withholding {
  readonly #station: Station2x
  readonly #reasons = new Map<Evse, Set<WithheldBy>>()
  /** What the next change of the suspension is to be told as. */
  readonly #told = new Map<Evse, Told>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /**
   * Also before the contactor closes: energy must not begin to flow.
   *
   * @param told undefined: as any other change of the suspension, if it is one
   */
  begin(evse: Evse, by: WithheldBy, told?: Told): void {
    const reasons = this.#reasons.get(evse) ?? new Set()
    this.#reasons.set(evse, reasons.add(by))
    if (!evse.energized) {
      evse.suspend('evse', true)
      // A refused token is told with the state that it keeps from coming.
      if (by === 'limit' && told) this.#tell(evse, told)
      return
    }
    if (told) this.#told.set(evse, told)
    const { services } = this.#station
    services.unattended(
      services.suspendEnergy(evse, true).then(() => {
        // Suspended already, by somebody else: then nothing changed that would have told it.
        if (told && this.takeTold(evse)) this.#tell(evse, told)
      }),
    )
  }

  /** One reason is gone; without another one energy flows again. */
  end(evse: Evse, by: WithheldBy): void {
    const reasons = this.#reasons.get(evse)
    if (!reasons?.delete(by) || reasons.size > 0) return
    this.#reasons.delete(evse)
    const { services } = this.#station
    if (evse.energized) services.unattended(services.suspendEnergy(evse, false))
    else evse.suspend('evse', false)
  }

  /** Energy stopped for good: what comes next is not held back. */
  forget(evse: Evse): void {
    this.#told.delete(evse)
    if (this.#reasons.delete(evse)) evse.suspend('evse', false)
  }

  /** Power is cut: the contactor opens anyway. */
  forgetAll(): void {
    for (const evse of this.#reasons.keys()) this.forget(evse)
  }

  holds(evse: Evse, by: WithheldBy): boolean {
    return this.#reasons.get(evse)?.has(by) ?? false
  }

  /** As what a change of the suspension is to be told, once; undefined: as any other. */
  takeTold(evse: Evse): Told | undefined {
    const told = this.#told.get(evse)
    this.#told.delete(evse)
    return told
  }

  #tell(evse: Evse, told: Told): void {
    if (this.#station.sessions.isOpen(evse)) {
      this.#station.sessions.of(evse).occur({ change: {}, ...told })
    }
  }
}

/** Those of a station; most never hold anything back. */
export const withholdings = new StationPart((station) => new Withholding(station))
