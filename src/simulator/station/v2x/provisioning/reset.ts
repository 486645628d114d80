import type { ResetResponse } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { StepResult } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { done } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'
import { pendingResets } from './pending-resets.ts'
import { resetAttempts } from './reset-attempts.ts'
import { resumingReset } from './resuming-reset.ts'

/**
 * Immediate ends what goes on and reboots; OnIdle waits for the end of all transactions and is
 * Scheduled till then [2.0.1 B11, B12]. With an EVSE only that one is reset, without a reboot.
 */
export const reset: Handler<Actions201, 'Reset', Station2x> = ({ type, evseId }, station) => {
  const refusal = objection(station, evseId)
  if (refusal) return refusal
  const evse = evseId === undefined ? undefined : station.services.evse(evseId)
  return evse
    ? resetEvse(station, evse, type === 'OnIdle')
    : resetStation(station, type === 'OnIdle')
}

/** ImmediateAndResume of 2.1 keeps the transactions [2.1 B13]. */
export const reset21: Handler<Actions21, 'Reset', Station2x> = ({ type, evseId }, station) => {
  if (type === 'ImmediateAndResume') {
    return objection(station, evseId) ?? resumingReset(station, evseId)
  }
  return reset({ type, ...(evseId !== undefined && { evseId }) }, station)
}

/** [2.0.1 B11.FR.06, FR.09] */
function objection(
  { services, model }: Station2x,
  evseId: number | undefined,
): ResetResponse | undefined {
  if (services.memory.maintenance) return rejected('FwUpdateInProgress')
  if (evseId === undefined) return undefined
  if (!services.evse(evseId)) return rejected('UnknownEvse')
  return model.flag('EVSE.AllowReset', { id: evseId }) ? undefined : rejected('UnsupportedRequest')
}

function rejected(reasonCode: string): ResetResponse {
  return { status: 'Rejected', statusInfo: { reasonCode } }
}

function resetStation(station: Station2x, onIdle: boolean): ResetResponse {
  const { services } = station
  if (onIdle && station.sessions.anyOpen) {
    services.afterwards(() => pendingResets.of(station).whenIdle())
    return { status: 'Scheduled' }
  }
  services.afterwards(() => {
    const told = Promise.all(services.evses.map((evse) => endNow(station, evse)))
    const reboot = () => services.reboot('remoteReset')
    services.unattended(told.then(() => resetAttempts.of(station).begin(0, reboot)))
  })
  return { status: 'Accepted' }
}

function resetEvse(station: Station2x, evse: Evse, onIdle: boolean): ResetResponse {
  const { services } = station
  const resets = pendingResets.of(station)
  if (onIdle && station.sessions.isOpen(evse)) {
    resets.whenEvseIdle(evse)
    return { status: 'Scheduled' }
  }
  services.afterwards(() =>
    services.unattended(
      endNow(station, evse).then(() =>
        resetAttempts.of(station).begin(evse.id, () => resets.reset(evse)),
      ),
    ),
  )
  return { status: 'Accepted' }
}

/** Resolves when the CSMS was told, or cannot be told now [2.0.1 B12.FR.04, FR.05, FR.08]. */
function endNow({ services, sessions }: Station2x, evse: Evse): Promise<StepResult> {
  if (!sessions.isOpen(evse)) return Promise.resolve(done)
  return services.stopEnergy(evse, { cause: 'hardReset' })
}
