import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { Cli, runCli } from './helpers/cli.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-outputs-'))
  await writeFile(join(folder, 'boot.yaml'), boot)
  await writeFile(join(folder, 'traffic.yaml'), traffic)
})
afterAll(() => rm(folder, { recursive: true }))

const boot = `name: boot
fleets:
  - { name: old, count: 2, script: [boot] }
thresholds:
  ocpp_boot_time: ["max<0"]
`

const traffic = `name: busy
steady: 60s
fleets:
  - name: old
    count: 4
    script: [boot]
    traffic: [{ call: Heartbeat, rate: 50/s }]
`

const outside = { GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '' }

describe('what a run leaves', () => {
  test('an entry in the index; reporters write where they are told', async () => {
    const reporters = ['ndjson', 'markdown=build/report.md', 'junit=build/junit.xml']
    const args = reporters.flatMap((name) => ['--reporter', name])
    const run = ['simulate', 'boot.yaml', '--quiet', '--out', 'kept', ...args]
    const { code } = await runCli(run, { cwd: folder, env: outside })
    expect(code).toBe(99)
    const [name = ''] = await readdir(join(folder, 'kept'))
    expect(await readdir(join(folder, 'kept', name))).toEqual([
      'facts.json',
      'junit.xml',
      'report.html',
      'report.json',
      'series.csv',
      'series.ndjson',
    ])
    expect(await readdir(join(folder, 'build'))).toEqual(['junit.xml', 'report.md'])
    const list = await runCli(['report', 'list', '--json', '--out', 'kept'], { cwd: folder })
    expect(JSON.parse(list.stdout)).toMatchObject({
      runs: [{ folder: name, scenario: 'boot', verdict: 'fail', exitCode: 99, stations: 2 }],
    })
  })

  test('within GitHub Actions: annotations and a step summary, and stdout stays one object', async () => {
    const summary = join(folder, 'summary.md')
    await writeFile(summary, 'earlier step\n')
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
    const run = ['simulate', 'boot.yaml', '--quiet', '--json', '--out', 'github']
    const { stdout, stderr } = await runCli(run, { cwd: folder, env })
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 99 })
    // Of the machine it may have something to say, too: steal.
    expect(stderr).toMatch(
      /^::error file=boot\.yaml,title=csms FAIL boot::threshold ocpp_boot_time max<0 failed: .* ms\n(::warning .*\n)*$/,
    )
    expect(await readFile(summary, 'utf8')).toMatch(
      /^earlier step\n## ❌ FAIL boot \(exit code 99\)/,
    )
  })

  test('an index that cannot be written costs a sentence, not the report', async () => {
    await mkdir(join(folder, 'stuck', 'index.json'), { recursive: true })
    const run = ['simulate', 'boot.yaml', '--json', '--out', 'stuck']
    const { code, stdout, stderr } = await runCli(run, { cwd: folder, env: outside })
    expect(code).toBe(99)
    expect(stderr).toContain('could not be written')
    const report = JSON.parse(stdout) as Report
    const [name = ''] = await readdir(join(folder, 'stuck'))
    const text = await readFile(join(folder, 'stuck', name, 'report.json'), 'utf8')
    expect(JSON.parse(text)).toEqual(report)
  })

  test('a file that cannot be written is told after the report; a failed run keeps its exit code', async () => {
    const reporter = ['--reporter', 'csv=boot.yaml/series.csv']
    const run = ['simulate', 'boot.yaml', '--json', '--quiet', '--out', 'full', ...reporter]
    const { code, stdout, stderr } = await runCli(run, { cwd: folder, env: outside })
    expect(code).toBe(99)
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 99 })
    expect(stderr).toMatch(/^Cannot write to .*boot\.yaml.*: /)
  })
})

describe('csms simulate --metrics-port', () => {
  test('serves the run while it goes on', async () => {
    const run = ['simulate', 'traffic.yaml', '--metrics-port', '0', '--out', 'metrics']
    await using cli = new Cli(run, { cwd: folder, env: outside })
    const [, url = ''] = await cli.until(/Metrics: (http:\/\/127\.0\.0\.1:\d+\/metrics)/)
    // Workers tell once a second.
    for (const row of [
      /^ocpp_exchanges_total\{action="Heartbeat",version="ocpp1\.6"\} [1-9]/m,
      /^csms_stations\{state="accepted"\} 4$/m,
      /^csms_run_phase\{phase="steady"\} 1$/m,
    ]) {
      await expect.poll(async () => (await fetch(url)).text()).toMatch(row)
    }
    cli.interrupt()
    expect((await cli.result()).code).toBe(105)
    await expect(fetch(url)).rejects.toThrow()
  })

  test('a port that is in use ends the command before anything ran', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve)
    })
    const address = taken.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const run = ['simulate', 'boot.yaml', '--metrics-port', String(port), '--out', 'unused']
    const { code, stdout, stderr } = await runCli(run, { cwd: folder, env: outside })
    taken.close()
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' })
    expect(stderr).toContain(`127.0.0.1:${port} is already in use.`)
    expect(await readdir(join(folder, 'unused'))).toEqual([])
  })

  test('a picked port that --quiet would not tell is refused', async () => {
    const run = ['simulate', 'boot.yaml', '--metrics-port', '0', '--quiet']
    const { code, stderr } = await runCli(run, { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('--quiet')
  })
})
