import type { Handler, RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { type Authorization, authorize, authorizeStart } from '../domain/authorization.ts'
import type { Domain, StationContext } from '../domain/domain.ts'
import { beginTransaction } from '../domain/ledger.ts'
import { endReservation, reservationsChanged } from '../domain/reservations.ts'
import type { Station } from '../domain/station.ts'
import type { TransactionRecord } from '../domain/transaction.ts'
import { idTagInfo } from './id-tag-info.ts'
import { startedBefore } from './transactions.ts'

/**
 * Opens a transaction, also for a tag that is not accepted: the station ends it in its own time
 * and sends StopTransaction. A repeated start is answered as the first time. [1.6 4.8]
 */
export const startTransaction: Handler<Actions16, 'StartTransaction', StationContext> = (
  request,
  context,
) => {
  const { station, domain } = context
  const now = domain.clock.wallMs()
  const known = startedBefore(station, request)
  if (known) {
    domain.counters.transactionRetries += 1
    const authorization = authorize(domain.tokens, request.idTag, undefined, now)
    return answer(known, authorization)
  }
  const { tokens, activeTokens } = domain
  const authorization = authorizeStart(tokens, activeTokens, request.idTag, undefined, now)
  return authorization instanceof Promise
    ? authorization.then((judged) => begin(request, judged, context))
    : begin(request, authorization, context)
}

function begin(
  request: RequestOf<Actions16, 'StartTransaction'>,
  authorization: Authorization,
  context: StationContext,
) {
  return answer(open(request, authorization, context), authorization)
}

function open(
  request: RequestOf<Actions16, 'StartTransaction'>,
  { status }: Authorization,
  { station, domain }: StationContext,
): TransactionRecord {
  const transaction = beginTransaction(domain, {
    stationId: station.id,
    transactionId: domain.transactions.nextTransactionId(),
    connectorId: request.connectorId,
    idToken: request.idTag,
    authorization: status,
    startedAt: request.timestamp,
    meterStartWh: request.meterStart,
    reservationId: request.reservationId,
  })
  useReservation(request, transaction, station, domain)
  return transaction
}

/** The reservation that this transaction ends [1.6 4.8]. */
function useReservation(
  { reservationId, timestamp }: RequestOf<Actions16, 'StartTransaction'>,
  { transactionId }: TransactionRecord,
  { record }: Station,
  domain: Domain,
): void {
  if (reservationId === undefined) return
  const used = endReservation(record, reservationId, 'Used', timestamp, transactionId)
  reservationsChanged(domain, record, used)
}

function answer(transaction: TransactionRecord, authorization: Authorization) {
  return {
    transactionId: Number(transaction.transactionId),
    idTagInfo: idTagInfo(authorization, transaction.authorization),
  }
}
