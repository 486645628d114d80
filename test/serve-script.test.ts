import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScriptVerdict } from '../src/csms/script/verdict.ts'
import { Cli, root, runCli } from './helpers/cli.ts'
import { LabPki } from './helpers/lab-pki.ts'

const listening = /listening on (wss?:\/\/[\d.]+:\d+)/

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-script-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

/** The stations of a scenario against a serve that plays a script; what the serve came to. */
async function played(
  script: string,
  stations: string,
  { serve = [], simulate = [] }: { serve?: readonly string[]; simulate?: readonly string[] } = {},
) {
  await using server = new Cli(['serve', '--script', script, '--port', '0', ...serve])
  const [, url = ''] = await server.until(listening)
  const out = join(folder, 'reports')
  await using fleet = new Cli([
    'simulate',
    stations,
    '--target',
    url,
    '--out',
    out,
    '--quiet',
    ...simulate,
  ])
  const told = await server.result()
  fleet.interrupt()
  await fleet.result()
  return told
}

const boots = (protocol = 'ocpp1.6', count = 1) =>
  `name: s\nfleets:\n  - { name: f, id: "CP{index}", count: ${count}, protocol: ${protocol}, script: [boot, { wait: 1min }] }\n`

describe('csms serve --script', () => {
  // Those that ship are played by .ci/run.
  test('a failed expectation is exit code 3, one JSON object and a JUnit file', async () => {
    const script = await file(
      'fails.yaml',
      'name: fails\nstations: [CP1, CP2]\nscript:\n  - expect: BootNotification\n' +
        '  - call: { action: ClearCache, answer: { status: "{id}" } }\n',
    )
    const junit = join(folder, 'build/junit.xml')
    const told = await played(script, await file('two.yaml', boots('ocpp1.6', 2)), {
      serve: ['--json', '--junit', junit],
    })
    expect(told.code).toBe(3)
    const verdict = JSON.parse(told.stdout) as ScriptVerdict
    expect(verdict).toMatchObject({ name: 'fails', passed: false, exitCode: 3, endedBy: 'done' })
    const failures = verdict.stations.map(({ id, failure }) => `${id} ${failure?.line}`).sort()
    expect(failures).toEqual(['CP1 5', 'CP2 5'])
    const xml = await readFile(junit, 'utf8')
    expect(xml).toContain('<testsuites name="fails" tests="3" failures="2"')
    expect(xml).toContain('answer $.status: expected &quot;CP1&quot;, got &quot;Accepted&quot;')
  })

  test('one script for stations of all versions', async () => {
    const script = await file(
      'any.yaml',
      'name: any\nscript:\n  - expect: { action: BootNotification, save: { boot: $ } }\n' +
        '  - expect: StatusNotification\n  - log: "{version}"\n',
    )
    for (const protocol of ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']) {
      const told = await played(script, await file('any-station.yaml', boots(protocol)))
      expect(told.stdout).toContain(`script: ${protocol}`)
      expect(told.code).toBe(0)
    }
  }, 120_000)

  test('over TLS, with garbage in place of an answer', async () => {
    await using pki = await LabPki.make()
    const own = join(pki.folder, 'server/ecdsa')
    const script = await file(
      'tls.yaml',
      'name: tls\nanswers: { BootNotification: [{ raw: "garbage" }] }\nscript:\n' +
        '  - expect: { action: BootNotification, unanswered: true }\n',
    )
    const told = await played(script, await file('tls-station.yaml', boots()), {
      serve: ['--tls-cert', `${own}.pem`, '--tls-key', `${own}.key`],
      simulate: ['--ca', join(pki.folder, 'trust.pem')],
    })
    expect(told.stdout).toContain('TLSv1.3')
    expect(told.code).toBe(0)
  })

  test('nobody came: 3; a signal: 105', async () => {
    const script = await file(
      'nobody.yaml',
      'name: nobody\nvars: { idle: 1h }\nuntil: { idle: "${idle}" }\nscript: [expect: BootNotification]\n',
    )
    const serve = ['serve', '--script', script, '--port', '0']
    const idle = await runCli([...serve, '--set', 'idle=10ms'])
    expect(idle.stdout).toContain('Nothing ran')
    expect(idle.code).toBe(3)
    await using stopped = new Cli(serve)
    await stopped.until(listening)
    stopped.interrupt()
    expect((await stopped.result()).code).toBe(105)
  })

  test('a bad file is told with its places, and nothing listens: 104', async () => {
    const script = await file('bad.yaml', 'name: bad\nscript: [expct: Heartbeat]\n')
    const told = await runCli(['serve', '--script', script])
    expect(told.code).toBe(104)
    expect(told.stderr).toContain(`${script}:2:10: Unknown step "expct". Did you mean "expect"?`)
    expect(told.stderr).toContain('         ^^^^^')
    expect((await runCli(['serve', '--script', join(folder, 'no.yaml')])).code).toBe(104)
  })

  test('--dry-run checks without listening', async () => {
    const script = join(root, 'scenarios/serve/broken-answers.yaml')
    const told = await runCli(['serve', '--script', script, '--dry-run'])
    expect(told.code).toBe(0)
    expect(told.stdout).toContain(
      'answers to Authorize, StartTransaction, StopTransaction; 6 steps',
    )
  })

  test('options that need a script, and several processes, are refused', async () => {
    for (const alone of [['--json'], ['--junit', 'x'], ['--dry-run'], ['--set', 'a=1']]) {
      const told = await runCli(['serve', ...alone])
      expect(told.code, alone[0]).toBe(2)
      expect(told.stderr).toContain('name one with --script')
    }
    const script = join(root, 'scenarios/serve/broken-answers.yaml')
    const several = await runCli(['serve', '--script', script, '--processes', '2', '--port', '0'])
    expect(several.code).toBe(2)
    expect(several.stderr).toContain('A script is played in one process')
  })
})
