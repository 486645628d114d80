import type { Moment } from '../rule.ts'
import type { Memory } from './memory.ts'
import { msOf } from './time.ts'

interface BootAnswer {
  readonly status: 'Accepted' | 'Pending' | 'Rejected'
  readonly interval: number
  readonly currentTime: string
}

/** What a CSMS said to a station that booted; in all versions the same. */
export function rememberBoot(
  { status, interval, currentTime }: BootAnswer,
  memory: Memory,
  { clock }: Moment,
): void {
  memory.registration = status
  memory.turnedAway = status !== 'Accepted'
  memory.mayBootMs = status === 'Accepted' ? 0 : clock.monotonicMicros() / 1000 + interval * 1000
  rememberTime(currentTime, memory)
}

/** The clock of the CSMS. */
export function rememberTime(currentTime: string, memory: Memory): void {
  memory.toldMs = Math.max(memory.toldMs, msOf(currentTime))
}
