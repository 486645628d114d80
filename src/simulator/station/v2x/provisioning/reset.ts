import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { StepResult } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { done } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'

/**
 * Immediate ends what goes on and reboots; OnIdle waits for the end of all transactions and is
 * Scheduled till then [2.0.1 B11, B12]. With an EVSE only that one is reset, without a reboot.
 */
export const reset: Handler<Actions201, 'Reset', Station2x> = ({ type, evseId }, station) => {
  const { services } = station
  if (evseId !== undefined && evseId > 0) return resetEvse(station, evseId, type === 'OnIdle')
  if (type === 'OnIdle' && station.sessions.anyOpen) {
    station.resetWhenIdle()
    return { status: 'Scheduled' }
  }
  services.afterwards(() => {
    const told = Promise.all(services.evses.map((evse) => endNow(station, evse)))
    services.unattended(told.then(() => services.reboot('remoteReset')))
  })
  return { status: 'Accepted' }
}

function resetEvse(station: Station2x, evseId: number, onIdle: boolean) {
  const evse = station.services.evse(evseId)
  if (!evse) return { status: 'Rejected', statusInfo: { reasonCode: 'UnknownEvse' } } as const
  // An EVSE has no state of its own to reset but its transaction: when idle there is nothing to do.
  if (onIdle && station.sessions.isOpen(evse)) return { status: 'Scheduled' } as const
  station.services.afterwards(() => station.services.unattended(endNow(station, evse)))
  return { status: 'Accepted' } as const
}

/** Resolves when the CSMS was told, or cannot be told now. */
function endNow({ services, sessions }: Station2x, evse: Evse): Promise<StepResult> {
  if (!sessions.isOpen(evse)) return Promise.resolve(done)
  return services.stopEnergy(evse, { cause: 'hardReset' })
}
