/** How long stations may try in vain to come back, at least. */
export const leastPatienceMs = 120_000

/**
 * Tells when a target has gone for good: nobody is connected, and those who try are refused. Stations
 * that stay away because their script says so try nothing, and are no sign of it.
 */
export class TargetWatch {
  readonly #patienceMs: number
  #alone: { readonly sinceMs: number; readonly failures: number } | undefined

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs
  }

  /**
   * To be asked every second.
   *
   * @param elapsedMs since the run began
   * @param connected open connections now
   * @param failures attempts to connect that failed so far
   */
  isGone(elapsedMs: number, connected: number, failures: number): boolean {
    if (connected > 0) this.#alone = undefined
    // The time counts from the first failure on, not from when the last station left by itself.
    else if (this.#alone === undefined) this.#alone = { sinceMs: elapsedMs, failures }
    else if (failures === this.#alone.failures) this.#alone = { sinceMs: elapsedMs, failures }
    if (this.#alone === undefined || failures === this.#alone.failures) return false
    return elapsedMs - this.#alone.sinceMs >= this.#patienceMs
  }
}
