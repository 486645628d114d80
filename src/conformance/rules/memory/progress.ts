import type { Clock } from '../../../shared/clock.ts'
import type { Memory } from './memory.ts'

/**
 * How long a station may take for what it promised: a queue may be in front of it. Simulated time that
 * runs fast leaves the network but a moment of it.
 */
export const patienceMs = 10 * 60_000

/** The station said that it will send this. */
export function rememberPromise(memory: Memory, action: string, clock: Clock): void {
  memory.promised(action, clock.monotonicMicros() / 1000 + patienceMs)
}

interface Status {
  readonly status: string
  readonly requestId?: number
}

/** What an action said of how far something has come; that nothing goes on says nothing. */
export function rememberProgress(action: string) {
  return ({ status, requestId }: Status, memory: Memory): void => {
    if (status !== 'Idle') memory.progressed(action, { status, requestId })
  }
}
