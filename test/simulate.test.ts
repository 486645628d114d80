import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { Cli, runCli } from './helpers/cli.ts'
import { Serve } from './helpers/serve.ts'
import { untimed } from './helpers/simulate.ts'

let folder = ''
let quickstart = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-e2e-'))
  await writeFile(join(folder, 'boot.yaml'), boot)
  await writeFile(join(folder, 'traffic.yaml'), traffic)
  quickstart = await untimed('quickstart.yaml', folder)
})
afterAll(() => rm(folder, { recursive: true }))

const boot = `name: boot
fleets:
  - { name: old, count: 2, script: [boot] }
  - { name: new, count: 2, protocol: ocpp2.0.1, script: [boot] }
`

const traffic = `name: busy
steady: 60s
fleets:
  - name: old
    count: 4
    script: [boot, log: up]
    traffic: [{ call: Heartbeat, rate: 100/s }]
`

async function reportOf(parent: string): Promise<Report> {
  const [name = ''] = await readdir(join(folder, parent))
  return JSON.parse(await readFile(join(folder, parent, name, 'report.json'), 'utf8')) as Report
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

describe('csms simulate', () => {
  test('a report that can no longer be written is printed, and the exit code says so', async () => {
    await using cli = new Cli(['simulate', quickstart, '--json', '--out', 'lost'], { cwd: folder })
    await cli.until(/^Run /)
    await rm(join(folder, 'lost'), { recursive: true })
    await writeFile(join(folder, 'lost'), '')
    const { code, stdout, stderr } = await cli.result()
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, exitCode: 0 })
    expect(stderr).toMatch(/Cannot write to .*lost.*: /)
    expect(code).toBe(104)
  })

  test('a run that failed ends as it did, also where its report cannot be written', async () => {
    const text =
      'name: slow\nfleets: [{ name: a, script: [boot, { wait: 2s }] }]\nthresholds: { ocpp_exchanges: ["count<1"] }\n'
    await writeFile(join(folder, 'slow.yaml'), text)
    await using cli = new Cli(['simulate', 'slow.yaml', '--out', 'gone'], { cwd: folder })
    await cli.until(/^Run /)
    await rm(join(folder, 'gone'), { recursive: true })
    await writeFile(join(folder, 'gone'), '')
    const { code, stdout, stderr } = await cli.result()
    expect(stdout).toContain('✗ FAIL  slow  exit 99')
    expect(stderr).toMatch(/Cannot write to .*gone.*: /)
    expect(code).toBe(99)
  })

  test('the quickstart passes, writes its report and leaves no process behind', async () => {
    await using cli = new Cli(['simulate', quickstart, '--out', 'quick'], { cwd: folder })
    const { code, stdout } = await cli.result()
    expect(stdout).toContain('PASS  quickstart')
    expect(code).toBe(0)
    const [name = ''] = await readdir(join(folder, 'quick'))
    expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-quickstart$/)
    expect(await readdir(join(folder, 'quick', name))).toEqual(
      expect.arrayContaining(['report.json', 'junit.xml']),
    )
    const report = await reportOf('quick')
    expect(report.stations).toMatchObject({ requested: 10, accepted: 10 })
    expect(report.books).toMatchObject({ checked: true, source: 'embedded', mismatches: [] })
    expect(report.transactions).toMatchObject({ started: 10, stopped: 10, lost: 0 })
    expect(await cli.leavesNothingBehind()).toBe(true)
  })

  test('--json prints exactly one object on stdout, the report that was written', async () => {
    const args = ['simulate', 'boot.yaml', '--json', '--quiet', '--out', 'json']
    const { code, stdout, stderr } = await runCli(args, { cwd: folder })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(await reportOf('json'))
  })

  test('several workers play the same stations; --frames keeps their frames', async () => {
    const args = ['simulate', '-', '--workers', '3', '--frames', '--json', '--out', 'frames']
    const { code, stdout } = await runCli(args, { cwd: folder, stdin: boot })
    expect(code).toBe(0)
    const report = JSON.parse(stdout) as Report
    expect(report).toMatchObject({ generator: { workers: 3 }, stations: { accepted: 4 } })
    const [name = ''] = await readdir(join(folder, 'frames'))
    const lines = (await readFile(join(folder, 'frames', name, 'frames.ndjson'), 'utf8')).split(
      '\n',
    )
    expect(lines.length - 1).toBe(report.messages.sent + report.messages.received)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ station: expect.any(String) })
  })

  test('an open-model rate is what the scenario says, also after a warm-up', async () => {
    const scenario = traffic.replace('steady: 60s', 'warmup: 500ms\nsteady: 2s')
    const args = ['simulate', '-', '--json', '--out', 'rate']
    const { stdout } = await runCli(args, { cwd: folder, stdin: scenario })
    const { exchanges, window } = JSON.parse(stdout) as Report
    // Intended instants, so that a busy machine changes nothing.
    const offered = exchanges.scheduled / (window.warmupSeconds + window.steadySeconds)
    expect(offered).toBeGreaterThan(90)
    expect(offered).toBeLessThan(110)
  })

  test('runs against csms serve, with its books compared over HTTP', async () => {
    await using serve = await Serve.start()
    const books = `${serve.api}/api/v1/transactions`
    const target = ['--target', serve.url, '--books', books, '--protocol', 'ocpp2.0.1']
    const args = ['simulate', quickstart, ...target, '--json', '--out', 'external']
    const { code, stdout, stderr } = await runCli(args, { cwd: folder })
    expect(stderr).toContain('so that nothing they report lies in the future')
    expect(code).toBe(0)
    const report = JSON.parse(stdout) as Report
    expect(report.target).toMatchObject({ url: serve.url, embedded: false })
    expect(report.books).toMatchObject({ checked: true, source: 'url', compared: 10 })
    const stored = await serve.get<{ startedAt: string }[]>('/api/v1/transactions')
    for (const { startedAt } of stored) expect(Date.parse(startedAt)).toBeLessThan(Date.now())
    // What the first run left there is not held against the second.
    const again = JSON.parse((await runCli(args, { cwd: folder })).stdout) as Report
    expect(again.books).toMatchObject({ compared: 10, mismatches: [] })
  })
})

