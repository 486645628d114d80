import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { quickstart } from '../../test/helpers/sample-run.ts'
import { buildReport } from './build-report.ts'
import { checkWritable, writeReport } from './write-report.ts'

let parent = ''

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'csms-report-'))
})

afterEach(async () => {
  await rm(parent, { recursive: true })
})

describe('writeReport', () => {
  const facts = quickstart()
  const report = buildReport(facts)

  test('makes a folder named after time and scenario, with all there is to read', async () => {
    const { folder, files } = await writeReport(report, facts, join(parent, 'reports'))
    expect(basename(folder)).toBe('2026-11-21T07-08-28-quickstart')
    expect(await readdir(folder)).toEqual([
      'facts.json',
      'junit.xml',
      'report.html',
      'report.json',
      'series.csv',
    ])
    expect(JSON.parse(await readFile(files.json, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(report)),
    )
    expect(await readFile(files.junit, 'utf8')).toMatch(/^<\?xml/)
    expect(await readFile(files.html, 'utf8')).toMatch(/^<!doctype html>/)
    expect(await readFile(files.csv, 'utf8')).toMatch(/^second,phase,/)
  })

  test('never writes into the folder of another run', async () => {
    const folders = await Promise.all([1, 2, 3].map(() => writeReport(report, facts, parent)))
    expect(folders.map(({ folder }) => basename(folder)).sort()).toEqual([
      '2026-11-21T07-08-28-quickstart',
      '2026-11-21T07-08-28-quickstart-2',
      '2026-11-21T07-08-28-quickstart-3',
    ])
  })

  test.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['Évening peak: 18:00!', 'Evening-peak-18-00'],
    ['充電', 'run'],
    ['a'.repeat(300), 'a'.repeat(60)],
  ])('a scenario named %j makes a legal folder name', async (name, expected) => {
    const named = { ...report, scenario: { ...report.scenario, name } }
    const { folder } = await writeReport(named, facts, parent)
    expect(folder).toBe(join(parent, `2026-11-21T07-08-28-${expected}`))
  })

  test('a parent that is no folder is CSMS_OUTPUT_UNWRITABLE', async () => {
    const file = join(parent, 'file')
    await writeFile(file, '')
    const error = { code: 'CSMS_OUTPUT_UNWRITABLE', exit: 104 }
    await expect(writeReport(report, facts, join(file, 'reports'))).rejects.toMatchObject(error)
    await expect(checkWritable(join(file, 'reports'))).rejects.toMatchObject(error)
  })
})

test('checkWritable makes the folder and leaves nothing in it', async () => {
  await checkWritable(join(parent, 'reports'))
  expect(await readdir(join(parent, 'reports'))).toEqual([])
})
