import type { Trigger } from '../block.ts'
import { evsesAt } from '../station-2x.ts'
import type { Session } from './session.ts'

/** Of the open transactions there; Rejected where none is [2.0.1 F06]. */
export const transactionTrigger: Trigger = (station, at) => {
  const open = evsesAt(station, at)
    .filter((evse) => station.sessions.isOpen(evse))
    .map((evse): Session => station.sessions.of(evse))
  if (open.length === 0) return undefined
  const sample = { kind: 'sampledUpdated', context: 'Trigger' } as const
  return () => {
    for (const session of open) session.occur({ change: {}, trigger: 'Trigger', sample })
  }
}