describe('what fails a run', () => {
  const run = async (scenario: string) => {
    const args = ['simulate', '-', '--json', '--quiet', '--out', 'failing']
    const { code, stdout } = await runCli(args, { cwd: folder, stdin: scenario })
    const report = JSON.parse(stdout) as Report
    expect(report.exitCode).toBe(code)
    return report
  }

  test('a threshold that does not hold: exit 99', async () => {
    const report = await run(`${boot}thresholds: { ocpp_exchanges: ["count>1000"] }\n`)
    expect(report).toMatchObject({ exitCode: 99, verdict: 'fail' })
    expect(report.reasons.join()).toContain('ocpp_exchanges count>1000')
  })

  test('a threshold with abortOnFail ends the run at once: exit 108', async () => {
    const threshold = '{ threshold: "count<50", abortOnFail: true }'
    const report = await run(`${traffic}thresholds: { ocpp_exchanges: [${threshold}] }\n`)
    expect(report).toMatchObject({ exitCode: 108, verdict: 'aborted' })
    expect(report.window.totalSeconds).toBeLessThan(30)
  })

  test('a step that fails: exit 3, and which one', async () => {
    const failing = 'script: [boot, { expect: { action: Reset, within: 200ms } }]'
    const report = await run(`name: f\nfleets: [{ name: a, count: 2, ${failing} }]\n`)
    expect(report).toMatchObject({ exitCode: 3, scripts: { completed: 0, failed: 2 } })
    expect(Object.keys(report.scripts.reasons)[0]).toContain('expect (line 2)')
  })

  test('commands of a script reach the embedded management system and come back', async () => {
    const command =
      '{ command: { action: GetConfiguration, payload: { key: [NumberOfConnectors] } } }'
    const report = await run(`name: c\nfleets: [{ name: a, script: [boot, ${command}] }]\n`)
    expect(report).toMatchObject({ exitCode: 0, scripts: { completed: 1 } })
    expect(report.commands['GetConfiguration']?.commandTimeMs.count).toBe(1)
  })
})

describe('a target that does not answer', () => {
  const simulate = (target: string, ...more: string[]) =>
    runCli(
      ['simulate', 'boot.yaml', '--target', target, '--connect-timeout', '1s', '--json', ...more],
      { cwd: folder },
    )

  test('nobody listens: exit 4, and the reason', async () => {
    const { code, stdout } = await simulate('ws://127.0.0.1:1')
    expect(code).toBe(4)
    const { verdict, reasons } = JSON.parse(stdout) as Report
    expect(verdict).toBe('fail')
    expect(reasons[0]).toContain('ECONNREFUSED')
  })

  test('it refuses the upgrade: exit 4, and the HTTP status', async () => {
    const server = createServer()
    server.on('upgrade', (_request, socket) => {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    })
    const { code, stdout } = await simulate(`ws://127.0.0.1:${await listening(server)}/ocpp`)
    server.close()
    expect(code).toBe(4)
    expect((JSON.parse(stdout) as Report).reasons[0]).toContain('HTTP 403')
  })

  test('it accepts TCP and says nothing: exit 4 when the time is up', async () => {
    const server = createTcpServer(() => undefined)
    const { code, stdout } = await simulate(`ws://127.0.0.1:${await listening(server)}`)
    server.close()
    expect(code).toBe(4)
    expect((JSON.parse(stdout) as Report).reasons[0]).toContain('within 1 s')
  })
})

