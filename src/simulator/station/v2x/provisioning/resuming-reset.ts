import type { ResetResponse } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { pendingResets } from './pending-resets.ts'
import { resetAttempts } from './reset-attempts.ts'

/**
 * Resets and goes on with the transactions afterwards: those of one EVSE at once, those of the whole
 * station as after any interruption [2.1 B13, E17].
 */
export function resumingReset(station: Station2x, evseId: number | undefined): ResetResponse {
  const { services, sessions, model } = station
  if (model.integer('TxCtrlr.TxResumptionTimeout') <= 0) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'NotEnabled' } }
  }
  const evse = evseId === undefined ? undefined : services.evse(evseId)
  const concerned = (evse ? [evse] : services.evses).filter((each) => sessions.isOpen(each))
  services.afterwards(() => {
    for (const each of concerned) {
      sessions.of(each).occur({ change: {}, trigger: 'ResetCommand' })
    }
    if (!evse) {
      resetAttempts.of(station).begin(0, () => {
        sessions.resumesAll = true
        services.reboot('remoteReset')
      })
    } else if (concerned.length > 0) services.unattended(pauseAndReset(station, evse))
    else resetAttempts.of(station).begin(evse.id, () => pendingResets.of(station).reset(evse))
  })
  return { status: 'Accepted' }
}

/** [2.1 B13.FR.10 to FR.14, FR.30] */
async function pauseAndReset(station: Station2x, evse: Evse): Promise<void> {
  const { services, sessions, model } = station
  const charged = evse.energized
  if (charged) await services.suspendEnergy(evse, true)
  const goOn = () => services.unattended(resume())
  const reset = () => pendingResets.of(station).reset(evse, goOn)
  resetAttempts.of(station).begin(evse.id, reset, goOn)

  async function resume(): Promise<void> {
    if (!sessions.isOpen(evse)) return
    const goesOn = charged && model.flag('TxCtrlr.TxAllowEnergyTransferResumption')
    if (goesOn) await services.suspendEnergy(evse, false)
    sessions.of(evse).occur({ change: {}, trigger: 'TxResumed' })
  }
}
