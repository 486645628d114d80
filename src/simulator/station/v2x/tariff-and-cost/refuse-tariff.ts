import type { StepResult } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { failed } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'

/**
 * The driver does not accept the tariff that he is shown: his token is accepted no more, and what
 * had begun ends or goes on without energy, by TxStopPoint [2.1 I07.FR.30, I07.FR.31, I08.FR.20].
 */
export function refuseTariff({ services }: Station2x, evse: Evse): Promise<StepResult> {
  return evse.authorization
    ? services.stopEnergy(evse, { cause: 'tariffNotAccepted' })
    : Promise.resolve(failed(`nobody may charge on EVSE ${evse.id}, at whatever price`))
}
