import type { Handler, RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../ocpp/v201/actions.ts'
import { type Authorization, authorize, authorizeStart } from '../domain/authorization.ts'
import type { StationContext } from '../domain/domain.ts'
import { beginTransaction, endTransaction, occupyToken } from '../domain/ledger.ts'
import { nothing } from '../domain/nothing.ts'
import { isOpen, type TransactionRecord } from '../domain/transaction.ts'
import { idTokenInfo } from './id-token-info.ts'
import { registersOf } from './registers.ts'
import { hasSeen, noteSeqNo } from './sequence.ts'

type Event = RequestOf<Actions201, 'TransactionEvent'>

/**
 * Keeps the books of a transaction, in whatever order its events come: repeated ones are answered
 * as before and change nothing, an end whose start was lost is recorded. [2.0.1 E01 to E15]
 */
export const transactionEvent: Handler<Actions201, 'TransactionEvent', StationContext> = (
  event,
  context,
) => {
  const { station, domain } = context
  const known = station.transaction(event.transactionInfo.transactionId)
  const authorization = judge(event, known, context)
  if (known && isRepeated(known, event)) {
    domain.counters.transactionRetries += 1
    return answer(authorization, event.eventType === 'Started' ? known.authorization : undefined)
  }
  const transaction = known ?? open(event, authorization, context)
  note(transaction, event, authorization, context)
  return answer(authorization)
}

function answer(authorization: Authorization | undefined, status?: Authorization['status']) {
  return authorization ? { idTokenInfo: idTokenInfo(authorization, status) } : nothing
}

/** Nothing to judge where the event brings no token [2.0.1 C09, E05]. */
function judge(
  { eventType, idToken }: Event,
  known: TransactionRecord | undefined,
  { domain }: StationContext,
): Authorization | undefined {
  if (!idToken) return undefined
  const { tokens, activeTokens, clock } = domain
  const now = clock.wallMs()
  return eventType === 'Started' && !known
    ? authorizeStart(tokens, activeTokens, idToken.idToken, idToken.type, now)
    : authorize(tokens, idToken.idToken, idToken.type, now)
}

/** A start or an end that is still missing is news, whatever number it carries. */
function isRepeated(known: TransactionRecord, { eventType, seqNo }: Event): boolean {
  if (eventType === 'Started' && known.startedAt === undefined) return false
  if (eventType === 'Ended' && isOpen(known)) return false
  return hasSeen(known, seqNo)
}

function open(
  { eventType, timestamp, idToken, evse, transactionInfo }: Event,
  authorization: Authorization | undefined,
  { station, domain }: StationContext,
): TransactionRecord {
  const { transactionId } = transactionInfo
  if (eventType !== 'Started') {
    return domain.transactions.add({ stationId: station.id, transactionId })
  }
  return beginTransaction(domain, {
    stationId: station.id,
    transactionId,
    evseId: evse?.id,
    connectorId: evse?.connectorId,
    idToken: idToken?.idToken,
    authorization: authorization?.status,
    startedAt: timestamp,
  })
}

function note(
  transaction: TransactionRecord,
  event: Event,
  authorization: Authorization | undefined,
  { station, domain }: StationContext,
): void {
  const { transactionInfo, evse, meterValue } = event
  noteSeqNo(transaction, event.seqNo)
  if (event.eventType === 'Started') transaction.startedAt ??= event.timestamp
  if (event.offline) transaction.offline = true
  transaction.evseId ??= evse?.id
  transaction.connectorId ??= evse?.connectorId
  transaction.remoteStartId ??= transactionInfo.remoteStartId
  transaction.reservationId ??= event.reservationId
  // A token that ends a transaction is not the one that pays for it.
  if (event.idToken && event.eventType !== 'Ended' && transaction.idToken === undefined) {
    transaction.idToken = event.idToken.idToken
    transaction.authorization = authorization?.status
    if (isOpen(transaction)) occupyToken(domain, transaction)
  }
  const latest = meterValue?.[meterValue.length - 1]
  if (latest) station.meterValues.add(transaction.evseId, undefined, latest)
  const registers = registersOf(meterValue)
  transaction.meterStartWh = registers.begin ?? transaction.meterStartWh ?? registers.first
  if (!isOpen(transaction)) {
    domain.transactions.save(transaction)
    return
  }
  transaction.chargingState = transactionInfo.chargingState ?? transaction.chargingState
  transaction.lastRegisterWh = registers.last ?? transaction.lastRegisterWh
  if (event.eventType !== 'Ended') {
    domain.transactions.save(transaction)
    return
  }
  endTransaction(domain, transaction, {
    stoppedAt: event.timestamp,
    meterStopWh: registers.end ?? transaction.lastRegisterWh,
    // Local is what a station means that states no reason [2.0.1 TransactionType].
    reason: transactionInfo.stoppedReason ?? 'Local',
  })
}
