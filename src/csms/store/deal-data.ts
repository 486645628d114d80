import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { makeFolder } from '../../platform/make-folder.ts'
import type { Clock } from '../../shared/clock.ts'
import { CsmsError, csmsError, messageOf } from '../../shared/errors.ts'
import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import type { TransactionRecord } from '../domain/transaction.ts'
import { ownerOf } from '../owner.ts'
import { type FolderContent, holdsData, readFolder, removeJournals } from './data-folder.ts'
import { type DataLock, lockData, lockDataPatiently } from './data-lock.ts'
import { skippedIds } from './restore.ts'
import { type Snapshot, SnapshotFile, snapshotName } from './snapshot-file.ts'

/*
 * One process keeps its data in `csms.json` and journals; each of several has a folder of its own in
 * `processes`.
 * A server that is started with another number of processes deals the data anew before it begins.
 * Killed in the middle, it leaves the old data or the new, and both are the same data: whichever is
 * complete is taken at the next start.
 */

export interface DealOptions {
  /** Made where it does not exist. */
  readonly folder: string
  readonly processes: number
  /** Real time. */
  readonly clock: Clock
  readonly report: (level: 'info' | 'warning', message: string) => void
}

/** How long the processes of a server that was killed may take to notice it. */
export const orphanPatienceMs = 5_000

/** Where the process of this number, from 0, keeps its data. */
export function shareFolder(folder: string, process: number, processes: number): string {
  return processes === 1 ? folder : join(folder, 'processes', shareName(process, processes))
}

const shareName = (process: number, processes: number): string => `${process + 1}-of-${processes}`

/**
 * Claims a data folder for a server of so many processes and brings what it holds into their form.
 * Throws `CSMS_DATA_IN_USE` or `CSMS_DATA_UNWRITABLE`.
 */
export async function claimData(options: DealOptions): Promise<DataLock> {
  let lock: DataLock | undefined
  try {
    await makeFolder(options.folder)
    lock = await lockData(options.folder)
    await deal(options)
    return lock
  } catch (error) {
    await lock?.release()
    if (error instanceof CsmsError) throw error
    const reason = messageOf(error)
    throw csmsError('CSMS_DATA_UNWRITABLE', { path: options.folder, reason }, error)
  }
}

async function deal(options: DealOptions): Promise<void> {
  const { folder, processes, clock, report } = options
  const shares = join(folder, 'processes')
  await finishInterrupted(folder, shares)
  const hasOne = await holdsData(folder)
  const names = await shareNames(shares)
  if (hasOne && names.length > 0) {
    // Left by a server that was killed while it dealt, or put there by somebody: not to be judged.
    const aside = `${shares}.superseded-${fileTime(clock)}`
    await rename(shares, aside)
    report('warning', `${folder} holds data, too; ${shares} was set aside as ${aside}.`)
  }
  const from = hasOne ? [folder] : names.map((name) => join(shares, name))
  const fits = hasOne
    ? processes === 1
    : names.every((name) => name.endsWith(`-of-${processes}`)) && processes > 1
  if (from.length === 0 || fits) return
  const data = await gather(from, options)
  if (processes === 1) await writeOne(data, folder, shares)
  else await writeShares(data, folder, shares, processes)
  const many = (count: number) => `${count} ${count === 1 ? 'process' : 'processes'}`
  report(
    'info',
    `The data in ${folder} were dealt to ${many(processes)}; ${many(from.length)} had them.`,
  )
}

/** What a server that was killed in the middle of dealing left behind. */
async function finishInterrupted(folder: string, shares: string): Promise<void> {
  await rm(`${shares}.next`, { recursive: true, force: true })
  if (!existsSync(`${shares}.old`)) return
  const isComplete = existsSync(shares) || existsSync(join(folder, snapshotName))
  if (isComplete) await rm(`${shares}.old`, { recursive: true, force: true })
  else await rename(`${shares}.old`, shares)
}

async function shareNames(shares: string): Promise<string[]> {
  const names = await readdir(shares).catch(() => [])
  return names.filter((name) => /^\d+-of-\d+$/.test(name))
}

