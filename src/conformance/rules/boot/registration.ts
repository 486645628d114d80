import type { Memory } from '../memory/memory.ts'
import type { Moment } from '../rule.ts'

/** Whether a station that is turned away sends what it may not. */
export function isTooEarly(memory: Memory, { action, asker }: Moment): boolean {
  return (
    asker === 'station' &&
    action !== 'BootNotification' &&
    !(memory.registration === 'Pending' && memory.isWanted(action))
  )
}
