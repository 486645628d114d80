import type { Handler, RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { type Authorization, authorize, authorizeStart } from '../../domain/authorization.ts'
import type { Domain, StationContext } from '../../domain/domain.ts'
import { announceStart, endTransaction, occupyToken } from '../../domain/ledger.ts'
import { nothing } from '../../domain/nothing.ts'
import type { StationRecord } from '../../domain/station.ts'
import type { TransactionLimit } from '../../domain/token.ts'
import { energyBetween, isOpen, type TransactionRecord } from '../../domain/transaction.ts'
import { variableValue } from '../../domain/variables.ts'
import { at, type IdTokenInfo, idTokenInfo } from '../authorization/id-token-info.ts'
import { settleHere } from '../authorization/settle-here.ts'
import { type Registers, registersOf } from '../metering/registers.ts'
import { keepSigned } from '../metering/signed-readings.ts'
import { useReservation } from '../reservation/use-reservation.ts'
import { sendProfilesAgain } from '../smart-charging/send-again.ts'
import { type CostAnswer, costOfEvent } from '../tariff-and-cost/cost-of-event.ts'
import { hasSeen, noteSeqNo } from './sequence.ts'

/** 2.1 has it all, and more. */
type Event = RequestOf<Actions21, 'TransactionEvent'>

interface Answer extends CostAnswer {
  readonly idTokenInfo?: IdTokenInfo
  readonly transactionLimit?: NonNullable<
    ResponseOf<Actions21, 'TransactionEvent'>['transactionLimit']
  >
}

/**
 * Keeps the books of a transaction, in whatever order its events come: repeated ones are answered
 * as before and change nothing, an end whose start was lost is recorded. [2.0.1 E01 to E15]
 */
function handle(event: Event, context: StationContext): Answer | Promise<Answer> {
  const known = context.station.transaction(event.transactionInfo.transactionId)
  const authorization = judge(event, known, context)
  return authorization instanceof Promise
    ? authorization.then((judged) => record(event, known, judged, context))
    : record(event, known, authorization, context)
}

export const transactionEvent: Handler<Actions201, 'TransactionEvent', StationContext> = handle

/** Besides, 2.1 limits what a token may charge [2.1 E16]. */
export const transactionEvent21: Handler<Actions21, 'TransactionEvent', StationContext> = handle

function record(
  event: Event,
  known: TransactionRecord | undefined,
  authorization: Authorization | undefined,
  context: StationContext,
): Answer {
  const { station, domain } = context
  if (known && isRepeated(known, event)) {
    domain.counters.transactionRetries += 1
    const status = event.eventType === 'Started' ? known.authorization : undefined
    const again = known.limitTold && { transactionLimit: known.limitTold }
    return { ...answer(authorization, status), ...(authorization && again) }
  }
  const { transactionId } = event.transactionInfo
  const transaction = known ?? domain.transactions.add({ stationId: station.id, transactionId })
  const wasOpen = isOpen(transaction)
  const limit = limitToTell(event, transaction, authorization, context)
  if (limit) transaction.limitTold = { ...limit }
  note(transaction, event, authorization, context)
  const cost = costOfEvent(event, transaction, domain)
  if (wasOpen && !isOpen(transaction)) settleHere(transaction, context)
  const answered = answer(authorization)
  // The answer is on its way by then.
  if (event.triggerReason === 'TxResumed')
    void Promise.resolve().then(() => sendProfilesAgain(transaction, context))
  if (!cost && !limit) return answered
  return { ...answered, ...(limit && { transactionLimit: { ...limit } }), ...cost }
}

/** @param status instead of the authorization's: that of an earlier, repeated answer */
function answer(
  authorization: Authorization | undefined,
  status?: Authorization['status'],
): Answer {
  return authorization ? { idTokenInfo: idTokenInfo(authorization, status) } : nothing
}

/** The limit of who pays, once, and again where it has become another one [2.1 C17.FR.03, E16.FR.02]. */
function limitToTell(
  event: Event,
  { idToken: payer = event.idToken?.idToken, limitTold = {} }: TransactionRecord,
  authorization: Authorization | undefined,
  { version, station, domain }: StationContext,
): TransactionLimit | undefined {
  const { eventType, idToken } = event
  const accepted = authorization?.status === 'Accepted'
  const wanted = accepted ? (authorization.limit ?? reservedFor(event, domain)) : undefined
  if (!wanted || version !== 'ocpp2.1' || eventType === 'Ended') return undefined
  if (payer !== idToken?.idToken) return undefined
  const limit = supportedOf(wanted, station.record)
  const same = limitNames.every((name) => limit[name] === limitTold[name])
  return same ? undefined : limit
}

/**
 * What is reserved of each payment, for one that the CSMS was told to start for and knows nothing of
 * [2.1 C24.FR.02]. Of what was paid at a station its terminal knows the limit.
 */
function reservedFor(
  { eventType, idToken, transactionInfo }: Event,
  { payments }: Domain,
): TransactionLimit | undefined {
  const elsewhere = transactionInfo.remoteStartId !== undefined
  const paid = eventType === 'Started' && idToken?.type === 'DirectPayment' && elsewhere
  return paid && payments ? { maxCost: payments.amount } : undefined
}

/** What of it the station can do, if it said what it can [2.1 E16.FR.12]. */
function supportedOf(limit: TransactionLimit, record: StationRecord): TransactionLimit {
  const supported = variableValue(record, 'TxCtrlr', 'SupportedLimits')?.split(',')
  if (!supported) return limit
  return Object.fromEntries(Object.entries(limit).filter(([name]) => supported.includes(name)))
}

const limitNames = ['maxCost', 'maxEnergy', 'maxTime', 'maxSoC'] as const

/** Nothing to judge where the event brings no token [2.0.1 C09, E05]. */
function judge(
  { eventType, idToken, evse }: Event,
  known: TransactionRecord | undefined,
  { domain }: StationContext,
): Authorization | Promise<Authorization> | undefined {
  if (!idToken) return undefined
  const { tokens, activeTokens, clock } = domain
  const now = clock.wallMs()
  const place = evse?.id ?? known?.evseId
  const judged = at(place, authorize(tokens, idToken.idToken, idToken.type, now))
  if (eventType !== 'Started' || known || judged.status !== 'Accepted') return judged
  return authorizeStart(tokens, activeTokens, idToken.idToken, idToken.type, now)
}

/** A start or an end that is still missing is news, whatever number it carries. */
function isRepeated(known: TransactionRecord, { eventType, seqNo }: Event): boolean {
  if (eventType === 'Started' && known.startedAt === undefined) return false
  if (eventType === 'Ended' && isOpen(known)) return false
  return hasSeen(known, seqNo)
}

function note(
  transaction: TransactionRecord,
  event: Event,
  authorization: Authorization | undefined,
  context: StationContext,
): void {
  const { station, domain } = context
  noteSeqNo(transaction, event.seqNo)
  noteFacts(transaction, event)
  useReservation(transaction, event, context)
  noteToken(transaction, event, authorization, domain)
  if (event.eventType === 'Started' && transaction.startedAt === undefined) {
    transaction.startedAt = event.timestamp
    announceStart(domain, transaction)
  }
  if (event.meterValue) keepSigned(transaction, event.meterValue)
  const latest = event.meterValue?.[event.meterValue.length - 1]
  if (latest) station.meterValues.add(transaction.evseId, undefined, latest)
  const registers = registersOf(event.meterValue)
  noteRegisters(transaction, event, registers)
  if (event.eventType === 'Ended' && isOpen(transaction)) {
    endTransaction(domain, transaction, {
      stoppedAt: event.timestamp,
      meterStopWh: registers.end ?? transaction.lastRegisterWh,
      // Local is what a station means that states no reason [2.0.1 TransactionType].
      reason: event.transactionInfo.stoppedReason ?? 'Local',
      idToken: event.idToken?.idToken,
    })
  } else {
    domain.transactions.save(transaction)
  }
}

function noteFacts(transaction: TransactionRecord, event: Event): void {
  const { evse, offline, reservationId, transactionInfo } = event
  if (offline) transaction.offline = true
  transaction.evseId ??= evse?.id
  transaction.connectorId ??= evse?.connectorId
  transaction.remoteStartId ??= transactionInfo.remoteStartId
  transaction.reservationId ??= reservationId
  if (isOpen(transaction)) {
    transaction.chargingState = transactionInfo.chargingState ?? transaction.chargingState
  }
}

/** A token that ends a transaction is not the one that pays for it. */
function noteToken(
  transaction: TransactionRecord,
  { eventType, idToken }: Event,
  authorization: Authorization | undefined,
  domain: Domain,
): void {
  if (!idToken || eventType === 'Ended' || transaction.idToken !== undefined) return
  transaction.idToken = idToken.idToken
  if (idToken.type === 'DirectPayment') transaction.directPayment = true
  transaction.authorization = authorization?.status
  if (isOpen(transaction)) occupyToken(domain, transaction)
}

/** The start's own register counts, though others may have come before it. */
function noteRegisters(
  transaction: TransactionRecord,
  { eventType }: Event,
  { begin, first, last }: Registers,
): void {
  const own = begin ?? (eventType === 'Started' ? first : undefined)
  transaction.meterStartWh = own ?? transaction.meterStartWh ?? first
  if (isOpen(transaction)) {
    transaction.lastRegisterWh = last ?? transaction.lastRegisterWh
  } else {
    transaction.energyWh = energyBetween(transaction.meterStartWh, transaction.meterStopWh)
  }
}
