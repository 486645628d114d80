import { chargeable } from '../../../ocpp/tariff/money.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'
import type { SettlementRecord } from '../../domain/settlements.ts'
import type { TransactionRecord } from '../../domain/transaction.ts'
import { variableValue } from '../../domain/variables.ts'
import { keepSettlement } from './keep-settlement.ts'

/**
 * Settles what a transaction that has just ended cost, where its station does not: on the web, at a
 * stand-alone terminal, and with SettlementByCSMS [2.1 C21.FR.05, C24.FR.10, C25]. The payment
 * provider is not asked: whoever has one reads the settlements of the station.
 */
export function settleHere(transaction: TransactionRecord, context: StationContext): void {
  const { station, domain } = context
  const { idToken, directPayment } = transaction
  if (!directPayment || idToken === undefined) return
  const own = domain.tokens.get(idToken)?.type === 'DirectPayment'
  const asked = variableValue(station.record, 'PaymentCtrlr', 'SettlementByCSMS') === 'true'
  if (!own && !asked) return
  const at = isoTime(domain.clock.wallMs())
  const receiptId = idToken.slice(0, 50)
  const settled = outcomeOf(transaction)
  const receiptUrl = domain.tariffs?.receiptUrl(receiptId)
  keepSettlement(context, {
    pspRef: idToken,
    ...settled,
    settlementTime: at,
    transactionId: String(transaction.transactionId),
    ...(settled.status === 'Settled' && receiptUrl !== undefined && { receiptId, receiptUrl }),
    at,
    by: 'csms',
  })
  // It pays for nothing else.
  if (!own) return
  domain.tokens.remove(idToken)
  domain.tokenNews?.({ kind: 'spent', idToken })
}

function outcomeOf({
  cost,
}: TransactionRecord): Pick<SettlementRecord, 'status' | 'settlementAmount' | 'statusInfo'> {
  if (!cost) {
    const statusInfo = 'nobody knows what the transaction has cost'
    return { status: 'Failed', settlementAmount: 0, statusInfo }
  }
  const settlementAmount = chargeable(cost.total, cost.currency ?? '')
  return { status: settlementAmount === 0 ? 'Canceled' : 'Settled', settlementAmount }
}
