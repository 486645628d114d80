/** One step of something that takes its time at a station. */
export interface Progress {
  /** As the wire spells it. */
  readonly status: string
  /** RFC 3339. */
  readonly at: string
}

const longestProgress = 32

/** Adds a step; the oldest goes where there are too many. */
export function progressed(steps: Progress[], status: string, at: string): void {
  steps.push({ status, at })
  if (steps.length > longestProgress) steps.shift()
}
