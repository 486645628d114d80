import { join } from 'node:path'
import { Low } from 'lowdb'
import { makeFolder } from '../../platform/make-folder.ts'
import type { CancelTimer, Clock } from '../../shared/clock.ts'
import { CsmsError, csmsError } from '../../shared/errors.ts'
import { newStation } from '../domain/station.ts'
import { type DataLock, lockDataPatiently } from './data-lock.ts'
import { MemoryStore } from './memory-store.ts'
import { alone, type Numbering } from './numbering.ts'
import {
  CorruptSnapshot,
  type Snapshot,
  SnapshotFile,
  setAside,
  snapshotName,
} from './snapshot-file.ts'
import type { Store } from './store.ts'

export interface LowdbStoreOptions {
  /** Made where it does not exist. */
  readonly folder: string
  /** How long changes are gathered before a snapshot is written. */
  readonly snapshotDelayMs: number
  /** Real time. */
  readonly clock: Clock
  /** Default: this process is the only one. */
  readonly numbering?: Numbering
  /** The folder was claimed already; disposing of the store releases it. */
  readonly lock?: DataLock
  /** How long the folder may still be somebody else's; default: not at all. */
  readonly patienceMs?: number
  readonly report: (level: 'info' | 'warning', message: string) => void
}

/** Ids that a process which was killed may have given out after its last snapshot are skipped. */
export const skippedIds = 10_000
/** A snapshot that takes long is taken rarely: at most a tenth of the time goes into writing. */
const restPerWrite = 9
/** Longest wait before a failed snapshot is tried again. */
const longestRetryMs = 30_000

/**
 * Memory with a snapshot on disk. What was saved before the last snapshot survives `kill -9`. A
 * file that cannot be read is set aside. Throws `CSMS_DATA_IN_USE` or `CSMS_DATA_UNWRITABLE`.
 */
export async function openLowdbStore(options: LowdbStoreOptions): Promise<Store> {
  let lock = options.lock
  try {
    await makeFolder(options.folder)
    lock ??= await lockDataPatiently(options.folder, options.clock, options.patienceMs ?? 0)
    const db = new Low<Snapshot>(new SnapshotFile(join(options.folder, snapshotName)), nothingYet)
    await readOrSetAside(db, options)
    return new LowdbStore(db, lock, options)
  } catch (error) {
    await lock?.release()
    if (error instanceof CsmsError) throw error
    const reason = reasonOf(error)
    throw csmsError('CSMS_DATA_UNWRITABLE', { path: options.folder, reason }, error)
  }
}

const nothingYet: Snapshot = {
  format: 1,
  lastTransactionId: 0,
  stations: [],
  tokens: [],
  transactions: [],
}

async function readOrSetAside(
  db: Low<Snapshot>,
  { folder, clock, report }: LowdbStoreOptions,
): Promise<void> {
  try {
    await db.read()
  } catch (error) {
    if (!(error instanceof CorruptSnapshot)) throw error
    const said = await setAside(join(folder, snapshotName), error, clock.wallMs())
    report('warning', `${said} and the store starts empty.`)
  }
}

class LowdbStore extends MemoryStore {
  override readonly kind = 'lowdb'
  readonly #db: Low<Snapshot>
  readonly #lock: DataLock
  readonly #options: LowdbStoreOptions
  /** True at first, so that restoring is no change. */
  #changed = true
  #cancel: CancelTimer | undefined
  #writing: Promise<void> | undefined
  #failures = 0
  #restMs = 0
  #disposed = false

  constructor(db: Low<Snapshot>, lock: DataLock, options: LowdbStoreOptions) {
    super(() => this.#noteChange(), options.numbering)
    this.#db = db
    this.#lock = lock
    this.#options = options
    this.#restore(db.data)
    this.#changed = false
    // From here on the live records are what a snapshot holds.
    this.#db.data = nothingYet
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
      report('warning', `The last changes could not be saved in ${folder}: ${reasonOf(error)}.`)
    }
    await this.#lock.release()
  }

  #restore({ lastTransactionId, stations, tokens, transactions }: Snapshot): void {
    // Nothing is connected yet, whatever the snapshot saw.
    for (const station of stations) {
      this.stations.save({ ...newStation(station.id), ...station, connectedSince: undefined })
    }
    for (const token of tokens) this.tokens.save(token)
    for (const transaction of transactions) this.transactions.restore(transaction)
    const { processes } = this.#options.numbering ?? alone
    // Of several processes each gives out one id in so many.
    if (lastTransactionId > 0) {
      this.transactions.resumeAfter(lastTransactionId + skippedIds * processes)
    }
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
    this.#db.data = {
      format: 1,
      lastTransactionId: this.transactions.lastTransactionId,
      stations: this.stations.list(),
      tokens: this.tokens.list(),
      transactions: firstOf(this.transactions.list(), this.transactions.count),
    }
    try {
      await this.#db.write()
    } catch (error) {
      this.#changed = true
      this.#failures += 1
      if (this.#failures === 1) {
        report('warning', `Cannot save to ${folder}: ${reasonOf(error)}. Trying again.`)
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

/** What was there when the snapshot began: a list that grows while it is written has an end. */
function* firstOf<Item>(items: Iterable<Item>, count: number): Iterable<Item> {
  let left = count
  for (const item of items) {
    if (left === 0) return
    left -= 1
    yield item
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
