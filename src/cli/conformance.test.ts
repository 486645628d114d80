import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Api } from '../../test/helpers/api.ts'
import { FakeTerminal } from '../../test/helpers/fake-terminal.ts'
import { HostileCsms, type HostileOptions } from '../../test/helpers/hostile-csms.ts'
import { LabAuthority } from '../../test/helpers/lab-certificates.ts'
import { MemoryCli, runInMemory } from '../../test/helpers/memory-cli.ts'

let folder = ''
/** A management system that knows no token, and everything it is asked for in its API. */
let api: Api
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-conformance-cli-'))
  api = await Api.start({})
})
afterAll(async () => {
  await api.close()
  await rm(folder, { recursive: true })
})

const run = (...argv: readonly string[]) => runInMemory(['conformance', ...argv], { cwd: folder })
const stations = () => `ws://127.0.0.1:${api.server.port}`
/** Against the system of these tests. */
const judge = (...argv: readonly string[]) =>
  run('--target', stations(), '--timeout', '2s', ...argv)

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  return name
}

describe('which cases', () => {
  test('a typing error is told, and is no green run', async () => {
    const { code, stderr } = await judge('--case', 'TC_NOPE*')
    expect(code).toBe(3)
    expect(stderr).toContain('no case is called "TC_NOPE*"')
  })

  test('what nothing orders is skipped, and nothing played is no green run', async () => {
    const { code, stdout } = await judge('--case', 'TC_013_CSMS', '--json')
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      reasons: [expect.stringContaining('nothing was played')],
      cases: [{ id: 'TC_013_CSMS', verdict: 'skip', skip: 'no-hook' }],
    })
  })

  test('lists them with what they order', async () => {
    const { code, stdout } = await run('list', '--case', 'TC_013_CSMS,TC_003_CSMS')
    expect(code).toBe(0)
    expect(stdout).toMatch(/TC_003_CSMS +Core +Core +hands-free/)
    expect(stdout).toMatch(/TC_013_CSMS +Core +Core +Reset/)
  })

  test('an option of a run means nothing to a list', async () => {
    const { code, stderr } = await run('list', '--bail')
    expect(code).toBe(2)
    expect(stderr).toContain("list has no option '--bail'")
  })

  test('explains one, and says which was meant', async () => {
    const { code, stdout } = await run('explain', 'tc_013_csms')
    expect(code).toBe(0)
    expect(stdout).toContain('Ordered {"type":"Hard"}, the CSMS sends Reset')
    const unknown = await run('explain', 'TC_013')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('There is no case "TC_013"')
  })

  test('explains what several versions have in each of them, or in the one that is named', async () => {
    const versions = (text: string) => [...text.matchAll(/Version +(\S+)/g)].map(([, of]) => of)
    const all = await run('explain', 'TC_B_21_CSMS')
    expect(versions(all.stdout)).toEqual(['ocpp2.0.1', 'ocpp2.1'])
    const one = await run('explain', 'TC_B_21_CSMS', '--protocol', 'ocpp2.1')
    expect(versions(one.stdout)).toEqual(['ocpp2.1'])
    expect(one.stdout).not.toContain('[2.0.1 ')
    const none = await run('explain', 'TC_B_21_CSMS', '--protocol', 'ocpp1.6')
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringContaining('TC_B_21_CSMS is no case of ocpp1.6, but of ocpp2.0.1 and ocpp2.1.'),
    ])
  })
})

