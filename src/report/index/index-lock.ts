import { rm, stat, writeFile } from 'node:fs/promises'
import { realClock } from '../../platform/real-clock.ts'
import { codeOf } from '../../shared/errors.ts'

const retryMs = 20
/** Writing the index takes milliseconds; whoever holds the lock for longer is gone. */
const staleMs = 5_000
const patienceMs = 15_000

/**
 * Runs `work` while nobody else on this file system does. A lock that a killed process left is
 * taken over. Should two take it over at once, an entry may be lost; the next reader finds it in
 * the folders again.
 */
export async function withLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  await acquire(path)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function acquire(path: string): Promise<void> {
  for (let waited = 0; ; waited += retryMs) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || waited > patienceMs) throw error
    }
    if (await isStale(path)) await rm(path, { force: true })
    else await pause(retryMs)
  }
}

async function isStale(path: string): Promise<boolean> {
  const since = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  )
  return since !== undefined && realClock.wallMs() - since > staleMs
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    realClock.after(ms, resolve)
  })
}
