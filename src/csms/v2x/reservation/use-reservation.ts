import type { StationContext } from '../../domain/domain.ts'
import { endReservation, reservationsChanged } from '../../domain/reservations.ts'
import type { TransactionRecord } from '../../domain/transaction.ts'

/** A TransactionEvent names the reservation that its driver used [2.0.1 H01.FR.15]. */
export function useReservation(
  { transactionId }: TransactionRecord,
  event: { readonly reservationId?: number; readonly timestamp: string },
  { station: { record }, domain }: StationContext,
): void {
  const { reservationId, timestamp } = event
  if (reservationId === undefined) return
  const used = endReservation(record, reservationId, 'Used', timestamp, transactionId)
  reservationsChanged(domain, record, used)
}
