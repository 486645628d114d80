import type { StationRecord } from './station.ts'

/** What energy transfers a station lets a transaction have since we said so [2.1 Q01, Q02]. */
export interface EnergyTransferRecord {
  readonly transactionId: string
  /** EnergyTransferModeEnumType. */
  readonly allowed: readonly string[]
  readonly since: string
}

/** The last aFRR signal that a station follows [2.1 Q08]. */
export interface AfrrSignalRecord {
  readonly signal: number
  /** From when on. */
  readonly timestamp: string
}

/** How many are kept of a station. */
const mostTransfers = 50

/** The station told its EV; the latest of a transaction counts. */
export function noteEnergyTransfer(record: StationRecord, transfer: EnergyTransferRecord): void {
  const others = (record.energyTransfers ?? []).filter(
    ({ transactionId }) => transactionId !== transfer.transactionId,
  )
  record.energyTransfers = [...others, transfer].slice(-mostTransfers)
}

/**
 * Whether an EV may have the transfer that it wants: only to charge may everybody, and both directions
 * whoever was not told otherwise [2.1 Q01.FR.04].
 */
export function mayTransfer(
  { energyTransfers = [] }: StationRecord,
  transactionId: string,
  requested: string,
): boolean {
  if (!requested.includes('_BPT')) return true
  const known = energyTransfers.find((one) => one.transactionId === transactionId)
  return known === undefined || known.allowed.includes(requested)
}
