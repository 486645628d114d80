import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noisyRun } from '../../test/helpers/compared-run.ts'
import { runInMemory } from '../../test/helpers/memory-cli.ts'
import { load } from '../../test/helpers/sample-run.ts'
import { packageVersion } from '../platform/package-version.ts'
import { addRun } from '../report/index/run-index.ts'
import type { Report } from '../report/result.ts'
import type { RunFacts } from '../report/run-facts.ts'
import { writeReport } from '../report/write-report.ts'

let cwd = ''
const sample = load({ perSecond: 20, lagMicros: 400 })
const facts: RunFacts = {
  ...sample,
  environment: { ...sample.environment, csmsVersion: packageVersion() },
}
const folders: Record<string, string> = {}

async function keep(runId: string, minute: number, report: Report): Promise<void> {
  const startedAt = `2026-11-21T07:${minute}:28.123Z`
  const written = { ...report, runId, startedAt }
  const reports = join(cwd, 'reports')
  const { folder } = await writeReport(written, { ...facts, runId }, reports)
  await addRun(reports, basename(folder), written)
  folders[runId] = join('reports', basename(folder))
}

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'csms-report-'))
  await keep('aaaa1111', 10, noisyRun({ seed: 1 }))
  await keep('aaaa2222', 20, noisyRun({ seed: 2 }))
  await keep('bbbb3333', 30, noisyRun({ seed: 3, slower: 1.3 }))
  const invalid = { verdict: 'invalid', exitCode: 5, reasons: ['worker 1 was full'] } as const
  await keep('cccc4444', 40, { ...noisyRun({ seed: 4 }), ...invalid })
})

afterAll(async () => {
  await rm(cwd, { recursive: true })
})

const csms = (...argv: readonly string[]) => runInMemory(['report', ...argv], { cwd })

describe('csms report list', () => {
  test('the newest first, with what one looks for', async () => {
    const { stdout, code } = await csms('list')
    expect(code).toBe(0)
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toMatch(
      /^run +scenario +began +verdict +exit +stations +exchanges +p99 ms +baseline$/,
    )
    expect(rows.map((row) => row.split(/\s+/)[0])).toEqual([
      'cccc4444',
      'bbbb3333',
      'aaaa2222',
      'aaaa1111',
    ])
    expect(rows[0]).toMatch(/city-load +2026-11-21 07:40:28 +invalid +5 +400 +60\.0\/s/)
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(100)
  })

  test('--json is one object', async () => {
    const { stdout } = await csms('list', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, runs: [{}, {}, {}, {}] })
  })

  test('a folder without reports says where they would come from', async () => {
    const { stdout, stderr, code } = await csms('list', '--out', 'nowhere')
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 })
    expect(stderr).toBe('There are no reports in nowhere. "csms simulate" writes them.\n')
  })
})

