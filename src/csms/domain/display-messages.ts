import type { StationRecord } from './station.ts'
import { isOpen, type TransactionRecord } from './transaction.ts'

/** A message as it stood on the wire. */
interface DisplayMessage {
  readonly id: number
  readonly priority: string
  readonly state?: string
  readonly startDateTime?: string
  readonly endDateTime?: string
  readonly transactionId?: string
  readonly message: object
  readonly messageExtra?: readonly object[]
}

/** A message that the station shows when its time comes, as far as is known [2.0.1 O]. */
export interface DisplayMessageRecord {
  readonly message: DisplayMessage
  /** RFC 3339, of the CSMS: when the station took it, or first told of it. */
  readonly since: string
}

/** No display shows more; whoever claims so is remembered in part. */
const mostMessages = 200

/**
 * The station took a message: it replaces the one of its id, and one that is always in front replaces
 * the other [2.0.1 O01.FR.16, O06].
 */
export function displayed(record: StationRecord, message: DisplayMessage, since: string): void {
  const bothFront = (known: DisplayMessage) =>
    known.priority === 'AlwaysFront' && message.priority === 'AlwaysFront'
  const others = (record.displayMessages ?? []).filter(
    ({ message: known }) => known.id !== message.id && !bothFront(known),
  )
  record.displayMessages = [...others, { message, since }].slice(-mostMessages)
}

/** The station has no message of this id any more. */
export function undisplayed(record: StationRecord, id: number): void {
  const known = record.displayMessages ?? []
  record.displayMessages = known.filter(({ message }) => message.id !== id)
}

/** The station told of all that it has: what it left out is gone. */
export function displayedOnly(record: StationRecord, ids: ReadonlySet<number>): void {
  const known = record.displayMessages ?? []
  record.displayMessages = known.filter(({ message }) => ids.has(message.id))
}

/** What a station has now: what is over by its time or with its transaction is gone [2.0.1 O01, O02]. */
export function displayMessagesOf(
  { displayMessages = [] }: StationRecord,
  transaction: (id: string) => TransactionRecord | undefined,
  nowMs: number,
): readonly DisplayMessageRecord[] {
  return displayMessages.filter(({ message: { endDateTime, transactionId } }) => {
    if (endDateTime !== undefined && Date.parse(endDateTime) <= nowMs) return false
    const bound = transactionId === undefined ? undefined : transaction(transactionId)
    return bound === undefined || isOpen(bound)
  })
}
