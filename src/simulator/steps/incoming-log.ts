import type { IncomingCall, StationActor } from './actor.ts'

/**
 * The CALLs of the CSMS as one script expects them: each is matched by at most one `expect`, also
 * one that came before the `expect` began. One script, with its parallel branches, shares one log.
 */
export class IncomingLog {
  readonly #actor: StationActor
  /** Ordinals; only those that the actor still remembers are kept. */
  readonly #consumed = new Set<number>()
  /** What came before the script is not its own: it may be played again on the same station. */
  readonly #first: number

  constructor(actor: StationActor) {
    this.#actor = actor
    this.#first = this.latest + 1
  }

  /** Not yet consumed, oldest first. */
  open(action: string): readonly IncomingCall[] {
    return this.#actor.incoming.filter(
      ({ action: name, ordinal }) =>
        name === action && ordinal >= this.#first && !this.#consumed.has(ordinal),
    )
  }

  consume(call: IncomingCall): void {
    this.#consumed.add(call.ordinal)
    const oldest = this.#actor.incoming[0]?.ordinal ?? call.ordinal
    for (const ordinal of this.#consumed) if (ordinal < oldest) this.#consumed.delete(ordinal)
  }

  /** Ordinal of the latest CALL; -1 before the first. */
  get latest(): number {
    const { incoming } = this.#actor
    return incoming[incoming.length - 1]?.ordinal ?? -1
  }

  onIncoming(fn: (call: IncomingCall) => void): () => void {
    return this.#actor.onIncoming(fn)
  }
}
