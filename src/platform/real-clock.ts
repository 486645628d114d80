import { type CancelTimer, type Clock, longestTimerMs } from '../shared/clock.ts'

/** The machine's clocks: `performance.now` for durations, the system date for the wall. */
export const realClock: Clock = {
  monotonicMicros: () => performance.now() * 1000,
  wallMs: () => Date.now(),
  after(ms: number, fn: () => void): CancelTimer {
    const timer = setTimeout(fn, Math.min(ms, longestTimerMs))
    return () => clearTimeout(timer)
  },
}
