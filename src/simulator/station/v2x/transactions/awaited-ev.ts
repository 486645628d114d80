import type { CancelTimer } from '../../../../shared/clock.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/**
 * EVs that were unplugged from a fixed cable within a transaction: where none comes back within
 * EVConnectionTimeOut, the transaction is over [2.0.1 E10.FR.02].
 */
class AwaitedEvs {
  readonly #station: Station2x
  readonly #timers = new Map<Evse, CancelTimer>()

  constructor(station: Station2x) {
    this.#station = station
  }

  await(evse: Evse): void {
    const { services, settings, sessions } = this.#station
    const ms = settings.connectionTimeoutMs
    if (ms <= 0) return
    const timer = services.clocks.simulated.after(ms, () => {
      this.#timers.delete(evse)
      if (evse.cable !== undefined || !sessions.isOpen(evse)) return
      services.unattended(services.stopEnergy(evse, { cause: 'other', reason: 'Timeout' }))
    })
    this.forget(evse)
    this.#timers.set(evse, timer)
  }

  /** It came, or nobody waits for it any more. */
  forget(evse: Evse): void {
    this.#timers.get(evse)?.()
    this.#timers.delete(evse)
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }
}

export const awaitedEvs = new StationPart((station) => new AwaitedEvs(station))