describe('what is wrong before the run', () => {
  test.each([
    [['simulate', 'none.yaml'], 104, 'There is no scenario file none.yaml'],
    [['simulate', 'boot.yaml', '--wrong'], 2, "unknown option '--wrong'"],
    [['simulate', 'boot.yaml', '--out', 'boot.yaml'], 104, 'Cannot write to'],
  ])('%j', async (args, expected, sentence) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: folder })
    expect(stderr).toContain(sentence)
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
  })

  test.skipIf(process.getuid?.() === 0)('a folder without permission', async () => {
    const locked = await mkdtemp(join(folder, 'locked-'))
    await chmod(locked, 0o500)
    const { code } = await runCli(['simulate', 'boot.yaml', '--out', locked], { cwd: folder })
    expect(code).toBe(104)
  })
})

describe('a run that is cut short', () => {
  test('the first Ctrl-C drains, writes the report and exits 105', async () => {
    const args = ['simulate', 'traffic.yaml', '--out', 'interrupted']
    await using cli = new Cli(args, { cwd: folder })
    await cli.until(/-00004: up/)
    cli.interrupt()
    const { code, stdout, stderr } = await cli.result()
    expect(stderr).toContain('Once more leaves at once')
    expect(stdout).toContain('busy')
    expect(code).toBe(105)
    const report = await reportOf('interrupted')
    expect(report).toMatchObject({ verdict: 'aborted', exitCode: 105 })
    expect(report.exchanges.completed).toBeGreaterThan(3)
    expect(report.exchanges.lost + report.exchanges.unfinished).toBe(0)
    expect(await cli.leavesNothingBehind()).toBe(true)
  })

  test('the second Ctrl-C leaves at once, with 105 and no process left', async () => {
    // A target that never answers keeps the drain waiting.
    const server = createTcpServer(() => undefined)
    const target = `ws://127.0.0.1:${await listening(server)}`
    const args = ['simulate', 'boot.yaml', '--target', target, '--connect-timeout', '60s']
    await using cli = new Cli(args, { cwd: folder })
    await cli.until(/Run \w+:/)
    cli.interrupt()
    await cli.until(/Once more/)
    cli.interrupt()
    expect((await cli.result()).code).toBe(105)
    expect(await cli.leavesNothingBehind()).toBe(true)
    server.close()
  })

  test.runIf(process.platform === 'linux')(
    'a worker that dies is reported, fails the run and does not stop the others',
    async () => {
      const scenario = traffic.replace('60s', '3s')
      const args = ['simulate', '-', '--workers', '2', '--json', '--out', 'died']
      await using cli = new Cli(args, { cwd: folder, stdin: scenario })
      await cli.until(/-00004: up/)
      const pids = await childrenOf(cli.pid)
      process.kill(pids.at(-1) ?? 0, 'SIGKILL')
      const { code, stdout } = await cli.result()
      expect(code).toBe(1)
      const report = JSON.parse(stdout) as Report
      expect(report.reasons.join()).toMatch(/worker \d died|worker \d/)
      expect(report.window.steadySeconds).toBeGreaterThan(2.5)
      expect(report.exchanges.completed).toBeGreaterThan(10)
      expect(await cli.leavesNothingBehind()).toBe(true)
    },
  )

  test.runIf(process.platform === 'linux')(
    'an embedded management system that dies is a fault of csms, and still a report',
    async () => {
      const args = ['simulate', 'traffic.yaml', '--json', '--out', 'orphaned']
      await using cli = new Cli(args, { cwd: folder })
      await cli.until(/-00004: up/)
      const [csms = 0] = await childrenOf(cli.pid)
      process.kill(csms, 'SIGKILL')
      const { code, stdout } = await cli.result()
      expect(code).toBe(1)
      expect((JSON.parse(stdout) as Report).reasons.join()).toContain('embedded CSMS ended')
      expect(await cli.leavesNothingBehind()).toBe(true)
    },
  )

  test('a coordinator that is killed takes its processes with it', async () => {
    await using cli = new Cli(['simulate', 'traffic.yaml'], { cwd: folder })
    await cli.until(/-00004: up/)
    process.kill(cli.pid, 'SIGKILL')
    expect(await cli.leavesNothingBehind()).toBe(true)
  })
})

/** In the order they were started; Linux tells them. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.trim().split(' ').map(Number)
}
