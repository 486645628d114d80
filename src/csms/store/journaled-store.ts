import type { Low } from 'lowdb'
import type { Barrier } from '../../ocpp/rpc/barrier.ts'
import { messageOf } from '../../shared/errors.ts'
import { type FolderContent, removeJournals } from './data-folder.ts'
import type { DataLock } from './data-lock.ts'
import { Journal } from './journal.ts'
import { disk } from './journal-file.ts'
import type { LowdbStoreOptions } from './lowdb-store.ts'
import { MemoryStore } from './memory-store.ts'
import { contentOf, restore } from './restore.ts'
import type { Snapshot, SnapshotFile } from './snapshot-file.ts'

/** A journal shorter than this is not worth a snapshot. */
const shortestJournal = 16 * 1024 * 1024
/** Before a snapshot that failed is tried again. */
const retryMs = 30_000

/**
 * Memory with a journal on disk, and now and then a snapshot in its place: when the journal has
 * become longer than the last one was, so that writing everything again costs no more than writing
 * the changes did.
 */
export class JournaledStore extends MemoryStore {
  override readonly kind = 'lowdb'
  readonly #db: Low<Snapshot>
  readonly #file: SnapshotFile
  readonly #lock: DataLock
  readonly #options: LowdbStoreOptions
  readonly #journal: Journal
  /** There are journals that a snapshot would make superfluous. */
  #hasJournals: boolean
  /** How much had been written down when the last snapshot began. */
  #coveredBytes = 0
  #compacting: Promise<void> | undefined
  #notBeforeMicros = Number.NEGATIVE_INFINITY
  #failures = 0
  #disposed = false

  constructor(
    db: Low<Snapshot>,
    file: SnapshotFile,
    lock: DataLock,
    options: LowdbStoreOptions,
    { data, generation, journals }: FolderContent,
  ) {
    const { folder, clock, report, durability } = options
    const journal = new Journal({
      folder,
      generation,
      strict: durability === 'strict',
      clock,
      disk: options.disk ?? disk,
      report,
      lastTransactionId: () => this.transactions.lastTransactionId,
      committed: () => this.#compactIfLong(),
      replace: () => this.#compact(),
    })
    super({ changes: journal, numbering: options.numbering })
    this.#db = db
    this.#file = file
    this.#lock = lock
    this.#options = options
    this.#journal = journal
    this.#hasJournals = journals > 0
    if (data) restore(this, data, options.numbering)
    if (this.#hasJournals) this.#compactInBackground()
  }

  override get barrier(): Barrier {
    return this.#journal
  }

  override get trouble(): string | undefined {
    return this.#journal.trouble
  }

  override get journalBytes(): number {
    return this.#journal.bytes
  }

  override flush(): Promise<void> {
    return this.#journal.flush()
  }

  /** Leaves one snapshot and no journal. */
  override async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    const { folder, report } = this.#options
    const unsaved = await this.#journal.flush().then(nothing, messageOf)
    await this.#compacting?.catch(nothing)
    if (this.#hasJournals || this.#journal.bytes > 0 || unsaved !== undefined) {
      const failure = await this.#compact().then(nothing, messageOf)
      if (failure !== undefined && unsaved !== undefined) {
        report('warning', `The last changes could not be saved in ${folder}: ${unsaved}.`)
      }
    }
    await this.#journal.close()
    await this.#lock.release()
  }

  #compactIfLong(): void {
    const written = this.#journal.bytes - this.#coveredBytes
    const longest = Math.max(this.#options.shortestJournal ?? shortestJournal, this.#file.bytes)
    if (written < longest || this.#compacting || this.#disposed) return
    if (this.#options.clock.monotonicMicros() >= this.#notBeforeMicros) this.#compactInBackground()
  }

  #compactInBackground(): void {
    // Told by #snapshot; the journal has everything, and grows until it is tried again.
    void this.#compact().catch(nothing)
  }

  #compact(): Promise<void> {
    this.#compacting ??= this.#snapshot().finally(() => {
      this.#compacting = undefined
    })
    return this.#compacting
  }

  async #snapshot(): Promise<void> {
    const { folder, durability, clock, report } = this.#options
    const covered = this.#journal.bytes
    const generation = this.#journal.turnOver()
    try {
      this.#db.data = { ...contentOf(this), journal: generation, durability }
      await this.#db.write()
      await removeJournals(folder, generation)
    } catch (error) {
      this.#notBeforeMicros = clock.monotonicMicros() + retryMs * 1000
      this.#failures += 1
      if (this.#failures === 1) {
        report(
          'warning',
          `No snapshot can be written to ${folder}: ${messageOf(error)}. Its journal grows until one can.`,
        )
      }
      throw error
    }
    this.#coveredBytes = covered
    this.#hasJournals = false
    this.#failures = 0
  }
}

function nothing(): undefined {
  return undefined
}
