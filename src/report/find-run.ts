import { stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { csmsError } from '../shared/errors.ts'
import type { IndexedRun } from './index/index-file.ts'
import { listRuns } from './index/run-index.ts'

/** Where a run's report is. */
export interface FoundRun {
  /** Of its `report.json`. */
  readonly path: string
  readonly folder: string
  /** What people call it: the folder, from the working directory. */
  readonly name: string
}

/** Where runs are looked for. */
export interface RunPlaces {
  readonly cwd: string
  /** The folder of reports, absolute. */
  readonly reports: string
}

/** The newest run. */
export const latest = 'latest'

/**
 * Finds the run that is meant: a `report.json`, a folder that holds one, `latest`, a baseline's name,
 * a folder of the reports, or how a run id begins.
 *
 * @throws CSMS_REPORT_NOT_FOUND; CSMS_REPORT_INVALID of a folder without a report; CSMS_USAGE where
 *   several begin so
 */
export async function findRun(wanted: string, places: RunPlaces): Promise<FoundRun> {
  const path = await reportAt(resolve(places.cwd, wanted))
  if (path !== undefined) return found(path, places)
  const runs = await listRuns(places.reports)
  const inReports = (run: IndexedRun) =>
    found(join(places.reports, run.folder, 'report.json'), places)
  if (wanted === latest && runs[0]) return inReports(runs[0])
  const named =
    runs.find(({ baselines }) => baselines.includes(wanted)) ??
    runs.find(({ folder }) => folder === wanted) ??
    runs.find(({ runId }) => runId === wanted)
  if (named) return inReports(named)
  const begun = wanted === '' ? [] : runs.filter(({ runId }) => runId.startsWith(wanted))
  const [run] = begun
  if (run && begun.length === 1) return inReports(run)
  if (run) {
    const runs = begun.map(({ runId, folder }) => `${runId} (${folder})`).join(', ')
    const message = `error: several runs begin with "${wanted}": ${runs}. Say more of one.`
    throw csmsError('CSMS_USAGE', { message })
  }
  if (await isFolder(resolve(places.cwd, wanted))) {
    throw csmsError('CSMS_REPORT_INVALID', {
      path: wanted,
      message: 'this folder holds no report.json',
    })
  }
  const reports = shortPath(places.reports, places.cwd)
  throw csmsError('CSMS_REPORT_NOT_FOUND', { wanted, reports })
}

/** The report that a path stands for; undefined where it is none. */
async function reportAt(path: string): Promise<string | undefined> {
  const isThere = async (one: string) =>
    stat(one).then(
      (stats) => stats,
      () => undefined,
    )
  const stats = await isThere(path)
  if (stats?.isFile()) return path
  if (!stats?.isDirectory()) return undefined
  const within = join(path, 'report.json')
  return (await isThere(within))?.isFile() ? within : undefined
}

function found(path: string, { cwd }: RunPlaces): FoundRun {
  const folder = dirname(path)
  const shown = basename(path) === 'report.json' ? folder : path
  return { path, folder, name: shortPath(shown, cwd) }
}

/** From the working directory where it is in there; nobody wants to count `../..`. */
function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path)
  if (short === '') return path === cwd ? '.' : path
  return short.startsWith('..') ? path : short
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
}
