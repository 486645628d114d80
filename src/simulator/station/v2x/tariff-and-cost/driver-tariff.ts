import type { AuthorizeResponse } from 'typed-ocpp/dist/ocpp21/types.js'
import type { IdToken } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { objectionTo, takesTariffs } from './acceptance.ts'
import { costs } from './costs.ts'
import { drivers } from './drivers.ts'
import { noteProblem } from './problem.ts'
import { type FailedTariff, tariffs } from './tariffs.ts'

/** The CSMS accepted a driver, and says what charging costs him [2.0.1 I01] [2.1 I08]. */
export function driverTariff(
  station: Station2x,
  evse: Evse,
  { idToken }: IdToken,
  answer: AuthorizeResponse | undefined,
): void {
  if (!answer) return
  const { idTokenInfo, tariff } = answer
  const { personalMessage } = idTokenInfo
  if (personalMessage) costs.of(station).shownAt(evse).message = personalMessage.content
  if (!tariff || station.version !== 'ocpp2.1' || !takesTariffs(station)) return
  const objection = objectionTo(station, tariff)
  if (objection) {
    const instead = station.model.text('TariffCostCtrlr.HandleFailedTariff[Tariff]')
    tariffs.of(station).fail(idToken, instead as FailedTariff)
  } else {
    tariffs.of(station).receive(idToken, tariff)
    drivers.of(station).came(evse, idToken)
  }
  noteProblem(station, objection?.reasonCode)
}
