import type { StepResult } from '../../../steps/actor.ts'
import type { Act } from '../../../steps/acts.ts'
import type { Evse } from '../../evse.ts'
import { failed, resultOf } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { evCharging } from './ev-charging.ts'
import { externalLimits } from './external-limits.ts'

/** Smart charging as others than the CSMS bring it about; undefined: that is no matter of it. */
export function smartChargingAct(
  station: Station2x,
  evse: Evse,
  act: Act,
): Promise<StepResult> | undefined {
  switch (act.kind) {
    case 'limited':
      return limitsChanged(station, externalLimits.of(station).set(act))
    case 'limitCleared':
      return limitsChanged(station, externalLimits.of(station).clear(act.evse, act.source))
    case 'priority':
      return prioritise(station, evse, act.on)
    case 'needs':
      return evCharging.of(station).change(evse, act.needs)
    default:
      return undefined
  }
}

function limitsChanged(station: Station2x, act: Promise<StepResult>): Promise<StepResult> {
  evCharging.existing(station)?.limitsChanged()
  return act
}

/** The driver asked for it at the station, which tells the CSMS [2.1 K22]. */
async function prioritise(station: Station2x, evse: Evse, activated: boolean): Promise<StepResult> {
  if (station.version !== 'ocpp2.1') return failed('only 2.1 knows priority charging')
  const { sessions, services } = station
  const transactionId = sessions.isOpen(evse) ? sessions.of(evse).transactionId : undefined
  if (transactionId === undefined) return failed('no transaction is open there')
  const profiles = chargingProfiles.of(station)
  if (activated && !profiles.canPrioritise(evse)) {
    return failed('the station has no PriorityCharging profile')
  }
  if (!profiles.prioritise(transactionId, activated)) {
    return failed(activated ? 'it has priority already' : 'it has no priority')
  }
  evCharging.existing(station)?.scheduleChanged()
  const payload = { transactionId, activated }
  return resultOf(
    'NotifyPriorityCharging',
    await services.request('NotifyPriorityCharging', payload),
  )
}
