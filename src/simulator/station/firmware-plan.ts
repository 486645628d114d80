/** Where a transfer or an installation can be made to fail. */
export type FileFailure = 'download' | 'verification' | 'install' | 'upload'

/** How a station goes about firmware and logs. Times are simulated ms. */
export interface FirmwarePlan {
  /** What it is after an update; undefined: what the name of the file says. */
  readonly nextVersion: string | undefined
  /** What a download takes at least, besides the transfer itself. */
  readonly downloadMs: number
  readonly installMs: number
  /** What an upload takes at least, besides the transfer itself. */
  readonly uploadMs: number
  /** Further attempts, where the CSMS does not say how many. */
  readonly retries: number
  /** Before each of them, where the CSMS does not say. */
  readonly retryIntervalMs: number
  /** So many of them fail, the first ones. */
  readonly fails: { readonly [Failure in FileFailure]?: number | undefined }
}

/** Where a scenario says nothing of it. */
export const standardFirmwarePlan: FirmwarePlan = {
  nextVersion: undefined,
  downloadMs: 5_000,
  installMs: 10_000,
  uploadMs: 2_000,
  retries: 0,
  retryIntervalMs: 30_000,
  fails: {},
}

/** Why something failed that a plan wants to fail. */
export const plannedFailure = 'the scenario has it fail'

/** Counts the failures that a plan wants. Survives reboots. */
export class PlannedFailures {
  readonly #plan: FirmwarePlan
  readonly #left: { [Failure in FileFailure]?: number | undefined }

  constructor(plan: FirmwarePlan) {
    this.#plan = plan
    this.#left = { ...plan.fails }
  }

  /** Whether this one fails. */
  take(what: FileFailure): boolean {
    const left = this.#left[what] ?? 0
    if (left === 0) return false
    this.#left[what] = left - 1
    return true
  }

  /** So often it is tried; `retries` as the CSMS says it, undefined: it does not [1.6 5.19]. */
  attempts(retries: number | undefined): number {
    return 1 + Math.max(0, retries ?? this.#plan.retries)
  }

  /** Simulated ms between attempts. @param seconds as the CSMS says it */
  retryIntervalMs(seconds: number | undefined): number {
    return seconds === undefined ? this.#plan.retryIntervalMs : Math.max(0, seconds) * 1000
  }
}
