import type { TxStartPoint, TxStopPoint } from '../../../scenario/plan.ts'
import { begins, ends, type Facts } from './transaction-points.ts'

export type TransactionEventType = 'Started' | 'Updated' | 'Ended'

/** What happened to the facts of an EVSE. */
export interface FactsChange {
  readonly connected?: boolean
  readonly authorized?: boolean
  readonly energy?: boolean
  /** Ends the transaction whatever its stop points say: power loss, immediate reset. */
  readonly decisive?: true
}

/**
 * Follows the facts of one EVSE and says what a change means for its transaction. Invariants, for
 * every pair of start and stop points: Started comes first and Ended last, each once per
 * transaction; energy flows only within one.
 */
export class TransactionTracker {
  #connected = false
  #authorized = false
  #energy = false
  #open = false

  get connected(): boolean {
    return this.#connected
  }

  get authorized(): boolean {
    return this.#authorized
  }

  get energy(): boolean {
    return this.#energy
  }

  get open(): boolean {
    return this.#open
  }

  /** Undefined: no transaction is open and none begins. */
  change(
    change: FactsChange,
    startPoints: readonly TxStartPoint[],
    stopPoints: readonly TxStopPoint[],
  ): TransactionEventType | undefined {
    const before = this.#facts()
    this.#connected = change.connected ?? this.#connected
    this.#authorized = change.authorized ?? this.#authorized
    // Energy needs cable and driver; where one goes, it stops.
    this.#energy = (change.energy ?? this.#energy) && this.#connected && this.#authorized
    const after = this.#facts()
    if (this.#open) {
      this.#open = !(change.decisive || ends(stopPoints, before, after))
      return this.#open ? 'Updated' : 'Ended'
    }
    this.#open = !change.decisive && begins(startPoints, before, after)
    return this.#open ? 'Started' : undefined
  }

  #facts(): Facts {
    return { connected: this.#connected, authorized: this.#authorized, energy: this.#energy }
  }
}
