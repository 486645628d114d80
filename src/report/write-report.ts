import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from '../platform/make-folder.ts'
import { csmsError } from '../shared/errors.ts'
import { reportJson } from './json.ts'
import { junitXml } from './junit.ts'
import type { Report } from './result.ts'

export interface WrittenReport {
  readonly folder: string
  /** Paths by what they hold. */
  readonly files: { readonly json: string; readonly junit: string }
}

/**
 * Writes `report.json` and `junit.xml` to a new folder `<time>-<name>` under `parent`. Each file
 * appears whole or not at all.
 *
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function writeReport(report: Report, parent: string): Promise<WrittenReport> {
  const folder = await newFolder(parent, folderName(report))
  const files = { json: join(folder, 'report.json'), junit: join(folder, 'junit.xml') }
  await writeWhole(files.json, reportJson(report))
  await writeWhole(files.junit, junitXml(report))
  return { folder, files }
}

/**
 * Finds out before a run whether its report can be written after it.
 *
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function checkWritable(parent: string): Promise<void> {
  const probe = join(parent, `.csms-probe-${process.pid}`)
  try {
    await makeFolder(parent)
    await writeFile(probe, '')
    await rm(probe)
  } catch (cause) {
    throw unwritable(parent, cause)
  }
}

/** `2026-11-21T07-08-28-evening-peak`: sorts by time, and is a legal name everywhere. */
function folderName({ startedAt, scenario }: Report): string {
  const time = startedAt.slice(0, 19).replace(/:/g, '-')
  const name = scenario.name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${time}-${name === '' ? 'run' : name}`
}

const mostOfOneSecond = 1000

async function newFolder(parent: string, name: string): Promise<string> {
  try {
    await makeFolder(parent)
    for (let copy = 1; copy < mostOfOneSecond; copy += 1) {
      const folder = join(parent, copy === 1 ? name : `${name}-${copy}`)
      if (await makes(folder)) return folder
    }
  } catch (cause) {
    throw unwritable(parent, cause)
  }
  throw unwritable(join(parent, name), new Error('the folder exists already'))
}

/** False where somebody else has it already. */
async function makes(folder: string): Promise<boolean> {
  try {
    await mkdir(folder)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.unfinished`
  try {
    await writeFile(unfinished, text)
    await rename(unfinished, path)
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    // Stays where it holds something.
    await rmdir(dirname(path)).catch(() => undefined)
    throw unwritable(path, cause)
  }
}

function unwritable(path: string, cause: unknown) {
  const reason = codeOf(cause) ?? (cause instanceof Error ? cause.message : String(cause))
  return csmsError('CSMS_OUTPUT_UNWRITABLE', { path, reason }, cause)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
