import type { Handler, RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import { nothing } from '../domain/nothing.ts'
import { keepSignedData } from '../domain/signed-data.ts'
import type { Station } from '../domain/station.ts'
import { isOpen, type TransactionRecord } from '../domain/transaction.ts'
import { lastRegisterWh } from './meter-register.ts'
import { isNoId, openWithoutId } from './transactions.ts'

/** Also without a transaction, and for connector 0, the station's main meter [1.6 4.7]. */
export const meterValues: Handler<Actions16, 'MeterValues', StationContext> = (
  request,
  { station, domain },
) => {
  const latest = request.meterValue[request.meterValue.length - 1]
  if (latest) station.meterValues.add(undefined, request.connectorId, latest)
  const transaction = meant(station, request)
  if (transaction && isOpen(transaction)) {
    keepSignedData(transaction, request.meterValue)
    transaction.lastRegisterWh = lastRegisterWh(request.meterValue) ?? transaction.lastRegisterWh
    domain.transactions.save(transaction)
  }
  return nothing
}

function meant(
  station: Station,
  { connectorId, transactionId }: RequestOf<Actions16, 'MeterValues'>,
): TransactionRecord | undefined {
  if (transactionId === undefined) return undefined
  if (isNoId(transactionId)) {
    return openWithoutId(station, (open) => open.connectorId === connectorId)
  }
  const transaction = station.transaction(transactionId)
  if (transaction) transaction.idConfirmed = true
  return transaction
}
