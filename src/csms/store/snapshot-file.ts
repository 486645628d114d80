import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import { codeOf } from '../../shared/errors.ts'
import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import type { TransactionRecord } from '../domain/transaction.ts'
import type { Durability } from './durability.ts'
import { syncFolder } from './journal-file.ts'

/** Everything that is remembered, as one JSON document with one record per line. */
export interface Snapshot {
  readonly format: 1
  /** The first journal that holds what this does not; default: all that are there. */
  readonly journal?: number
  /** Of the process that wrote it; default `none`: ids may have been given out that it knows nothing of. */
  readonly durability?: Durability
  readonly lastTransactionId: number
  readonly stations: Iterable<StationRecord>
  readonly tokens: Iterable<Token>
  readonly transactions: Iterable<TransactionRecord>
}

/** Records written between two turns of the event loop: about a millisecond of work. */
const recordsPerTurn = 500

/** A snapshot's file in the folder of its own. */
export const snapshotName = 'csms.json'

/** The file is there but no snapshot: it must be set aside, not overwritten. */
export class CorruptSnapshot extends Error {}

/**
 * lowdb's adapter to the snapshot file. A write goes to a second file in small portions, so that
 * messages are served in between, and replaces the first in one step when it is safely on disk.
 */
export class SnapshotFile implements Adapter<Snapshot> {
  readonly #path: string
  /** Of the last that was written. */
  bytes = 0

  constructor(path: string) {
    this.#path = path
  }

  /** Null where there is no file; throws `CorruptSnapshot` where there is none that can be read. */
  async read(): Promise<Snapshot | null> {
    let text: string
    try {
      text = await readFile(this.#path, 'utf8')
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null
      throw error
    }
    return parseSnapshot(text)
  }

  async write(snapshot: Snapshot): Promise<void> {
    const next = `${this.#path}.next`
    try {
      this.bytes = await writeAll(next, snapshot)
      await rename(next, this.#path)
    } catch (error) {
      // On a full disk half a snapshot takes the place that a journal needs.
      await rm(next, { force: true }).catch(leaveIt)
      throw error
    }
    await syncFolder(dirname(this.#path))
  }
}

/**
 * Moves a file that is no snapshot out of the way.
 * @returns the sentence that says so
 */
export async function setAside(
  path: string,
  why: CorruptSnapshot,
  wallMs: number,
): Promise<string> {
  const time = new Date(wallMs).toISOString().replaceAll(':', '-')
  const aside = `${path}.corrupt-${time}`
  await rename(path, aside)
  return `${path} could not be restored (${why.message}); it was set aside as ${aside}`
}

/** The next snapshot is written over it. */
function leaveIt(): void {}

/** @returns bytes */
async function writeAll(path: string, snapshot: Snapshot): Promise<number> {
  const { journal, durability, lastTransactionId } = snapshot
  const file = await open(path, 'w')
  try {
    const head = JSON.stringify({ format: 1, journal, durability, lastTransactionId })
    await file.write(head.slice(0, -1))
    await writeRecords(file, 'stations', snapshot.stations)
    await writeRecords(file, 'tokens', snapshot.tokens)
    await writeRecords(file, 'transactions', snapshot.transactions)
    await file.write('}\n')
    await file.sync()
    return (await file.stat()).size
  } finally {
    await file.close()
  }
}

async function writeRecords(
  file: FileHandle,
  name: string,
  records: Iterable<object>,
): Promise<void> {
  let text = `,\n"${name}":[`
  let separator = '\n'
  let gathered = 0
  for (const record of records) {
    text += separator + JSON.stringify(record)
    separator = ',\n'
    gathered += 1
    if (gathered % recordsPerTurn > 0) continue
    await file.write(text)
    text = ''
  }
  await file.write(`${text}\n]`)
}

function parseSnapshot(text: string): Snapshot {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new CorruptSnapshot('it is not JSON', { cause: error })
  }
  if (!isSnapshot(value)) throw new CorruptSnapshot('it is no snapshot of this program')
  return value
}

function isSnapshot(value: unknown): value is Snapshot {
  if (typeof value !== 'object' || value === null) return false
  const { format, lastTransactionId, stations, tokens, transactions } = value as Partial<
    Record<keyof Snapshot, unknown>
  >
  return (
    format === 1 &&
    Number.isInteger(lastTransactionId) &&
    hasRecords(stations, 'id') &&
    hasRecords(tokens, 'idToken') &&
    hasRecords(transactions, 'stationId')
  )
}

function hasRecords(value: unknown, key: string): boolean {
  const isRecord = (record: unknown) =>
    typeof record === 'object' &&
    record !== null &&
    key in record &&
    typeof record[key as keyof typeof record] === 'string'
  return Array.isArray(value) && value.every(isRecord)
}
