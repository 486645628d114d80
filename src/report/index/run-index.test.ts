import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { quickstart } from '../../../test/helpers/sample-run.ts'
import { buildReport } from '../build-report.ts'
import type { Report } from '../result.ts'
import { writeReport } from '../write-report.ts'
import { addRun, listRuns, removeBaseline, setBaseline } from './run-index.ts'

let reports = ''

beforeEach(async () => {
  reports = join(await mkdtemp(join(tmpdir(), 'csms-index-')), 'reports')
})

afterEach(async () => {
  await rm(join(reports, '..'), { recursive: true })
})

const facts = quickstart()

/** The report of a run of that minute. */
function reportOf(minute: number): Report {
  const startedAt = `2026-11-21T07:${String(minute).padStart(2, '0')}:28.123Z`
  return { ...buildReport(facts), runId: `run${minute}`, startedAt }
}

async function writeRun(minute: number): Promise<string> {
  const { folder } = await writeReport(reportOf(minute), facts, reports)
  return basename(folder)
}

const indexFile = () => join(reports, 'index.json')
const runIds = async () => (await listRuns(reports)).map(({ runId }) => runId)

describe('the index of runs', () => {
  test('lists the newest first', async () => {
    for (const minute of [3, 1, 2]) await addRun(reports, await writeRun(minute), reportOf(minute))
    expect(await runIds()).toEqual(['run3', 'run2', 'run1'])
    expect((await listRuns(reports))[0]).toMatchObject({
      scenario: 'quickstart',
      verdict: 'pass',
      stations: 10,
      baselines: [],
    })
  })

  test('nothing is no error', async () => {
    expect(await listRuns(reports)).toEqual([])
  })

  test('writers at the same time lose no entry', async () => {
    const minutes = Array.from({ length: 20 }, (_, minute) => minute)
    await Promise.all(
      minutes.map(async (minute) => addRun(reports, await writeRun(minute), reportOf(minute))),
    )
    const text = await readFile(indexFile(), 'utf8')
    const { runs } = JSON.parse(text) as { readonly runs: readonly unknown[] }
    expect(runs).toHaveLength(20)
    expect(await stat(`${indexFile()}.lock`).catch(() => undefined)).toBeUndefined()
  })

  test.each(['', '{"format":1,"runs":[{"folder":3}]}', '{"format":1,"ru', '[]'])(
    'an index that reads %j is made again from the folders',
    async (text) => {
      const folder = await writeRun(1)
      await addRun(reports, folder, reportOf(1))
      await setBaseline(reports, 'main', folder)
      await writeFile(indexFile(), text)
      expect(await listRuns(reports)).toMatchObject([{ runId: 'run1', baselines: ['main'] }])
      expect(JSON.parse(await readFile(indexFile(), 'utf8'))).toMatchObject({ format: 1 })
    },
  )

  test('folders that came by another way are found, those that are gone are forgotten', async () => {
    const folder = await writeRun(1)
    await addRun(reports, folder, reportOf(1))
    await writeRun(2)
    await mkdir(join(reports, 'no-report'))
    expect(await runIds()).toEqual(['run2', 'run1'])
    await rm(join(reports, folder), { recursive: true })
    expect(await runIds()).toEqual(['run2'])
  })

  test('the lock of a process that was killed is taken over', async () => {
    const folder = await writeRun(1)
    const lock = `${indexFile()}.lock`
    await writeFile(lock, '1')
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(lock, longAgo, longAgo)
    await addRun(reports, folder, reportOf(1))
    expect(await runIds()).toEqual(['run1'])
  })

  test('an index that cannot be written back still lists the folders', async () => {
    await writeRun(1)
    await mkdir(indexFile())
    expect(await runIds()).toEqual(['run1'])
    await expect(addRun(reports, 'x', reportOf(2))).rejects.toThrow()
  })

  test('a baseline moves with its name, and goes with it', async () => {
    const [first, second] = [await writeRun(1), await writeRun(2)]
    await setBaseline(reports, 'main', first)
    await setBaseline(reports, 'v1', first)
    await setBaseline(reports, 'main', second)
    expect(await listRuns(reports)).toMatchObject([
      { folder: second, baselines: ['main'] },
      { folder: first, baselines: ['v1'] },
    ])
    expect(await removeBaseline(reports, 'main')).toBe(true)
    expect(await removeBaseline(reports, 'main')).toBe(false)
    expect((await listRuns(reports))[0]?.baselines).toEqual([])
  })
})
