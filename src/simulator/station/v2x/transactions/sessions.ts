import type { Evse } from '../../evse.ts'
import { Session, type SessionHost } from './session.ts'

/** The sessions of a station's EVSEs, made when first needed. */
export class Sessions {
  readonly #host: SessionHost
  readonly #byEvse: (Session | undefined)[] = []

  constructor(host: SessionHost) {
    this.#host = host
  }

  of(evse: Evse): Session {
    const known = this.#byEvse[evse.id]
    if (known) return known
    const session = new Session(evse, this.#host)
    this.#byEvse[evse.id] = session
    return session
  }

  /** A transaction is open on this EVSE. */
  isOpen(evse: Evse): boolean {
    return this.#byEvse[evse.id]?.open ?? false
  }

  /** A transaction is open on any EVSE. */
  get anyOpen(): boolean {
    return this.#byEvse.some((session) => session?.open)
  }

  /** Those with an open transaction. */
  get open(): Session[] {
    return this.#byEvse.filter((session) => session?.open) as Session[]
  }

  byTransaction(transactionId: string): Session | undefined {
    return this.open.find((session) => session.transactionId === transactionId)
  }
}
