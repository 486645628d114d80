import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { objectionTo, statusInfo, takesTariffs } from './acceptance.ts'
import { tariffs } from './tariffs.ts'

/** The tariff of drivers without one of their own; EVSE 0: everywhere [2.1 I07]. */
export const setDefaultTariff: Handler<Actions21, 'SetDefaultTariff', Station2x> = (
  { evseId, tariff },
  station,
) => {
  if (!takesTariffs(station)) throw new CallError('NotSupported', 'tariffs are not enabled')
  const { services } = station
  if (evseId > 0 && !services.evse(evseId)) {
    const additionalInfo = `there is no EVSE ${evseId}`
    const info = statusInfo({ reasonCode: 'UnknownEvse', additionalInfo })
    return { status: 'Rejected', statusInfo: info }
  }
  const objection = objectionTo(station, tariff)
  if (objection) return { status: objection.status, statusInfo: statusInfo(objection) }
  const installed = tariffs.of(station)
  if (installed.has(tariff.tariffId, services.wireMs())) return { status: 'DuplicateTariffId' }
  for (const { id } of services.evses) {
    if (evseId === 0 || evseId === id) installed.install(id, tariff, services.wireMs())
  }
  return { status: 'Accepted' }
}
