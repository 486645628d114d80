import type { Memory } from '../memory/memory.ts'
import type { Moment } from '../rule.ts'

/** Whether the CSMS may not be served yet: it said so on this connection. */
export function isTurnedAway({ registration }: Memory): boolean {
  return registration === 'Pending' || registration === 'Rejected'
}

/** Whether a station that is not accepted sends what it may not. */
export function isTooEarly(memory: Memory, { action, asker }: Moment): boolean {
  return (
    isTurnedAway(memory) &&
    asker === 'station' &&
    action !== 'BootNotification' &&
    !(memory.registration === 'Pending' && memory.isWanted(action))
  )
}
