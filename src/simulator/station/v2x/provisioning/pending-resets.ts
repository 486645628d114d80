import type { CancelTimer } from '../../../../shared/clock.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { resetAttempts } from './reset-attempts.ts'

/** Simulated ms that an EVSE is out of order while it is reset. */
const evseResetMs = 2000

/** What of a station waits for a reset, or is being reset; nothing of it outlasts a boot. */
export const pendingResets = new StationPart((station) => new PendingResets(station))

class PendingResets {
  readonly #station: Station2x
  #wholeStation = false
  readonly #evses = new Set<number>()
  readonly #underWay = new Map<number, CancelTimer>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /** Reboots when the last transaction has ended; nobody new charges till then [2.0.1 B12]. */
  whenIdle(): void {
    this.#wholeStation = true
    this.#rest(0, true)
  }

  /** Resets the EVSE when its transaction has ended [2.0.1 B12.FR.07]. */
  whenEvseIdle(evse: Evse): void {
    this.#evses.add(evse.id)
  }

  /** A transaction has ended, and the CSMS was told or cannot be told now. */
  ended(evse: Evse): void {
    const { services, sessions } = this.#station
    const attempts = resetAttempts.of(this.#station)
    if (this.#evses.delete(evse.id)) attempts.begin(evse.id, () => this.reset(evse))
    if (!this.#wholeStation || sessions.anyOpen) return
    attempts.begin(
      0,
      () => services.reboot('scheduledReset'),
      () => {
        this.#wholeStation = false
        this.#rest(0, false)
      },
    )
  }

  /**
   * Takes the EVSE out of order for a moment, the station goes on [2.0.1 B11.FR.08].
   *
   * @param done it is back, in the state that it was in before
   */
  reset(evse: Evse, done: () => void = () => undefined): void {
    this.#underWay.get(evse.id)?.()
    this.#rest(evse.id, true)
    const finish = (): void => {
      this.#underWay.delete(evse.id)
      this.#rest(evse.id, false)
      done()
    }
    const { simulated } = this.#station.services.clocks
    this.#underWay.set(evse.id, simulated.after(evseResetMs, finish))
  }

  /** The station goes down, or the run is over. */
  forget(): void {
    const { memory } = this.#station.services
    for (const [evse, stop] of this.#underWay) {
      stop()
      memory.rest(evse, false)
    }
    if (this.#wholeStation) memory.rest(0, false)
    this.#underWay.clear()
    this.#evses.clear()
    this.#wholeStation = false
  }

  #rest(evse: number, on: boolean): void {
    const { services, connectors } = this.#station
    services.memory.rest(evse, on)
    services.unattended(connectors.reportChanged())
  }
}
