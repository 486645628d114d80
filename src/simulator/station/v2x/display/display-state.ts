import type { MessageStateEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'

/**
 * What goes on at these EVSEs, as messages name it: broken or out of use where all of them are, idle
 * without a transaction. Undefined while transactions are open and no energy was ever on
 * [2.1 MessageStateEnumType].
 */
export function displayState(
  { services, sessions }: Station2x,
  evses: readonly Evse[],
): MessageStateEnumType | undefined {
  if (evses.every(({ fault }) => fault)) return 'Faulted'
  const open = evses.filter((evse) => sessions.isOpen(evse))
  if (open.length === 0) {
    const usable = evses.some(({ id, plan }) =>
      plan.connectors.some((_type, at) => services.memory.usable(id, at + 1)),
    )
    return usable ? 'Idle' : 'Unavailable'
  }
  for (const evse of open) evse.advance()
  const energized = open.filter((evse) => evse.energized)
  const flowing = energized.filter(({ outlet }) => outlet.suspendedBy === undefined)
  if (flowing.some(({ outlet }) => outlet.powerW < 0)) return 'Discharging'
  if (flowing.length > 0) return 'Charging'
  return energized.length > 0 ? 'Suspended' : undefined
}
