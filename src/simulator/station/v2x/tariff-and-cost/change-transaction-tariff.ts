import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { objectionTo, statusInfo, takesTariffs } from './acceptance.ts'
import { costs } from './costs.ts'

/** Another tariff for the rest of a transaction [2.1 I11]. */
export const changeTransactionTariff: Handler<Actions21, 'ChangeTransactionTariff', Station2x> = (
  { transactionId, tariff },
  station,
) => {
  if (!takesTariffs(station)) throw new CallError('NotSupported', 'tariffs are not enabled')
  const objection = objectionTo(station, tariff)
  if (objection) return { status: objection.status, statusInfo: statusInfo(objection) }
  const session = station.sessions.byTransaction(transactionId)
  if (!session) return { status: 'TxNotFound' }
  const running = costs.of(station)
  const currency = running.tariffAt(session.evse)?.currency
  if (currency !== undefined && currency !== tariff.currency) return { status: 'NoCurrencyChange' }
  station.services.afterwards(() => running.change(session, tariff))
  return { status: 'Accepted' }
}
