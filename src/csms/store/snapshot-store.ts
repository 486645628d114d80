import type { Low } from 'lowdb'
import type { CancelTimer } from '../../shared/clock.ts'
import { messageOf } from '../../shared/errors.ts'
import type { Changes } from './changes.ts'
import { type FolderContent, removeJournals } from './data-folder.ts'
import type { DataLock } from './data-lock.ts'
import type { LowdbStoreOptions } from './lowdb-store.ts'
import { MemoryStore } from './memory-store.ts'
import { contentOf, restore } from './restore.ts'
import type { Snapshot } from './snapshot-file.ts'

/** A snapshot that takes long is taken rarely: at most a tenth of the time goes into writing. */
const restPerWrite = 9
/** Longest wait before a failed snapshot is tried again. */
const longestRetryMs = 30_000

/** `--durability none`: memory and, a while after a change, a snapshot. */
export class SnapshotStore extends MemoryStore {
  override readonly kind = 'lowdb'
  readonly #db: Low<Snapshot>
  readonly #lock: DataLock
  readonly #options: LowdbStoreOptions
  /** Journals that an earlier process left; the first snapshot has what they hold. */
  readonly #generation: number
  #hasJournals: boolean
  #changed: boolean
  #cancel: CancelTimer | undefined
  #writing: Promise<void> | undefined
  #failures = 0
  #restMs = 0
  #disposed = false

  constructor(
    db: Low<Snapshot>,
    lock: DataLock,
    options: LowdbStoreOptions,
    { data, generation, journals }: FolderContent,
  ) {
    const hears: { changed: () => void } = { changed: () => undefined }
    super({ changes: telling(() => hears.changed()), numbering: options.numbering })
    this.#db = db
    this.#lock = lock
    this.#options = options
    this.#generation = generation
    this.#hasJournals = journals > 0
    this.#changed = false
    if (data) restore(this, data, options.numbering)
    hears.changed = () => this.#noteChange()
    if (this.#hasJournals) this.#noteChange()
  }

  override async flush(): Promise<void> {
    while (this.#writing || this.#changed) await (this.#writing ?? this.#write())
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    this.#cancel?.()
    try {
      await this.flush()
    } catch (error) {
      const { report, folder } = this.#options
      report('warning', `The last changes could not be saved in ${folder}: ${messageOf(error)}.`)
    }
    await this.#lock.release()
  }

  /** On the hot path: sets a flag, and a timer where none runs. */
  #noteChange(): void {
    if (this.#changed) return
    this.#changed = true
    if (!this.#writing) this.#writeLater(this.#options.snapshotDelayMs)
  }

  #writeLater(delayMs: number): void {
    if (this.#disposed) return
    this.#cancel = this.#options.clock.after(Math.max(delayMs, this.#restMs), () => {
      void this.#write().catch(() => {
        // Reported by #write; the changes stay in memory and are tried again.
      })
    })
  }

  #write(): Promise<void> {
    this.#cancel?.()
    this.#writing = this.#snapshot().finally(() => {
      this.#writing = undefined
      if (this.#changed) this.#writeLater(this.#delayMs())
    })
    return this.#writing
  }

  async #snapshot(): Promise<void> {
    const { clock, folder, report } = this.#options
    const begun = clock.monotonicMicros()
    this.#changed = false
    const journal = this.#hasJournals ? { journal: this.#generation } : {}
    this.#db.data = { ...contentOf(this), ...journal, durability: 'none' }
    try {
      await this.#db.write()
      if (this.#hasJournals) await removeJournals(folder, this.#generation)
      this.#hasJournals = false
    } catch (error) {
      this.#changed = true
      this.#failures += 1
      if (this.#failures === 1) {
        report('warning', `Cannot save to ${folder}: ${messageOf(error)}. Trying again.`)
      }
      throw error
    }
    this.#restMs = ((clock.monotonicMicros() - begun) / 1000) * restPerWrite
    if (this.#failures > 0) report('info', `Saved to ${folder} again.`)
    this.#failures = 0
  }

  #delayMs(): number {
    const { snapshotDelayMs } = this.#options
    return Math.min(snapshotDelayMs * 2 ** Math.min(this.#failures, 10), longestRetryMs)
  }
}

function telling(changed: () => void): Changes {
  return { station: changed, stationRemoved: changed, token: changed, transaction: changed }
}
