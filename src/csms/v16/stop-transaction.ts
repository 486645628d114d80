import type { Handler, RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { authorize } from '../domain/authorization.ts'
import type { StationContext } from '../domain/domain.ts'
import { endTransaction } from '../domain/ledger.ts'
import { nothing } from '../domain/nothing.ts'
import { keepSignedData } from '../domain/signed-data.ts'
import type { Station } from '../domain/station.ts'
import { isOpen, type TransactionRecord } from '../domain/transaction.ts'
import { idTagInfo } from './id-tag-info.ts'
import { isNoId, openWithoutId, stoppedBefore } from './transactions.ts'

type StopRequest = RequestOf<Actions16, 'StopTransaction'>

/**
 * Ends a transaction. A CSMS cannot refuse a stop: ids it never gave out, -1 and 0 are recorded
 * and answered as any other [1.6 4.10, errata 3.18]; a repeated stop changes nothing.
 */
export const stopTransaction: Handler<Actions16, 'StopTransaction', StationContext> = (
  request,
  { station, domain },
) => {
  const known = meant(station, request)
  if (known && !isOpen(known)) {
    domain.counters.transactionRetries += 1
  } else {
    const transaction =
      known ??
      domain.transactions.add({ stationId: station.id, transactionId: request.transactionId })
    if (!isNoId(request.transactionId)) transaction.idConfirmed = true
    if (request.transactionData) keepSignedData(transaction, request.transactionData)
    endTransaction(domain, transaction, {
      stoppedAt: request.timestamp,
      meterStopWh: request.meterStop,
      // Local is what a station means that states no reason [1.6 6.49].
      reason: request.reason ?? 'Local',
      idToken: request.idTag,
    })
  }
  if (request.idTag === undefined) return nothing
  const now = domain.clock.wallMs()
  return { idTagInfo: idTagInfo(authorize(domain.tokens, request.idTag, undefined, now)) }
}

function meant(station: Station, stop: StopRequest): TransactionRecord | undefined {
  if (!isNoId(stop.transactionId)) return station.transaction(stop.transactionId)
  return (
    stoppedBefore(station, stop) ??
    openWithoutId(
      station,
      (open) =>
        (stop.idTag === undefined || stop.idTag === open.idToken) &&
        (open.meterStartWh ?? 0) <= stop.meterStop &&
        Date.parse(open.startedAt ?? '') <= Date.parse(stop.timestamp),
    )
  )
}
