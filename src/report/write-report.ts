import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../platform/make-folder.ts'
import { codeOf } from '../shared/errors.ts'
import { reportJson } from './json.ts'
import { junitXml } from './junit.ts'
import type { Report } from './result.ts'
import type { RunFacts } from './run-facts.ts'
import { seriesCsv } from './series-csv.ts'
import { factsJson, factsName } from './stored-facts.ts'
import { unwritable, writeWhole } from './write-file.ts'

export interface WrittenReport {
  readonly folder: string
  /** Paths by what they hold. */
  readonly files: {
    readonly json: string
    readonly html: string
    readonly junit: string
    readonly csv: string
    readonly facts: string
  }
}

/**
 * Writes `report.json`, `junit.xml`, `report.html`, `series.csv` and `facts.json` (what it was made of)
 * to a new folder `<time>-<name>` under `parent`. Each file appears whole or not at all; `report.json`
 * comes first, so that a disk that fills up loses what can be made again from it.
 *
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function writeReport(
  report: Report,
  facts: RunFacts,
  parent: string,
): Promise<WrittenReport> {
  const folder = await newFolder(parent, folderName(report))
  const files = {
    json: join(folder, 'report.json'),
    html: join(folder, 'report.html'),
    junit: join(folder, 'junit.xml'),
    csv: join(folder, 'series.csv'),
    facts: join(folder, factsName),
  }
  try {
    await writeWhole(files.json, () => reportJson(report))
    await writeWhole(files.junit, () => junitXml(report))
    await writeWhole(files.html, () => htmlOf(report))
    await writeWhole(files.csv, () => seriesCsv(report))
    await writeWhole(files.facts, () => factsJson(facts))
  } catch (error) {
    // Stays where it holds something.
    await rmdir(folder).catch(() => undefined)
    throw error
  }
  return { folder, files }
}

/** The page and its script are read only by who writes one. */
async function htmlOf(report: Report): Promise<string> {
  const { reportHtml } = await import('./html/page.ts')
  return reportHtml(report)
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