describe('a run on the command line', () => {
  test.each([
    ['nothing: the newest', [], 'cccc4444'],
    ['latest', ['latest'], 'cccc4444'],
    ['how its id begins', ['bbb'], 'bbbb3333'],
    ['a whole id', ['aaaa1111'], 'aaaa1111'],
  ])('is %s', async (_what, run, runId) => {
    const { stdout } = await csms('show', '--json', ...run)
    expect(JSON.parse(stdout)).toMatchObject({ runId })
  })

  test('is a folder, within the reports or anywhere, or a file', async () => {
    const folder = folders['aaaa2222'] ?? ''
    const elsewhere = join(cwd, 'elsewhere.json')
    await cp(join(cwd, folder, 'report.json'), elsewhere)
    for (const run of [folder, basename(folder), join(folder, 'report.json'), elsewhere]) {
      expect(JSON.parse((await csms('show', '--json', run)).stdout)).toMatchObject({
        runId: 'aaaa2222',
      })
    }
  })

  test('that two ids begin with names both; one that is not there says so', async () => {
    const two = await csms('show', 'aaaa')
    expect(two.code).toBe(2)
    expect(two.stderr).toMatch(/several runs begin with "aaaa": aaaa2222 \(.*\), aaaa1111 \(/)
    const none = await csms('show', 'zzzz')
    expect(none).toMatchObject({ code: 104, stdout: '' })
    expect(none.stderr).toMatch(
      /^There is no run "zzzz" in reports\. "csms report list" shows them/,
    )
  })

  test('may be looked for outside of the working directory, and is named as it was', async () => {
    const elsewhere = join(cwd, '..', 'nowhere-at-all')
    const { stderr } = await csms('show', 'zzzz', '--out', elsewhere)
    expect(stderr).toContain(`There is no run "zzzz" in ${elsewhere}.`)
  })

  test('is no folder without a report', async () => {
    await mkdir(join(cwd, 'reports', 'hollow'), { recursive: true })
    const { stderr, code } = await csms('show', 'reports/hollow')
    expect(code).toBe(104)
    expect(stderr).toBe('reports/hollow is no report: this folder holds no report.json.\n')
  })

  test('must be a report', async () => {
    await mkdir(join(cwd, 'broken'), { recursive: true })
    for (const [text, problem] of [
      ['{', 'it is not JSON'],
      ['{}', 'it has no schemaVersion; this csms reads 1'],
      ['{"schemaVersion":2}', 'its schemaVersion is 2; this csms reads 1'],
      ['{"schemaVersion":1}', "it must have required property 'runId'"],
    ]) {
      await writeFile(join(cwd, 'broken', 'report.json'), text ?? '')
      const { stderr, code } = await csms('show', 'broken')
      expect(code).toBe(104)
      expect(stderr).toContain(`is no report: ${problem}.`)
    }
  })
})

describe('csms report show and html', () => {
  test('show prints the summary, whatever the verdict, and exits with 0', async () => {
    const { stdout, code } = await csms('show')
    expect(code).toBe(0)
    expect(stdout).toMatch(/! INVALID {2}city-load {2}exit 5/)
    expect(stdout).toContain(`report ......... ${folders['cccc4444']}`)
  })

  test('html writes the page beside the report, or where it is told', async () => {
    const beside = join(folders['bbbb3333'] ?? '', 'report.html')
    await rm(join(cwd, beside))
    expect((await csms('html', 'bbbb')).stdout).toBe(`${beside}\n`)
    expect(await readFile(join(cwd, beside), 'utf8')).toMatch(/^<!doctype html>/)
    expect((await csms('html', 'bbbb', '--file', 'page.html')).stdout).toBe('page.html\n')
    expect((await csms('html', 'bbbb', '--file', 'public/a.html')).stdout).toBe('public/a.html\n')
    const refused = await csms('html', 'bbbb', '--file', 'page.html/page.html')
    expect(refused).toMatchObject({ code: 104 })
  })
})

describe('csms report baseline', () => {
  test('a name stands for its run everywhere, moves, and goes', async () => {
    expect((await csms('baseline', 'main', 'aaaa1111')).stdout).toBe(
      `main is ${folders['aaaa1111']}.\n`,
    )
    expect((await csms('list')).stdout).toMatch(/^aaaa1111 .* main$/m)
    expect(JSON.parse((await csms('show', 'main', '--json')).stdout).runId).toBe('aaaa1111')
    await csms('baseline', 'main', 'bbbb')
    expect(JSON.parse((await csms('show', 'main', '--json')).stdout).runId).toBe('bbbb3333')
    expect((await csms('baseline', 'main', '--remove')).code).toBe(0)
    expect((await csms('show', 'main')).code).toBe(104)
    expect((await csms('baseline', 'main', '--remove')).code).toBe(2)
  })

  test('a name that means something else already, or no name, is refused', async () => {
    expect((await csms('baseline', 'latest')).code).toBe(2)
    expect((await csms('baseline', '../x')).code).toBe(2)
  })
})

describe('csms report compare', () => {
  test('two runs of the same: no change, exit code 0', async () => {
    const { stdout, code } = await csms('compare', 'aaaa1111', 'aaaa2222')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^✓ NO CHANGE {2}city-load\n/)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  test('a run held against itself is warned of', async () => {
    const { stdout } = await csms('compare', 'aaaa1111', 'aaaa1111')
    expect(stdout).toContain('  ! before and after are the same run\n')
    expect(stdout).toMatch(/^ {2}\? connect\.p50.*: stations connect in one burst/m)
  })

  test('a slower server: worse; exit code 0 without --fail-on, 99 with it', async () => {
    const plain = await csms('compare', 'aaaa1111', 'bbbb')
    expect(plain.code).toBe(0)
    expect(plain.stdout).toMatch(/^✗ WORSE {2}city-load\n {2}- p50 4\.\d+ ms → 5\.\d+ ms, \+\d+ %/)
    const failed = await csms('compare', 'aaaa1111', 'bbbb', '--fail-on', 'p95>+10%')
    expect(failed.code).toBe(99)
    expect(failed.stdout).toMatch(/✗ --fail-on p95>\+10%: .* → .*, \+\d+ %/)
    const worse = await csms('compare', 'aaaa1111', 'bbbb', '--fail-on', 'worse')
    expect(worse.code).toBe(99)
    const both = ['--fail-on', 'p95>+90%', '--fail-on', 'errors>+0.001']
    const held = await csms('compare', 'aaaa1111', 'bbbb', ...both)
    expect(held.code).toBe(0)
    expect(held.stdout.match(/✓ --fail-on/g)).toHaveLength(2)
  })

  test('--json is one object with the exit code', async () => {
    const { stdout } = await csms('compare', 'aaaa1111', 'bbbb', '--json', '--fail-on', 'p95>+10%')
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      verdict: 'worse',
      exitCode: 99,
      before: { run: folders['aaaa1111'], runId: 'aaaa1111', verdict: 'pass' },
      failOn: [{ condition: 'p95>+10%', pass: false }],
      noise: { level: 0.95, before: { points: 60 } },
    })
  })

  test('--markdown is a table', async () => {
    const { stdout } = await csms('compare', 'aaaa1111', 'bbbb', '--markdown')
    expect(stdout).toMatch(/^## ✗ WORSE city-load\n\n- p50 /)
    expect(stdout).toContain('| metric | before | after | change | noise |  |')
    expect(stdout).toMatch(/\| p50\\\{action:Heartbeat\\\} \| .* \| ❌ worse \|/)
  })

  test('an INVALID run is refused; --force compares it and says so', async () => {
    const refused = await csms('compare', 'aaaa1111', 'cccc')
    expect(refused).toMatchObject({ code: 104, stdout: '' })
    expect(refused.stderr).toBe(
      'These runs cannot be compared: the run after is INVALID: worker 1 was full. --force compares them all the same.\n',
    )
    const forced = await csms('compare', 'aaaa1111', 'cccc', '--force')
    expect(forced.code).toBe(0)
    expect(forced.stdout).toContain('! the run after is INVALID: worker 1 was full')
  })

  test('a wrong condition points at what is wrong with it', async () => {
    const { stderr, code } = await csms('compare', 'a', 'b', '--fail-on', 'p99>10%')
    expect(code).toBe(2)
    expect(stderr).toBe(
      'error: --fail-on: say by how much it may change, with its sign: +10% or -10%.\n  p99>10%\n      ^^^\n',
    )
    expect((await csms('compare', 'a', 'b', '--fail-on', 'p97>+1%')).stderr).toMatch(
      /^error: --fail-on: no metric "p97"; did you mean p9\d\?\n/,
    )
    expect((await csms('compare', 'aaaa1111', 'bbbb', '--json', '--markdown')).code).toBe(2)
  })
})

describe('csms report merge', () => {
  test('makes a report of its own, and exits with its code', async () => {
    const { stdout, code } = await csms('merge', 'aaaa1111', 'bbbb3333', '--json')
    expect(code).toBe(0)
    const merged = JSON.parse(stdout) as Report
    expect(merged.runId).toBe('aaaa1111+bbbb3333')
    expect(merged.stations.requested).toBe(800)
    expect(merged.warnings.at(-1)).toMatch(/^merged from reports\//)
    const shown = await csms('show', 'aaaa1111+', '--json')
    expect(JSON.parse(shown.stdout)).toEqual(merged)
  })

  test('the same file is refused, however it is spelled', async () => {
    const folder = folders['aaaa1111'] ?? ''
    await symlink(join(cwd, folder), join(cwd, 'linked'))
    for (const other of [folder, `./${folder}/report.json`, 'linked', 'aaaa1111']) {
      const { stderr, code } = await csms('merge', 'aaaa1111', other)
      expect(code).toBe(104)
      expect(stderr).toMatch(/^These reports are not of one run: .* are the same file\.$/m)
    }
  })

  test('what is beside no facts, or beside those of another version, is refused', async () => {
    const lonely = await csms('merge', 'elsewhere.json', 'bbbb3333')
    expect(lonely).toMatchObject({ code: 104 })
    expect(lonely.stderr).toContain('there is no such file; merging takes the whole folder')
    const path = join(cwd, folders['aaaa2222'] ?? '', 'facts.json')
    const text = await readFile(path, 'utf8')
    await writeFile(
      path,
      text.replaceAll(`"csmsVersion":"${packageVersion()}"`, '"csmsVersion":"9.9.9"'),
    )
    expect((await csms('merge', 'aaaa1111', 'aaaa2222')).stderr).toContain('csms 9.9.9 wrote it')
    await writeFile(path, text.replace('"schemaVersion":1', '"schemaVersion":2'))
    expect((await csms('merge', 'aaaa1111', 'aaaa2222')).stderr).toContain('schemaVersion 1')
  })

  test('runs of different times are no runners of one run', async () => {
    const other = join(cwd, 'other')
    await cp(join(cwd, folders['bbbb3333'] ?? ''), other, { recursive: true })
    const path = join(other, 'facts.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replaceAll('2026-11-21T07:08', '2026-11-22T07:08'))
    const { stderr, code } = await csms('merge', 'aaaa1111', 'other')
    expect(code).toBe(104)
    expect(stderr).toContain('ran at different times')
  })
})
