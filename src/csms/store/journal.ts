import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Barrier } from '../../ocpp/rpc/barrier.ts'
import { CallError } from '../../ocpp/rpc/error-codes.ts'
import type { CancelTimer, Clock } from '../../shared/clock.ts'
import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import type { TransactionRecord } from '../domain/transaction.ts'
import type { Changes } from './changes.ts'
import { type JournalDisk, type JournalFile, syncFolder } from './journal-file.ts'
import { frameOf, journalHead } from './journal-frames.ts'
import { JournalGroup } from './journal-group.ts'

/** A change that comes alone is written at once; under load one write in so many ms takes all. */
const gatherMs = 2
/** How long what was written may wait for the disk where not every commit does. */
const syncWindowMs = 1_000
/** Between attempts to commit what could not be; doubled up to the longest. */
const firstRetryMs = 250
const longestRetryMs = 5_000

export interface JournalOptions {
  readonly folder: string
  /** Number of the first file it writes. */
  readonly generation: number
  /** Commits wait for the disk, not only for the operating system. */
  readonly strict: boolean
  /** Real time. */
  readonly clock: Clock
  readonly disk: JournalDisk
  readonly report: (level: 'info' | 'warning', message: string) => void
  readonly lastTransactionId: () => number
  /** Called after every commit. */
  readonly committed: () => void
  /** Saves everything without this journal's present file, of which the disk may have lost a part. */
  readonly replace: () => Promise<void>
}

/** A file of the journal and where in it the next frame comes. */
interface Open {
  readonly file: JournalFile
  readonly head: string
  frames: number
}

/** The name of a journal in its folder. */
export const journalName = (generation: number): string => `csms.journal-${generation}`

/**
 * Writes down what changes, in groups, before it is acknowledged. Where that fails, everybody who
 * waits is refused, the changes are kept and tried again until they are written.
 */
export class Journal implements Changes, Barrier {
  changes = 0
  readonly #options: JournalOptions
  #generation: number
  #open: Open | undefined
  #gathering = new JournalGroup()
  /** The commit that is under way; never rejects. */
  #committing: Promise<void> | undefined
  #writing: JournalGroup | undefined
  /** The next commit. */
  #cancelNext: CancelTimer | undefined
  #isNextDue = false
  #lastBeginMicros = Number.NEGATIVE_INFINITY
  /** Looks after what was written: once a window. */
  #cancelTending: CancelTimer | undefined
  #bytes = 0
  #failures = 0
  #error: Error | undefined
  /** The disk failed to take what it had been given: only another file can be trusted. */
  #distrusted = false
  #closed = false

  constructor(options: JournalOptions) {
    this.#options = options
    this.#generation = options.generation
  }

  station(record: StationRecord): void {
    this.#gathering.stations.add(record)
    this.#changed()
  }

  stationRemoved(record: StationRecord): void {
    this.#gathering.removeStation(record)
    this.#changed()
  }

  token(key: string, token: Token | undefined): void {
    this.#gathering.tokens.set(key, token)
    this.#changed()
  }

  transaction(record: TransactionRecord): void {
    this.#gathering.transactions.add(record)
    this.#changed()
  }

  /** Written since it began, over all files. */
  get bytes(): number {
    return this.#bytes
  }

  get isEmpty(): boolean {
    return this.#gathering.isEmpty && !this.#writing
  }

  /** Why nothing can be written at present. */
  get trouble(): string | undefined {
    return this.#error?.message
  }

