import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Low } from 'lowdb'
import { readReport } from '../read-report.ts'
import type { Report } from '../result.ts'
import { type IndexedRun, IndexFile, type RunIndexData } from './index-file.ts'
import { withLock } from './index-lock.ts'

const indexName = 'index.json'
/** Within a run's folder: the baselines it is, a name a line; so the folders tell the whole index. */
const baselinesName = 'baselines'

/**
 * The runs of a folder of reports, the newest first. What the index does not know is read from the
 * folders, and what has no folder any more is forgotten; an index that cannot be written back is no
 * error, the folders are the truth.
 */
export async function listRuns(reports: string): Promise<readonly IndexedRun[]> {
  if ((await foldersOf(reports)) === undefined) return []
  const db = openIndex(reports)
  await db.read()
  if (await reconcile(db.data, reports)) {
    await update(reports, (data) => reconcile(data, reports)).catch(() => undefined)
  }
  return db.data.runs
}

/** Adds a run that was just written to `folder` of `reports`. */
export async function addRun(reports: string, folder: string, report: Report): Promise<void> {
  await update(reports, async (data) => {
    // First, so that its report is not read back.
    put(data, indexedRun(folder, report, []))
    await reconcile(data, reports)
  })
}

/** Makes a run the baseline of this name, instead of the run that was it before. */
export async function setBaseline(reports: string, name: string, folder: string): Promise<void> {
  await rename(reports, name, folder)
}

/** Takes a name away; false where no run had it. */
export async function removeBaseline(reports: string, name: string): Promise<boolean> {
  return rename(reports, name, undefined)
}

/** True where a run had the name before. */
async function rename(reports: string, name: string, holder: string | undefined): Promise<boolean> {
  let had = false
  await update(reports, async (data) => {
    await reconcile(data, reports)
    for (const [at, run] of data.runs.entries()) {
      const has = run.baselines.includes(name)
      had ||= has
      const shall = run.folder === holder
      if (has === shall) continue
      const others = run.baselines.filter((one) => one !== name)
      const baselines = shall ? [...others, name].sort() : others
      await writeBaselines(join(reports, run.folder), baselines)
      data.runs[at] = { ...run, baselines }
    }
  })
  return had
}

function openIndex(reports: string): Low<RunIndexData> {
  const empty: RunIndexData = { format: 1, runs: [] }
  return new Low(new IndexFile(join(reports, indexName)), empty)
}

/** Reads the newest index, changes it and writes it, while nobody else does. */
async function update(
  reports: string,
  change: (data: RunIndexData) => Promise<unknown>,
): Promise<void> {
  await withLock(join(reports, `${indexName}.lock`), async () => {
    const db = openIndex(reports)
    await db.read()
    await change(db.data)
    await db.write()
  })
}

/** Makes the index say what the folders say; true where it did not. */
async function reconcile(data: RunIndexData, reports: string): Promise<boolean> {
  const there = new Set((await foldersOf(reports)) ?? [])
  const known = data.runs.filter(({ folder }) => there.delete(folder))
  const found: IndexedRun[] = []
  for (const folder of there) {
    const run = await readRun(reports, folder)
    if (run) found.push(run)
  }
  if (found.length === 0 && known.length === data.runs.length) return false
  data.runs = known
  for (const run of found) put(data, run)
  return true
}

/** Keeps the newest first. */
function put(data: RunIndexData, run: IndexedRun): void {
  const others = data.runs.filter(({ folder }) => folder !== run.folder)
  data.runs = [...others, run].sort(
    (a, b) => compare(b.startedAt, a.startedAt) || compare(b.folder, a.folder),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Undefined where there is no folder of reports. */
async function foldersOf(reports: string): Promise<string[] | undefined> {
  try {
    const entries = await readdir(reports, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch {
    return undefined
  }
}

/** Undefined where the folder holds no report. */
async function readRun(reports: string, folder: string): Promise<IndexedRun | undefined> {
  try {
    const report = await readReport(join(reports, folder, 'report.json'))
    return indexedRun(folder, report, await readBaselines(join(reports, folder)))
  } catch {
    return undefined
  }
}

function indexedRun(folder: string, report: Report, baselines: readonly string[]): IndexedRun {
  return {
    folder,
    runId: report.runId,
    startedAt: report.startedAt,
    scenario: report.scenario.name,
    verdict: report.verdict,
    exitCode: report.exitCode,
    stations: report.stations.requested,
    exchangesPerSecond: report.exchanges.perSecond,
    responseP99Ms: report.responseTimeAllMs.p99,
    baselines,
  }
}

async function readBaselines(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, baselinesName), 'utf8').catch(() => '')
  return text.split('\n').filter((name) => name !== '')
}

async function writeBaselines(folder: string, names: readonly string[]): Promise<void> {
  const path = join(folder, baselinesName)
  if (names.length === 0) await rm(path, { force: true })
  else await writeFile(path, `${names.join('\n')}\n`)
}
