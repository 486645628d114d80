import { join } from 'node:path'
import { Low } from 'lowdb'
import { makeFolder } from '../../platform/make-folder.ts'
import type { Clock } from '../../shared/clock.ts'
import { CsmsError, csmsError, messageOf } from '../../shared/errors.ts'
import { readFolder } from './data-folder.ts'
import { type DataLock, lockDataPatiently } from './data-lock.ts'
import type { Durability } from './durability.ts'
import type { JournalDisk } from './journal-file.ts'
import { JournaledStore } from './journaled-store.ts'
import type { Numbering } from './numbering.ts'
import { type Snapshot, SnapshotFile, snapshotName } from './snapshot-file.ts'
import { SnapshotStore } from './snapshot-store.ts'
import type { Store } from './store.ts'

export interface LowdbStoreOptions {
  /** Made where it does not exist. */
  readonly folder: string
  readonly durability: Durability
  /** With `none`: how long changes are gathered before a snapshot is written. */
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
  /** Where journals go; default: the file system. */
  readonly disk?: JournalDisk
  /** Bytes of journal from which on a snapshot is taken; default 16 MiB. */
  readonly shortestJournal?: number
}

/**
 * Memory, kept in a folder. What survives the process depends on `durability`. A file that cannot
 * be read is set aside. Throws `CSMS_DATA_IN_USE` or `CSMS_DATA_UNWRITABLE`.
 */
export async function openLowdbStore(options: LowdbStoreOptions): Promise<Store> {
  const { folder, clock, report } = options
  let lock = options.lock
  try {
    await makeFolder(folder)
    lock ??= await lockDataPatiently(folder, clock, options.patienceMs ?? 0)
    const otherwise = ' and the store starts without it'
    const content = await readFolder(folder, { clock, report, otherwise })
    const file = new SnapshotFile(join(folder, snapshotName))
    const db = new Low<Snapshot>(file, nothingYet)
    return options.durability === 'none'
      ? new SnapshotStore(db, lock, options, content)
      : new JournaledStore(db, file, lock, options, content)
  } catch (error) {
    await lock?.release()
    if (error instanceof CsmsError) throw error
    throw csmsError('CSMS_DATA_UNWRITABLE', { path: folder, reason: messageOf(error) }, error)
  }
}

const nothingYet: Snapshot = {
  format: 1,
  lastTransactionId: 0,
  stations: [],
  tokens: [],
  transactions: [],
}
