import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'

/**
 * Charges for the CSMS: on the EVSE it names, else on a free one, preferably with an EV on the cable
 * [2.0.1 F01, F02]. A charging profile that comes along is ignored: csms stations have no smart
 * charging. Rejected while Pending [2.0.1 B02.FR.05].
 */
export const requestStartTransaction: Handler<Actions201, 'RequestStartTransaction', Station2x> = (
  { evseId, idToken, remoteStartId },
  station,
) => {
  const { services, sessions } = station
  if (services.registration !== 'accepted') return rejected('NotAccepted')
  const evse = evseId === undefined ? freeEvse(station) : services.evse(evseId)
  if (!evse) return rejected(evseId === undefined ? 'NoFreeEvse' : 'UnknownEvse')
  if (!isFree(station, evse)) return rejected('EvseNotAvailable')
  const session = sessions.of(evse)
  services.afterwards(() => services.remoteStart(evse, idToken, { remoteStartId }))
  const transactionId = session.open ? session.transactionId : undefined
  return { status: 'Accepted', ...(transactionId !== undefined && { transactionId }) }
}

function rejected(reasonCode: string) {
  return { status: 'Rejected', statusInfo: { reasonCode } } as const
}

function freeEvse(station: Station2x): Evse | undefined {
  const free = station.services.evses.filter((evse) => isFree(station, evse))
  return free.find((evse) => evse.cable !== undefined) ?? free[0]
}

/** A transaction that the cable alone began waits for just this [2.0.1 F02]. */
function isFree({ services, sessions }: Station2x, evse: Evse): boolean {
  if (!evse.free || (sessions.isOpen(evse) && sessions.of(evse).authorized)) return false
  if (evse.cable !== undefined) return services.memory.usable(evse.id, evse.cable)
  return evse.plan.connectors.some((_type, i) => services.memory.usable(evse.id, i + 1))
}
