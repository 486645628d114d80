/**
 * Instants that several processes of one machine agree on: milliseconds since the Unix epoch, from
 * each process's monotonic clock, so that a change of the system's date moves none of them.
 */
export function epochNow(): number {
  return performance.timeOrigin + performance.now()
}

/** The same instant on this process's `realClock`, in microseconds. */
export function microsOfEpoch(epochMs: number): number {
  return (epochMs - performance.timeOrigin) * 1000
}
