import type { ResetResponse } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { withholdings } from '../transactions/withholding.ts'
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
    } else if (concerned.length > 0) pauseAndReset(station, evse)
    else resetAttempts.of(station).begin(evse.id, () => pendingResets.of(station).reset(evse))
  })
  return { status: 'Accepted' }
}

/** [2.1 B13.FR.10 to FR.14, FR.30] */
function pauseAndReset(station: Station2x, evse: Evse): void {
  const { sessions, model } = station
  const withholding = withholdings.of(station)
  if (evse.energized) withholding.begin(evse, 'reset')
  const goOn = (): void => {
    const { open } = sessions.of(evse)
    // Where the transaction ended with the pause, energy begins the next one.
    const goesOn = !open || model.flag('TxCtrlr.TxAllowEnergyTransferResumption')
    if (goesOn) withholding.end(evse, 'reset')
    if (open) sessions.of(evse).occur({ change: {}, trigger: 'TxResumed' })
  }
  const reset = () => pendingResets.of(station).reset(evse, goOn)
  resetAttempts.of(station).begin(evse.id, reset, goOn)
}
