import type { Clock } from '../../shared/clock.ts'
import type { CsmsObserver } from '../events.ts'
import { type CsmsSettings, defaults } from '../options.ts'
import type { DataLock } from './data-lock.ts'
import { openLowdbStore } from './lowdb-store.ts'
import { MemoryStore } from './memory-store.ts'
import type { Numbering } from './numbering.ts'
import type { Store } from './store.ts'

interface StoreOwner {
  /** Real time. */
  readonly clock: Clock
  readonly observer: CsmsObserver | undefined
  readonly numbering?: Numbering
  readonly lock?: DataLock
  readonly patienceMs?: number
}

/** The store that the settings mean: in their data folder, or in memory where they name none. */
export async function openStore(settings: CsmsSettings, owner: StoreOwner): Promise<Store> {
  const { dataDir: folder } = settings
  const { observer, ...rest } = owner
  if (folder === undefined) return new MemoryStore({ numbering: owner.numbering })
  return openLowdbStore({
    ...rest,
    folder,
    durability: settings.durability ?? defaults.durability,
    snapshotDelayMs: settings.snapshotDelayMs ?? defaults.snapshotDelayMs,
    report: (level, message) => observer?.({ type: 'store', level, message }),
  })
}
