/**
 * Message ids, and the transaction ids that 2.x stations make, are unique over the fleet, over
 * reconnects and over runs: some management systems look answers up by id alone, and a second run
 * must not look like a retry. All fit the 36 characters of the wire.
 */
export class IdSequence {
  readonly #prefix: string
  #ordinal = 0

  /** @param salt the run's salt, at most 10 characters; @param owner unique within the run, at most 12 */
  constructor(salt: string, owner: string) {
    this.#prefix = `${salt}-${owner}-`
  }

  next(): string {
    this.#ordinal += 1
    return this.#prefix + this.#ordinal.toString(36)
  }
}