describe('a CSMS that is not embedded', () => {
  test('nobody who answers is told apart from a failure', async () => {
    const { code, stderr } = await run('--target', 'ws://127.0.0.1:1', '--case', 'TC_003_CSMS')
    expect(code).toBe(4)
    expect(stderr).toContain('ECONNREFUSED')
  })

  test('is made to act through its API, which waits for the answer of the station', async () => {
    const cases = ['--case', 'TC_013_CSMS,TC_003_CSMS,TC_023_3_CSMS']
    const { code, stdout } = await judge(...cases, '--api', api.base)
    expect(stdout).toContain('PASS')
    expect(code).toBe(0)
    const { body } = await api.get('/api/v1/tokens')
    expect(body).toEqual([])
  })

  test('without the tokens that were made there, it fails', async () => {
    const { code, stdout } = await judge('--case', 'TC_003_CSMS')
    expect(code).toBe(3)
    expect(stdout).toContain('TC_003_CSMS')
  })

  test('an API that refuses to make tokens ends the run before the first case', async () => {
    const hooks = `provision: [{each: token, http: "${api.base}/nowhere/{{token.id}}"}]`
    const { code, stdout, stderr } = await judge('--hooks', await file('refused.yaml', hooks))
    expect(code).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).toContain('HTTP 404')
  })

  test('a hook that fails is an error, and no known failure excuses it', async () => {
    const hooks = `operations: {Reset: {http: "${api.base}/nowhere"}}`
    const failing = await file('failing.yaml', hooks)
    const known = await file('k1.yaml', '- {case: TC_013_CSMS, reason: r}')
    const argv = ['--case', 'TC_013_CSMS', '--hooks', failing, '--expect-failures', known]
    const { code, stdout } = await judge(...argv, '--json')
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      cases: [{ verdict: 'error', outcome: 'red', reason: expect.stringContaining('HTTP 404') }],
    })
  })

  test('a person is asked, and is done when the CALL has come', async () => {
    const argv = ['conformance', '--target', stations(), '--case', 'TC_013_CSMS']
    const terminal = new FakeTerminal({ columns: 100, rows: 30 })
    const cli = new MemoryCli([...argv, '--hook-mode', 'manual'], { cwd: folder, terminal })
    await vi.waitFor(() => {
      expect(cli.stderr).toContain('> Make the CSMS send to CSMS_CONF_01: Reset {"type":"Hard"}')
    }, 10_000)
    const reset = '/api/v1/stations/CSMS_CONF_01/commands/Reset'
    await api.send('POST', reset, { type: 'Hard' })
    expect(await cli.ended).toMatchObject({ code: 0 })
  })

  test('what is wrong in a file is shown where it stands', async () => {
    const hooks = await file('wrong.yaml', 'operations:\n  Rest: {skip: true}\n')
    const { code, stderr } = await judge('--hooks', hooks)
    expect(code).toBe(104)
    expect(stderr).toContain('wrong.yaml:2:3')
    expect(stderr).toContain('Did you mean "Reset"?')
  })

  test('options that mean nothing alone are wrong', async () => {
    expect((await judge('--preset', 'steve')).code).toBe(2)
    expect((await judge('--hook-mode', 'manual')).stderr).toContain('nobody is at a terminal')
    expect((await judge('--write-baseline', 'a', '--expect-failures', 'b')).code).toBe(2)
  })
})

describe('what is known to fail', () => {
  /** Nothing makes tokens known: the first fails, the second passes. */
  const two = ['--case', 'TC_003_CSMS,TC_001_CSMS', '--parallel', '1']

  test('is written down, and excuses the next run', async () => {
    const first = await judge(...two, '--write-baseline', 'lists/known.yaml')
    expect(first.code).toBe(0)
    expect(await readFile(join(folder, 'lists/known.yaml'), 'utf8')).toContain('case: TC_003_CSMS')
    const { code, stdout } = await judge(...two, '--expect-failures', 'lists/known.yaml', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ totals: { known: 1, red: 0 } })
  })

  test('and passes fails the run', async () => {
    const list = await file('k2.yaml', '- {case: TC_001_CSMS, reason: r}')
    const { code, stdout } = await judge('--case', 'TC_001_CSMS', '--expect-failures', list)
    expect(code).toBe(3)
    expect(stdout).toContain('did not fail')
  })

  test('until a day that is over fails the run', async () => {
    const entry = '- {case: TC_003_CSMS, reason: r, until: 2020-01-01}'
    const list = await file('k3.yaml', entry)
    expect((await judge('--case', 'TC_003_CSMS', '--expect-failures', list)).code).toBe(3)
  })

  test('nothing is begun after the first red case where that was asked for', async () => {
    const { code, stdout } = await judge(...two.slice(2), '--bail', '--json', '--tag', 'hands-free')
    const { cases } = JSON.parse(stdout) as { cases: { outcome: string }[] }
    expect(code).toBe(3)
    expect(cases.filter(({ outcome }) => outcome === 'red')).toHaveLength(1)
    expect(cases.at(-1)).toMatchObject({ outcome: 'red' })
  })

  test('Ctrl-C lets the case end that is being played, and tells how many are left', async () => {
    const argv = ['conformance', '--target', stations(), '--parallel', '1', '--tag', 'hands-free']
    const cli = new MemoryCli(argv, { cwd: folder })
    await cli.output(/TC_001_CSMS/)
    cli.interrupt()
    const { code, stdout, stderr } = await cli.ended
    expect(code).toBe(105)
    expect(stdout).toMatch(/interrupted with \d+ cases to go/)
    expect(stderr).toContain('Stopping after the cases')
  })

  test('a feature that is not claimed is not applicable', async () => {
    const features = await file('features.yaml', 'Reservation: false')
    const { stdout } = await judge('--json', '--case', 'TC_046_CSMS', '--features', features)
    expect(JSON.parse(stdout)).toMatchObject({
      cases: [{ verdict: 'skip', skip: 'not-applicable' }],
    })
  })
})