/** Everything that these folders hold, as one. */
async function gather(folders: readonly string[], options: DealOptions): Promise<Gathered> {
  const stations: StationRecord[] = []
  const tokens = new Map<string, Token>()
  const transactions: TransactionRecord[] = []
  let lastTransactionId = 0
  for (const folder of folders) {
    const snapshot = await readShare(folder, options)
    if (!snapshot) continue
    for (const station of snapshot.stations) stations.push(station)
    for (const token of snapshot.tokens) tokens.set(token.idToken.toLowerCase(), token)
    for (const transaction of snapshot.transactions) transactions.push(transaction)
    // What its process may have given out after the snapshot.
    const skipped = skippedIds * (folders.length - 1)
    lastTransactionId = Math.max(lastTransactionId, snapshot.lastTransactionId + skipped)
  }
  transactions.sort((one, other) => one.ordinal - other.ordinal)
  return { format: 1, lastTransactionId, stations, tokens: [...tokens.values()], transactions }
}

interface Gathered extends Snapshot {
  readonly stations: readonly StationRecord[]
  readonly transactions: readonly TransactionRecord[]
}

/** A file that cannot be read is set aside in the data folder itself. */
async function readShare(path: string, options: DealOptions): Promise<Snapshot | undefined> {
  const { folder, clock } = options
  if (path === folder) return fold(folder, await readFolder(folder, options))
  // The process that writes there may outlive its server by a moment.
  await (await lockDataPatiently(path, clock, orphanPatienceMs)).release()
  const { data } = await readFolder(path, options)
  await saveSetAside(path, folder)
  return data
}

/**
 * Puts what the journals of the data folder itself say into its snapshot, and removes them: from
 * then on the snapshot alone tells whether the folder holds data.
 */
async function fold(
  folder: string,
  { data, generation, journals }: FolderContent,
): Promise<Snapshot | undefined> {
  if (journals === 0) return data
  const whole = data && kept(data)
  const file = new SnapshotFile(join(folder, snapshotName))
  if (whole) await file.write({ ...whole, journal: generation })
  // Also those that hold nothing: beside shares they would pass for data.
  await removeJournals(folder, generation)
  return whole
}

/** Iterables that can be read more than once. */
function kept(data: Snapshot): Snapshot {
  const { stations, tokens, transactions } = data
  return {
    ...data,
    stations: [...stations],
    tokens: [...tokens],
    transactions: [...transactions],
  }
}

/** What was set aside in a share outlives the share. */
async function saveSetAside(share: string, folder: string): Promise<void> {
  for (const name of await readdir(share)) {
    if (!/^csms\.(json|journal-\d+)\.corrupt-/.test(name)) continue
    await rename(join(share, name), join(folder, `${name}-${basename(share)}`))
  }
}

async function writeOne(data: Snapshot, folder: string, shares: string): Promise<void> {
  await new SnapshotFile(join(folder, snapshotName)).write(data)
  await rename(shares, `${shares}.old`)
  await rm(`${shares}.old`, { recursive: true, force: true })
}

async function writeShares(
  data: Gathered,
  folder: string,
  shares: string,
  processes: number,
): Promise<void> {
  for (let process = 0; process < processes; process += 1) {
    const share = join(`${shares}.next`, shareName(process, processes))
    await makeFolder(share)
    await new SnapshotFile(join(share, snapshotName)).write({
      ...data,
      stations: data.stations.filter(({ id }) => ownerOf(id, processes) === process),
      transactions: data.transactions.filter(
        ({ stationId }) => ownerOf(stationId, processes) === process,
      ),
    })
  }
  if (existsSync(shares)) await rename(shares, `${shares}.old`)
  await rename(`${shares}.next`, shares)
  await rm(join(folder, snapshotName), { force: true })
  await rm(`${shares}.old`, { recursive: true, force: true })
}

function fileTime(clock: Clock): string {
  return new Date(clock.wallMs()).toISOString().replaceAll(':', '-')
}
