import type { TransactionRecord } from './transaction.ts'

/** A digitally signed meter value as the station sent it: opaque, kept for whoever checks bills. */
export interface SignedReading {
  readonly timestamp: string
  /** ReadingContext; Sample.Periodic where the station states none. */
  readonly context: string
  readonly data: string
}

interface SampledValue {
  readonly value: string
  readonly context?: string
  readonly format?: string
}

/** The first is never dropped: it and the last say what was charged. */
const mostReadings = 10
const longestData = 10_000

/** Keeps what is SignedData among these values with their transaction [1.6 7.43, 7.49]. */
export function keepSignedData(
  transaction: TransactionRecord,
  values: readonly { readonly timestamp: string; readonly sampledValue: readonly SampledValue[] }[],
): void {
  for (const { timestamp, sampledValue } of values) {
    for (const { value, context = 'Sample.Periodic', format } of sampledValue) {
      if (format === 'SignedData')
        keepSignedReading(transaction, { timestamp, context, data: value })
    }
  }
}

/** One of them; what is too long is not kept. */
export function keepSignedReading(transaction: TransactionRecord, reading: SignedReading): void {
  if (reading.data.length > longestData) return
  const kept = (transaction.signedData ??= [])
  if (kept.length >= mostReadings) kept.splice(1, 1)
  kept.push(reading)
}