  passed(): Promise<void> | undefined {
    if (this.#error) return Promise.reject(refusal())
    if (!this.#gathering.isEmpty) return this.#gathering.safe
    return this.#writing?.safe
  }

  /** Commits what is there now and makes the disk take it; rejects where that fails. */
  async flush(): Promise<void> {
    while (!this.isEmpty) {
      if (!this.#committing) this.#commitNow()
      await this.#committing
      if (this.#error) throw this.#error
    }
    await this.#open?.file.sync()
  }

  /**
   * What comes from here on goes into another file.
   * @returns its generation: whoever has everything up to now needs no file before it
   */
  turnOver(): number {
    const open = this.#open
    if (!open) return this.#generation
    this.#open = undefined
    this.#generation += 1
    void this.#leave(open.file)
    return this.#generation
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancelNext?.()
    this.#cancelTending?.()
    await this.#committing
    const open = this.#open
    this.#open = undefined
    if (open) await this.#leave(open.file)
  }

  async #leave(file: JournalFile): Promise<void> {
    await this.#committing
    try {
      await file.sync()
    } catch {
      // A snapshot is about to replace it.
    }
    await file.close().catch(nothingLeft)
  }

  #changed(): void {
    this.changes += 1
    if (!this.#isNextDue && !this.#committing) this.#commitSoon()
  }

  #commitSoon(): void {
    if (this.#closed) return
    this.#isNextDue = true
    const { clock, strict } = this.#options
    const restMs = strict ? 0 : gatherMs - (clock.monotonicMicros() - this.#lastBeginMicros) / 1000
    if (restMs > 0) {
      this.#cancelNext = clock.after(restMs, () => this.#commitNow())
      return
    }
    // Not before the handler that made the change is through.
    this.#cancelNext = undefined
    void Promise.resolve().then(() => {
      if (this.#isNextDue) this.#commitNow()
    })
  }

  #commitNow(): void {
    this.#isNextDue = false
    this.#cancelNext?.()
    this.#cancelNext = undefined
    if (this.#committing || this.#gathering.isEmpty) return
    this.#committing = this.#commit()
  }

  async #commit(): Promise<void> {
    const group = this.#gathering
    this.#gathering = new JournalGroup()
    this.#writing = group
    this.#lastBeginMicros = this.#options.clock.monotonicMicros()
    try {
      await this.#write(group.encode(this.#options.lastTransactionId()))
    } catch (error) {
      this.#writing = undefined
      this.#committing = undefined
      this.#gathering.absorb(group)
      this.#failed(error, group)
      return
    }
    this.#writing = undefined
    this.#committing = undefined
    this.#recovered()
    group.resolve()
    if (!this.#gathering.isEmpty) this.#commitSoon()
    this.#options.committed()
  }

  async #write(payload: string): Promise<void> {
    const open = this.#open ?? (await this.#create())
    const frame = frameOf(open.head, open.frames + 1, payload)
    const isFirst = open.frames === 0
    await open.file.append(isFirst ? Buffer.concat([Buffer.from(open.head), frame]) : frame)
    open.frames += 1
    this.#bytes += frame.length
    if (this.#options.strict) await this.#sync(open.file, isFirst)
    this.#tendLater()
  }

  async #create(): Promise<Open> {
    const { disk, folder } = this.#options
    const generation = this.#generation
    const file = await disk.create(join(folder, journalName(generation)))
    const head = journalHead(generation, randomBytes(4).toString('hex'))
    this.#open = { file, head, frames: 0 }
    return this.#open
  }

  async #sync(file: JournalFile, isNew: boolean): Promise<void> {
    try {
      await file.sync()
      if (isNew) await syncFolder(this.#options.folder)
    } catch (error) {
      this.#distrusted = true
      throw error
    }
  }

  /** A file that somebody removed takes bytes as before: within a second of each commit it is looked for. */
  #tendLater(): void {
    this.#cancelTending ??= this.#options.clock.after(syncWindowMs, () => {
      this.#cancelTending = undefined
      void this.#tend()
    })
  }

  async #tend(): Promise<void> {
    const file = this.#open?.file
    if (!file || this.#closed) return
    try {
      await file.check()
      await file.sync()
    } catch (error) {
      if (this.#open?.file !== file || this.#closed) return
      this.#distrusted = true
      this.#failed(error)
    }
  }

  /** @param group whose commit it was */
  #failed(error: unknown, group?: JournalGroup): void {
    const { report, folder, clock } = this.#options
    const first = this.#error === undefined
    this.#error = error instanceof Error ? error : new Error(String(error))
    if (first) {
      report(
        'warning',
        `Cannot save to ${folder}: ${this.#error.message}. Transactions are refused until it can; trying again.`,
      )
    }
    group?.reject(refusal())
    this.#gathering.reject(refusal())
    const delayMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs)
    this.#failures += 1
    if (this.#closed) return
    this.#isNextDue = true
    this.#cancelNext?.()
    this.#cancelNext = clock.after(delayMs, () => void this.#retry())
  }

  async #retry(): Promise<void> {
    if (this.#distrusted) {
      try {
        await this.#options.replace()
        this.#distrusted = false
      } catch (error) {
        this.#failed(error)
        return
      }
    }
    if (this.#gathering.isEmpty) this.#recovered()
    this.#commitNow()
  }

  #recovered(): void {
    if (!this.#error || this.#distrusted) return
    this.#error = undefined
    this.#failures = 0
    this.#options.report(
      'info',
      `Saved to ${this.#options.folder} again; transactions are accepted.`,
    )
  }
}

/** A file that is left has nothing that is not elsewhere, too. */
function nothingLeft(): void {}

/** The station keeps its message and sends it again [1.6 3.7.1] [2.0.1 E13]. */
function refusal(): CallError {
  return new CallError('InternalError', 'The change cannot be saved at present')
}
