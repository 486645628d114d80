import type { CancelTimer } from '../../../../shared/clock.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/** Simulated ms until a reset that failed is tried again. */
const retryMs = 2000
/** The fault of an EVSE that cannot be reset, as 1.6 names it. */
const cannotReset = 'ResetFailure'

/** Resets of a station that are tried, or tried again; nothing of it outlasts a boot. */
export const resetAttempts = new StationPart((station) => new ResetAttempts(station))

class ResetAttempts {
  readonly #station: Station2x
  /** By EVSE; 0: of the whole station. */
  readonly #retries = new Map<number, CancelTimer>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /**
   * Resets, or tries again as often as ResetRetries says while an EVSE that is concerned has the fault
   * ResetFailure [2.1 Part 2 2.1.15 ResetRetries].
   *
   * @param evseId 0: the whole station
   * @param gaveUp it does not work, and goes on as it is
   */
  begin(evseId: number, reset: () => void, gaveUp: () => void = () => undefined): void {
    this.#cancel(evseId)
    const retries = this.#station.model.integer('OCPPCommCtrlr.ResetRetries')
    this.#attempt(evseId, retries, { reset, gaveUp })
  }

  /** The station goes down, or the run is over. */
  forget(): void {
    for (const evseId of this.#retries.keys()) this.#cancel(evseId)
  }

  #attempt(
    evseId: number,
    retries: number,
    then: { readonly reset: () => void; readonly gaveUp: () => void },
  ): void {
    if (!this.#isBroken(evseId)) then.reset()
    else if (retries <= 0) then.gaveUp()
    else {
      const { simulated } = this.#station.services.clocks
      const retry = simulated.after(retryMs, () => {
        this.#retries.delete(evseId)
        this.#attempt(evseId, retries - 1, then)
      })
      this.#retries.set(evseId, retry)
    }
  }

  #isBroken(evseId: number): boolean {
    return this.#station.services.evses.some(
      ({ id, fault }) => (evseId === 0 || id === evseId) && fault?.code === cannotReset,
    )
  }

  #cancel(evseId: number): void {
    this.#retries.get(evseId)?.()
    this.#retries.delete(evseId)
  }
}
