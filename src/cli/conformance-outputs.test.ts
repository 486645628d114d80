import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../test/helpers/api.ts'
import { FakeTerminal } from '../../test/helpers/fake-terminal.ts'
import { type CliSetting, runInMemory } from '../../test/helpers/memory-cli.ts'

let folder = ''
let csms: Api
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-conformance-out-'))
  csms = await Api.start({})
})
afterAll(async () => {
  await csms.close()
  await rm(folder, { recursive: true })
})

const url = () => `ws://127.0.0.1:${csms.server.port}`
/** One case that needs nothing of the CSMS. */
const play = (argv: readonly string[], setting: CliSetting = {}) =>
  runInMemory(['conformance', '--target', url(), '--case', 'X_RPC_01', ...argv], {
    cwd: folder,
    ...setting,
  })

describe('csms conformance', () => {
  test('prints a line for each case and the totals, to standard output', async () => {
    const { code, stdout, stderr } = await play([])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^✓ X_RPC_01 /)
    expect(stdout).toContain(`PASS ocpp1.6 against ${url()}: 1 of 1 case passed`)
    expect(stderr).toBe('')
  })

  test('the embedded CSMS: JSON, reports in folders that are not there yet, traces', async () => {
    const { stdout, stderr } = await runInMemory(
      [
        'conformance',
        '--case=TC_023_3_CSMS,TC_073_CSMS',
        '--json',
        '--trace-dir=traces',
        '--report=junit=a/b/out.xml,html=out.html',
        '--report=markdown=out.md',
      ],
      { cwd: folder },
    )
    expect(stderr).toContain('✓ TC_023_3_CSMS')
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      kind: 'conformance',
      verdict: 'pass',
      target: { embedded: true },
      cases: [
        {
          id: 'TC_023_3_CSMS',
          outcome: 'green',
          repeat: ['csms', 'conformance', '--protocol', 'ocpp1.6', '--case', 'TC_023_3_CSMS'],
        },
        { id: 'TC_073_CSMS' },
      ],
    })
    expect(await readFile(join(folder, 'a/b/out.xml'), 'utf8')).toContain('<testsuites')
    expect(await readFile(join(folder, 'out.html'), 'utf8')).toContain('id="TC_023_3_CSMS"')
    expect(await readFile(join(folder, 'out.md'), 'utf8')).toContain('## ✅ PASS')
    expect((await readdir(join(folder, 'traces'))).sort()).toEqual([
      'ocpp1.6-TC_023_3_CSMS.ndjson',
      'ocpp1.6-TC_073_CSMS.ndjson',
    ])
    const trace = await readFile(join(folder, 'traces/ocpp1.6-TC_073_CSMS.ndjson'), 'utf8')
    expect(trace).toMatch(/"key":"AuthorizationKey","value":"\*\*\*"/)
  })

  test('--report tap=- is for other programs: standard output holds nothing else', async () => {
    const { stdout, stderr } = await play(['--report', 'tap=-'])
    expect(stdout).toMatch(/^TAP version 14\n/)
    expect(stdout).not.toContain('✓')
    expect(stderr).toContain('✓ X_RPC_01')
  })

  test.each([
    [['--report', 'junit'], 'junit=FILE'],
    [['--report', 'junt=x.xml'], 'Did you mean junit?'],
    [['--report', 'tap=-,markdown=-'], 'Standard output holds one'],
    [['--json', '--report', 'tap=-'], 'both want standard output'],
  ])('%j is told to be wrong before anything runs', async (argv, words) => {
    const { code, stdout, stderr } = await play(argv)
    expect(code).toBe(2)
    expect(stderr).toContain(words)
    expect(stdout).toBe('')
  })

  test('GitHub Actions gets a step summary without asking', async () => {
    const summary = join(folder, 'summary.md')
    await play([], { env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary } })
    expect(await readFile(summary, 'utf8')).toContain('## ✅ PASS csms conformance')
  })

  test('a file that cannot be written is told, and no green run', async () => {
    const { code, stderr, stdout } = await play(['--report', `junit=${folder}`])
    expect(code).toBe(104)
    expect(stderr).toContain(folder)
    expect(stdout).toContain('PASS')
  })

  test('what cannot be written keeps nothing else from being written', async () => {
    const list = 'known/known-failures.yaml'
    const { code } = await play([
      '--report',
      `junit=${folder},json=after/report.json`,
      '--trace-dir=after',
      '--write-baseline',
      list,
    ])
    expect(code).toBe(104)
    expect((await readdir(join(folder, 'after'))).sort()).toEqual([
      'ocpp1.6-X_RPC_01.ndjson',
      'report.json',
    ])
    expect(await readFile(join(folder, list), 'utf8')).toContain('# Cases that failed')
  })

  test('a folder that cannot be is told before anything is played', async () => {
    const { code, stdout, stderr } = await play(['--report', 'junit=/proc/none/out.xml'])
    expect(code).toBe(104)
    expect(stderr).toContain('/proc/none')
    expect(stdout).toBe('')
  })

  test('a terminal is told how far it has come, and left clean', async () => {
    const terminal = new FakeTerminal({ columns: 80, rows: 24 })
    await play([], { terminal })
    expect(terminal.written).toContain('0 of 1 cases')
    expect(terminal.written.endsWith('\r\u001B[2K')).toBe(true)
  })
})
