import { existsSync } from 'node:fs'
import { copyFile, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { journalName } from './journal.ts'
import { readJournal } from './journal-frames.ts'
import { applied } from './replay.ts'
import {
  CorruptSnapshot,
  type Snapshot,
  SnapshotFile,
  setAside,
  snapshotName,
} from './snapshot-file.ts'

/** What a data folder holds: the last snapshot with everything that was written down since. */
export interface FolderContent {
  /** Undefined where there is none. */
  readonly data: Snapshot | undefined
  /** Of the next journal; those before it are in `data`. */
  readonly generation: number
  /** Journals that a snapshot makes superfluous. */
  readonly journals: number
}

export interface ReadOptions {
  /** Real time. */
  readonly clock: Clock
  readonly report: (level: 'info' | 'warning', message: string) => void
  /** What becomes of the data where the snapshot cannot be read, as the rest of a sentence. */
  readonly otherwise?: string
}

/** Reads a folder that nobody writes to. What is no snapshot is set aside. */
export async function readFolder(folder: string, options: ReadOptions): Promise<FolderContent> {
  const snapshot = await readSnapshot(folder, options)
  const generations = await journalsIn(folder)
  const first = snapshot?.journal ?? 1
  const payloads: string[] = []
  for (const generation of generations) {
    if (generation >= first) payloads.push(...(await readOne(folder, generation, options)))
  }
  return {
    data: payloads.length === 0 ? (snapshot ?? undefined) : applied(snapshot, payloads),
    generation: Math.max(first, (generations.at(-1) ?? 0) + 1),
    journals: generations.length,
  }
}

/** Whether there is anything in the folder that `readFolder` reads. */
export async function holdsData(folder: string): Promise<boolean> {
  return existsSync(join(folder, snapshotName)) || (await journalsIn(folder)).length > 0
}

/** Removes the journals before this one: a snapshot has what they hold. */
export async function removeJournals(folder: string, before: number): Promise<void> {
  for (const generation of await journalsIn(folder)) {
    if (generation < before) await rm(join(folder, journalName(generation)), { force: true })
  }
}

async function readSnapshot(folder: string, options: ReadOptions): Promise<Snapshot | null> {
  const path = join(folder, snapshotName)
  try {
    return await new SnapshotFile(path).read()
  } catch (error) {
    if (!(error instanceof CorruptSnapshot)) throw error
    const said = await setAside(path, error, options.clock.wallMs())
    options.report('warning', `${said}${options.otherwise ?? ''}.`)
    return null
  }
}

/** Ascending. */
async function journalsIn(folder: string): Promise<number[]> {
  const generations: number[] = []
  for (const name of await readdir(folder)) {
    const [, generation] = /^csms\.journal-(\d+)$/.exec(name) ?? []
    if (generation !== undefined) generations.push(Number(generation))
  }
  return generations.sort((one, other) => one - other)
}

async function readOne(
  folder: string,
  generation: number,
  { clock, report }: ReadOptions,
): Promise<readonly string[]> {
  const path = join(folder, journalName(generation))
  const { payloads, tornBytes, damagedBytes } = readJournal(await readFile(path))
  if (damagedBytes > 0) {
    // A copy: what could be read of it is needed until the next snapshot is written.
    const aside = `${path}.corrupt-${new Date(clock.wallMs()).toISOString().replaceAll(':', '-')}`
    await copyFile(path, aside)
    report(
      'warning',
      `${damagedBytes} bytes within ${path} could not be read and are left out; a copy was set aside as ${aside}.`,
    )
  }
  if (tornBytes > 0) {
    report(
      'info',
      `The last write to ${path} had not been finished: its ${tornBytes} bytes are left out.`,
    )
  }
  return payloads
}
