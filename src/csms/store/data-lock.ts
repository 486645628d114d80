import { randomBytes } from 'node:crypto'
import { readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { Clock } from '../../shared/clock.ts'
import { CsmsError, codeOf, csmsError } from '../../shared/errors.ts'

/** Who keeps data in a folder, as the lock file says it. */
interface Holder {
  readonly pid: number
  /** Pids are used again, in containers at once; empty where the system does not tell. */
  readonly started: string
  /** Whether a process of another machine or container still runs cannot be seen from here. */
  readonly host: string
}

/** A folder that is this process's own until it is released. */
export interface DataLock {
  release(): Promise<void>
}

const isLock = /^csms-[0-9a-f]{16}\.lock$/

/**
 * Claims a data folder, so that two servers never overwrite each other's snapshots: everybody puts
 * a file of their own there and then looks for others, so that of two who come at once at least one
 * sees the other. What a process that is gone left behind is removed. Throws `CSMS_DATA_IN_USE`, or
 * the file system's error.
 */
export async function lockData(folder: string): Promise<DataLock> {
  const own = `csms-${randomBytes(8).toString('hex')}.lock`
  await putWhole(join(folder, own), JSON.stringify(await thisProcess()))
  const release = () => unlink(join(folder, own)).catch(leaveIt)
  try {
    for (const name of await readdir(folder)) {
      if (isLock.test(name) && name !== own) await expectStale(folder, name)
    }
  } catch (error) {
    await release()
    throw error
  }
  return { release }
}

/** A lock of which others see a part is taken for one that a killed process left, and removed. */
async function putWhole(path: string, text: string): Promise<void> {
  const begun = `${path}.new`
  try {
    await writeFile(begun, text, { flag: 'wx' })
    await rename(begun, path)
  } catch (error) {
    await unlink(begun).catch(leaveIt)
    throw error
  }
}

/** Between two attempts to claim a folder. */
const attemptMs = 50

/**
 * As `lockData`, for a folder whose last holder may be about to end: the processes of a server that
 * was killed notice it a moment later.
 */
export async function lockDataPatiently(
  folder: string,
  clock: Clock,
  patienceMs: number,
): Promise<DataLock> {
  const deadline = clock.monotonicMicros() + patienceMs * 1000
  for (;;) {
    try {
      return await lockData(folder)
    } catch (error) {
      const inTime = clock.monotonicMicros() < deadline
      if (!inTime || !(error instanceof CsmsError) || error.code !== 'CSMS_DATA_IN_USE') throw error
    }
    await new Promise<void>((resolve) => void clock.after(attemptMs, resolve))
  }
}

/** A lock that cannot be removed is recognised as stale when its process is gone. */
function leaveIt(): void {}

/** Removes the lock of a process that is gone; throws where its holder may be running. */
async function expectStale(folder: string, name: string): Promise<void> {
  const path = join(folder, name)
  const holder = parseHolder(await read(path))
  if (holder && (await mayRun(holder))) throw inUse(folder, path, holder)
  await unlink(path).catch(ignoreMissing)
}

function inUse(folder: string, lock: string, { pid, host }: Holder): Error {
  const by = `process ${pid}${host === hostname() ? '' : ` on ${host}`}`
  return csmsError('CSMS_DATA_IN_USE', { path: folder, by, lock })
}

async function mayRun({ pid, started, host }: Holder): Promise<boolean> {
  if (host !== hostname()) return true
  if (!isAlive(pid)) return false
  const stat = await statOf(pid)
  // A zombie was killed and nobody asked how it ended.
  return stat === undefined || (stat.state !== 'Z' && stat.started === started)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is alive, too.
    return codeOf(error) === 'EPERM'
  }
}

async function thisProcess(): Promise<Holder> {
  const { pid } = process
  const stat = await statOf(pid)
  return { pid, started: stat?.started ?? '', host: hostname() }
}

/** Fields 3 and 22 of Linux's `stat`: state, and beginning in ticks since the machine's boot. */
async function statOf(
  pid: number,
): Promise<{ readonly state: string; readonly started: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The second field is the program's name in parentheses and may hold anything.
  const fromThird = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, started] = [fromThird[0], fromThird[19]]
  return state === undefined || started === undefined ? undefined : { state, started }
}

/** Undefined for what its writer did not finish: the machine went down under it. */
function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, started, host } = JSON.parse(text) as Partial<Record<keyof Holder, unknown>>
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0) return undefined
    if (typeof started !== 'string' || typeof host !== 'string') return undefined
    return { pid, started, host }
  } catch {
    return undefined
  }
}

/** Empty where there is no such file (any more). */
async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => ignoreMissing(error) ?? '')
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}
