import { dropProfiles, giveProfiles } from './charging-profiles.ts'
import type { Domain } from './domain.ts'
import { energyBetween, type NewTransaction, type TransactionRecord } from './transaction.ts'

/** Opens a transaction in the books. */
export function beginTransaction(domain: Domain, known: NewTransaction): TransactionRecord {
  const transaction = domain.transactions.add(known)
  occupyToken(domain, transaction)
  announceStart(domain, transaction)
  return transaction
}

/** A transaction has begun: it gets its profiles, is counted, and whoever listens is told. */
export function announceStart(domain: Domain, transaction: TransactionRecord): void {
  giveProfiles(domain, transaction)
  domain.counters.transactionsStarted += 1
  domain.emit?.({
    type: 'transactionStarted',
    stationId: transaction.stationId,
    transactionId: transaction.transactionId,
    evseId: transaction.evseId,
    connectorId: transaction.connectorId,
    idToken: transaction.idToken,
    authorization: transaction.authorization,
  })
}

export interface EndOfTransaction {
  readonly stoppedAt: string
  readonly meterStopWh: number | undefined
  readonly reason: string
  readonly idToken?: string | undefined
}

/** Ends an open transaction and states its energy, once: the first end counts. */
export function endTransaction(
  domain: Domain,
  transaction: TransactionRecord,
  { stoppedAt, meterStopWh, reason, idToken }: EndOfTransaction,
): void {
  transaction.stoppedAt = stoppedAt
  transaction.meterStopWh = meterStopWh
  transaction.energyWh = energyBetween(transaction.meterStartWh, meterStopWh)
  transaction.stopReason = reason
  transaction.stopIdToken = idToken
  domain.transactions.save(transaction)
  releaseToken(domain, transaction)
  dropProfiles(domain, transaction)
  domain.counters.transactionsStopped += 1
  domain.emit?.({
    type: 'transactionStopped',
    stationId: transaction.stationId,
    transactionId: transaction.transactionId,
    energyWh: transaction.energyWh,
    reason,
  })
}

/** A token that was accepted is busy until its transaction ends. */
export function occupyToken(
  { activeTokens }: Domain,
  { idToken, authorization }: TransactionRecord,
): void {
  if (idToken !== undefined && authorization === 'Accepted') activeTokens.begun(idToken)
}

function releaseToken(
  { activeTokens }: Domain,
  { idToken, authorization }: TransactionRecord,
): void {
  if (idToken !== undefined && authorization === 'Accepted') activeTokens.ended(idToken)
}
