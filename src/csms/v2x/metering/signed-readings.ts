import { keepSignedReading } from '../../domain/signed-data.ts'
import type { TransactionRecord } from '../../domain/transaction.ts'
import type { MeterValue2x } from './registers.ts'

/** Keeps what a meter signed with its transaction, as it was sent [2.0.1 SignedMeterValueType]. */
export function keepSigned(
  transaction: TransactionRecord,
  meterValues: readonly MeterValue2x[],
): void {
  for (const { timestamp, sampledValue } of meterValues) {
    for (const { signedMeterValue, context = 'Sample.Periodic' } of sampledValue) {
      if (!signedMeterValue) continue
      const { signedMeterData: data } = signedMeterValue
      keepSignedReading(transaction, { timestamp, context, data })
    }
  }
}
