/** A CALL that a station only takes in several. */
export interface Division {
  /** Payloads, to be sent one after the other. */
  readonly parts: readonly object[]
  /** Their answers as one. */
  readonly joined: (answers: readonly object[]) => object
}