describe('csms conformance doctor', () => {
  test('says what is missing', async () => {
    const { code, stdout } = await run('doctor', '--target', stations())
    expect(code).toBe(3)
    expect(stdout).toMatch(/✓ Boot +Accepted/)
    expect(stdout).toMatch(/✗ Token +token CSMS_CONF_TOKEN1: Invalid/)
    expect(stdout).toMatch(/! Hooks +0 of \d+ operations/)
  })

  test('Ctrl-C ends it', async () => {
    const interrupting: HostileOptions = {
      hears: () => {
        cli.interrupt()
        return true
      },
    }
    await using silent = await HostileCsms.start(interrupting)
    const cli = new MemoryCli(['conformance', 'doctor', '--target', silent.url], { cwd: folder })
    const { code, stdout, stderr } = await cli.ended
    expect(code).toBe(105)
    expect(stdout).toBe('')
    expect(stderr).toBe('Stopping.\n')
  })

  test('is content where nothing is', async () => {
    const argv = ['doctor', '--target', stations(), '--api', api.base, '--case', 'TC_013_CSMS']
    const { code, stdout } = await run(...argv)
    expect(stdout).toMatch(/✓ API +http:\S+ answers/)
    expect(stdout).toMatch(/✓ Hooks +1 of 1 operations/)
    expect(code).toBe(0)
  })

  test('no station gets in', async () => {
    expect((await run('doctor', '--target', 'ws://127.0.0.1:1')).code).toBe(4)
  })
})

describe('csms conformance init', () => {
  test('writes files that a run takes, and overwrites none', async () => {
    const first = await run('init', 'mine', '--preset', 'csms')
    expect(first.code).toBe(0)
    const files = ['hooks', 'fixtures', 'features'].flatMap((name) => [
      `--${name}`,
      join('mine', `${name}.yaml`),
    ])
    const known = ['--expect-failures', join('mine', 'known-failures.yaml')]
    const { code, stdout } = await judge('--case', 'TC_001_CSMS', ...files, ...known)
    expect(stdout).toContain('PASS')
    expect(code).toBe(0)
    const again = await run('init', 'mine')
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('--force')
  })
})

describe('a CSMS behind TLS', () => {
  let authority: LabAuthority
  let behind: Server
  let place = ''
  const asked: string[] = []
  beforeAll(async () => {
    authority = await LabAuthority.make('root')
    await file('ca.pem', authority.ca)
    const pair = await authority.issue({
      role: 'server',
      commonName: 'csms',
      hosts: ['127.0.0.1'],
    })
    behind = createServer({ ...pair }, (request, response) => {
      asked.push(`${request.method} ${request.url}`)
      response.writeHead(204).end()
    })
    behind.on('upgrade', (_request, socket) => {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
    })
    await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve))
    place = `127.0.0.1:${(behind.address() as AddressInfo).port}`
  })
  afterAll(() => {
    behind.close()
  })

  test('stations trust the authority', async () => {
    const enter = (...more: readonly string[]) =>
      run('--target', `wss://${place}`, '--timeout', '2s', ...more)
    expect((await enter()).stderr).toMatch(/certificate/)
    expect((await enter('--ca', 'ca.pem')).stderr).toContain('401')
  })

  test('so does who orders', async () => {
    const hooks = await file('tls.yaml', `provision: [{http: "https://${place}/prepare"}]\n`)
    const order = (...more: readonly string[]) =>
      judge('--case', 'X_RPC_33', '--hooks', hooks, ...more)
    expect((await order()).stderr).toMatch(/certificate/)
    expect(asked).toEqual([])
    await order('--ca', 'ca.pem')
    expect(asked).toEqual(['POST /prepare'])
  })

  test('it is about a CSMS that is not the embedded one', async () => {
    const { code, stderr } = await run('--ca', 'ca.pem')
    expect(code).toBe(2)
    expect(stderr).toContain('--ca is about a CSMS')
  })

  test('a file without a certificate is told', async () => {
    const { code, stderr } = await judge('--ca', await file('none.pem', 'nothing'))
    expect(code).toBe(104)
    expect(stderr).toContain('none.pem holds no certificate')
  })
})
