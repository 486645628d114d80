import type { Domain } from './domain.ts'
import type { Station } from './station.ts'
import { isOpen } from './transaction.ts'

/** A transaction has priority charging now, or no longer [2.1 K21, K22]; ended ones are forgotten. */
export function notePriority(
  domain: Domain,
  station: Station,
  transactionId: string,
  on: boolean,
): void {
  const { record, transactions } = station
  const open = transactions.filter(isOpen).map((one) => one.transactionId)
  const others = (record.priorityCharging ?? []).filter(
    (known) => known !== transactionId && open.includes(known),
  )
  record.priorityCharging = on ? [...others, transactionId] : others
  domain.stations.save(record)
}
