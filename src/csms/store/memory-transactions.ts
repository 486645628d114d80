import {
  isOpen,
  type NewTransaction,
  newTransaction,
  type TransactionRecord,
} from '../domain/transaction.ts'
import type { Changes } from './changes.ts'
import { type Numbering, nextId, nextOrdinal } from './numbering.ts'
import { PackedTransactions } from './packed-transactions.ts'
import type { TransactionStore } from './store.ts'

/** Latest transactions of a station that are kept as they are: repeated messages are about these. */
const keptAtLeast = 32
/** More than these are packed, finished or not: nobody charges so many cars at a time. */
const keptAtMost = 1024
/** So many at a time. */
const packedTogether = 8

/** Of finished transactions all but a station's latest are kept packed and unpacked when asked for. */
export class MemoryTransactions implements TransactionStore {
  readonly #changes: Changes | undefined
  readonly #numbering: Numbering
  /** In order of arrival; a number is that of a packed one. */
  readonly #all: (TransactionRecord | number)[] = []
  /** Invariant: they ascend. */
  #ordinals = new Float64Array(1024)
  readonly #recent = new Map<string, TransactionRecord[]>()
  readonly #packed = new PackedTransactions()
  /** Packed ones that somebody may change and save. */
  readonly #unpacked = new WeakMap<TransactionRecord, number>()
  #lastId = 0
  #lastOrdinal = 0

  constructor(changes: Changes | undefined, numbering: Numbering) {
    this.#changes = changes
    this.#numbering = numbering
  }

  get count(): number {
    return this.#all.length
  }

  /** The highest id given out. */
  get lastTransactionId(): number {
    return this.#lastId
  }

  get lastOrdinal(): number {
    return this.#lastOrdinal
  }

  nextTransactionId(): number {
    this.#lastId = nextId(this.#lastId, this.#numbering)
    return this.#lastId
  }

  add(known: NewTransaction): TransactionRecord {
    this.#lastOrdinal = nextOrdinal(this.#lastOrdinal, this.#numbering)
    const transaction = newTransaction(this.#lastOrdinal, known)
    this.#append(transaction)
    this.#changes?.transaction(transaction)
    return transaction
  }

  save(transaction: TransactionRecord): void {
    const number = this.#unpacked.get(transaction)
    if (number !== undefined) this.#packed.replace(number, transaction)
    this.#changes?.transaction(transaction)
  }

  ofStation(stationId: string): readonly TransactionRecord[] {
    return this.#of(stationId)
  }

  older(stationId: string, transactionId: number | string): TransactionRecord | undefined {
    const number = this.#packed.find(stationId, transactionId)
    if (number === undefined) return undefined
    const transaction = this.#packed.get(number)
    this.#unpacked.set(transaction, number)
    return transaction
  }

  everyOf(stationId: string): readonly TransactionRecord[] {
    const every = [...this.#packed.ofStation(stationId), ...this.#of(stationId)]
    // One that was open for long was packed after younger ones, or is not packed yet.
    return every.sort((one, other) => one.ordinal - other.ordinal)
  }

  *list(afterOrdinal = 0): Iterable<TransactionRecord> {
    for (let at = this.#placeAfter(afterOrdinal); at < this.#all.length; at += 1) {
      const transaction = this.#all[at]
      if (typeof transaction === 'number') yield this.#packed.get(transaction)
      else if (transaction) yield transaction
    }
  }

  goOnAfter(ordinal: number): void {
    this.#lastOrdinal = Math.max(this.#lastOrdinal, ordinal)
  }

  /** Puts back what an earlier process gave an ordinal to; in the order of these. */
  restore(transaction: TransactionRecord): void {
    const { ordinal } = transaction
    this.#lastOrdinal = Math.max(this.#lastOrdinal + 1, Number.isInteger(ordinal) ? ordinal : 0)
    this.#append(newTransaction(this.#lastOrdinal, transaction))
  }

  /** Goes on after an id that an earlier process may have given out. */
  resumeAfter(transactionId: number): void {
    this.#lastId = transactionId
  }

  #append(transaction: TransactionRecord): void {
    const place = this.#all.length
    if (place === this.#ordinals.length) {
      const more = new Float64Array(place * 2)
      more.set(this.#ordinals)
      this.#ordinals = more
    }
    this.#ordinals[place] = transaction.ordinal
    this.#all.push(transaction)
    const recent = this.#of(transaction.stationId)
    recent.push(transaction)
    if (recent.length >= keptAtLeast + packedTogether && recent.length % packedTogether === 0) {
      this.#pack(recent)
    }
  }

  /** Packs what a station has no more to do with. Its list stays the same array. */
  #pack(recent: TransactionRecord[]): void {
    const settled = recent.length - keptAtLeast
    const tooMany = recent.length - keptAtMost
    let kept = 0
    recent.forEach((transaction, at) => {
      if (at < tooMany || (at < settled && !isOpen(transaction))) {
        this.#all[this.#placeAfter(transaction.ordinal - 1)] = this.#packed.add(transaction)
        return
      }
      recent[kept] = transaction
      kept += 1
    })
    recent.length = kept
  }

  /** Index of the first transaction behind an ordinal. */
  #placeAfter(ordinal: number): number {
    let low = 0
    let high = this.#all.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ordinals[middle] ?? 0) <= ordinal) low = middle + 1
      else high = middle
    }
    return low
  }

  #of(stationId: string): TransactionRecord[] {
    const known = this.#recent.get(stationId)
    if (known) return known
    const fresh: TransactionRecord[] = []
    this.#recent.set(stationId, fresh)
    return fresh
  }
}
