/** A CALL that a station only takes in several. */
export interface Division {
  /** Payloads, to be sent one after the other. */
  readonly parts: readonly object[]
  /** Their answers as one. */
  readonly joined: (answers: readonly object[]) => object
  /**
   * What else the next part waits for, once so many are answered; undefined: nothing.
   *
   * @param answer to the latest part
   */
  readonly ready?: (answered: number, answer: object) => Promise<void> | undefined
  /** One was not answered: the others are not sent. */
  readonly abandoned?: () => void
}
