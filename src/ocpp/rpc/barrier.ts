/** Stands between a handler and its answer where what the handler changed must be safe first. */
export interface Barrier {
  /** Grows with every change; a handler that leaves it as it was owes nothing and is answered at once. */
  readonly changes: number
  /**
   * Settles when every change so far is safe; undefined where all of them are. Rejects with the
   * `CallError` to answer where they cannot be made safe.
   */
  passed(): Promise<void> | undefined
}
