import type { TransactionRecord } from '../../domain/transaction.ts'

/** How many absent numbers are remembered of a transaction: gaps are short, or there is no order. */
const mostMissing = 256

/** Has an event of this seqNo come before? [2.0.1 E01.FR.07] */
export function hasSeen(transaction: TransactionRecord, seqNo: number): boolean {
  const { firstSeqNo, lastSeqNo, missingSeqNos } = transaction
  if (firstSeqNo === undefined || lastSeqNo === undefined) return false
  if (seqNo < firstSeqNo || seqNo > lastSeqNo) return false
  return !missingSeqNos?.includes(seqNo)
}

/** Notes an event's number, in whatever order events come, and which are missing in between. */
export function noteSeqNo(transaction: TransactionRecord, seqNo: number): void {
  const { firstSeqNo = seqNo, lastSeqNo = seqNo } = transaction
  if (seqNo > lastSeqNo + 1) miss(transaction, lastSeqNo + 1, seqNo - 1)
  else if (seqNo < firstSeqNo - 1) miss(transaction, seqNo + 1, firstSeqNo - 1)
  else if (transaction.missingSeqNos) {
    const left = transaction.missingSeqNos.filter((missing) => missing !== seqNo)
    transaction.missingSeqNos = left.length > 0 ? left : undefined
  }
  transaction.firstSeqNo = Math.min(firstSeqNo, seqNo)
  transaction.lastSeqNo = Math.max(lastSeqNo, seqNo)
}

function miss(transaction: TransactionRecord, first: number, last: number): void {
  const missing = transaction.missingSeqNos ?? []
  for (let seqNo = first; seqNo <= last && missing.length < mostMissing; seqNo += 1) {
    missing.push(seqNo)
  }
  transaction.missingSeqNos = missing
}
