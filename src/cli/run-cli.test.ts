import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runInMemory } from '../../test/helpers/memory-cli.ts'
import { commands } from './command-table.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

const plan = 'name: tiny\nfleets: [{ name: a, count: 3, script: [boot] }]\n'

describe('the command line', () => {
  test('--help lists every command and exits 0', async () => {
    const { code, stdout, stderr } = await runInMemory(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const [name, { summary }] of Object.entries(commands)) {
      expect(stdout).toContain(name)
      expect(stdout).toContain(summary)
    }
  })

  test('every command has examples and names the environment of every option', async () => {
    for (const name of Object.keys(commands)) {
      const { code, stdout } = await runInMemory([name, '--help'])
      expect(code).toBe(0)
      expect(stdout, name).toContain('Examples:\n  $ csms')
      for (const [, flag = ''] of stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)) {
        if (flag === 'help') continue
        const last = flag.toUpperCase().replaceAll('-', '_')
        expect(stdout).toMatch(new RegExp(`CSMS_(\\w+_)?${last}\\b`))
      }
    }
  })

  test('no help is wider than 80 columns', async () => {
    const paths = [
      ...Object.keys(commands).map((name) => [name]),
      ['tokens', 'add'],
      ['report', 'compare'],
    ]
    for (const path of paths) {
      const { stdout } = await runInMemory([...path, '--help'])
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    }
  })

  test('an environment variable means one thing: only what commands all mean is shared', async () => {
    const users = new Map<string, Set<string>>()
    const read = async (path: readonly string[]): Promise<void> => {
      const { stdout } = await runInMemory([...path, '--help'])
      for (const [variable] of stdout.matchAll(/(?<=[ (])CSMS_[A-Z_]+(?=\)$)/gm)) {
        users.set(variable, (users.get(variable) ?? new Set()).add(path.join(' ')))
      }
      for (const [, child = ''] of stdout.split('\nCommands:\n')[1]?.matchAll(/^ {2}([\w-]+) /gm) ??
        []) {
        if (child !== 'help') await read([...path, child])
      }
    }
    for (const name of Object.keys(commands)) await read([name])
    const shared = [...users].flatMap(([variable, { size }]) => (size > 1 ? [variable] : []))
    expect(shared.toSorted()).toEqual(['CSMS_API', 'CSMS_API_CA', 'CSMS_API_KEY', 'CSMS_OUT'])
    expect([...(users.get('CSMS_SIMULATE_STATIONS') ?? [])]).toEqual(['simulate'])
    expect([...(users.get('CSMS_SCENARIO_STATIONS_FORMAT') ?? [])]).toEqual(['scenario stations'])
  })

  test('--version prints the version of the package', async () => {
    const { code, stdout } = await runInMemory(['--version'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test.each([
    [['simulat'], 'Did you mean simulate?'],
    [['simulate', 'x.yaml', '--wrokers', '2'], 'Did you mean --workers?'],
    [['simulate'], "missing required argument 'file'"],
    [['simulate', 'x.yaml', '--workers', 'many'], 'It must be a whole number from 1 to 1024.'],
    [['simulate', 'x.yaml', '--duration', '5'], 'It must be a duration like 500ms, 30s or 5min.'],
    [['simulate', 'x.yaml', '--duration', '0'], 'It must be longer than 0.'],
    [['simulate', 'x.yaml', '--protocol', 'ocpp1.5'], 'Allowed choices are ocpp1.6'],
    [['simulate', 'x.yaml', '--target', 'localhost:9000'], 'It must be a URL like ws://'],
    [['simulate', 'x.yaml', '--run-id', 'über'], 'It must be 1 to 10 letters and digits.'],
    [['simulate', 'x.yaml', '--books', 'http://a'], '--books needs --target.'],
    [['simulate', 'x.yaml', '--cert', 'a.pem'], '--cert and --key go together.'],
    [['simulate', 'x.yaml', '--dry-run', '--json'], '--json prints a report'],
    [['serve', '--port', '70000'], 'It must be a whole number from 0 to 65535.'],
    [['send', 'CP1', 'Reset', '{'], 'The payload is not JSON'],
    [['send', 'CP1', 'Reset', '[]'], 'The payload must be a JSON object.'],
    [['send', 'CP1', 'Reset', '@none.json'], 'Cannot read none.json'],
  ])('wrong usage exits 2 and says why: %j', async (argv, sentence) => {
    const { code, stdout, stderr } = await runInMemory(argv, { cwd: folder })
    expect(stderr).toContain(sentence)
    expect(code).toBe(2)
    expect(stdout).toBe('')
  })

  test('a missing scenario exits 104 with a next step', async () => {
    const { code, stderr } = await runInMemory(['simulate', 'none.yaml'], { cwd: folder })
    expect(code).toBe(104)
    expect(stderr).toBe(
      'There is no scenario file none.yaml. Run "csms scenario init" to write one to start from.\n',
    )
  })

  test('a bad scenario exits 104 with its place and a caret', async () => {
    const { code, stderr } = await runInMemory(['simulate', '-'], { stdin: 'name: x\nfleet: []\n' })
    expect(code).toBe(104)
    expect(stderr).toContain('-:2:1: ')
    expect(stderr).toContain('^')
  })

  test('--dry-run prints the plan and runs nothing', async () => {
    const { code, stdout, stderr } = await runInMemory(['simulate', '-', '--dry-run'], {
      stdin: plan,
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('3 stations')
  })

  test('a fault of csms exits 1 with one sentence, and a stack only when asked', async () => {
    const broken = { stdin: new Error('the disk melted') }
    const plain = await runInMemory(['simulate', '-'], broken)
    expect(plain.code).toBe(1)
    expect(plain.stderr).toMatch(/^Fault in csms: the disk melted\nRun it again with --verbose/)
    const verbose = await runInMemory(['--verbose', 'simulate', '-'], broken)
    expect(verbose.stderr).toMatch(/\n {4}at /)
  })
})

describe('settings', () => {
  const stationsOf = async (argv: readonly string[], env: Record<string, string>) => {
    const args = ['simulate', '-', '--dry-run', ...argv]
    const run = await runInMemory(args, { stdin: plan, cwd: folder, env })
    return /(\d+) stations? in/.exec(run.stdout)?.[1] ?? run.stderr
  }

  test('flag > environment > csms.config.yaml > default', async () => {
    expect(await stationsOf([], {})).toBe('3')
    await writeFile(join(folder, 'csms.config.yaml'), 'simulate: { stations: 11 }\n')
    expect(await stationsOf([], {})).toBe('11')
    expect(await stationsOf([], { CSMS_SIMULATE_STATIONS: '12' })).toBe('12')
    expect(await stationsOf(['--stations', '13'], { CSMS_SIMULATE_STATIONS: '12' })).toBe('13')
    await rm(join(folder, 'csms.config.yaml'))
  })

  test('a bad value of the environment is told by its variable and exits 2', async () => {
    const { code, stderr } = await runInMemory(['simulate', '-'], {
      stdin: plan,
      env: { CSMS_SIMULATE_WORKERS: '0' },
    })
    expect(code).toBe(2)
    expect(stderr).toContain("environment's CSMS_SIMULATE_WORKERS")
  })

  test('an unknown setting exits 104 and names those that exist', async () => {
    await writeFile(join(folder, 'mine.yaml'), 'simulate: { worker: 2 }\n')
    const argv = ['--config', 'mine.yaml', 'simulate', '-', '--dry-run']
    const { code, stderr } = await runInMemory(argv, { stdin: plan, cwd: folder })
    expect(code).toBe(104)
    expect(stderr).toContain('"simulate" has no setting "worker"')
    expect(stderr).toContain('workers')
  })

  test.each([
    ['simulat: { workers: 2 }', 'There is no command "simulat"'],
    ['simulate: 5', '"simulate" must be a map'],
    ['[1, 2]', 'The file must be a map'],
  ])('settings that nobody would read exit 104: %s', async (text, sentence) => {
    await writeFile(join(folder, 'stray.yaml'), text)
    const argv = ['--config', 'stray.yaml', 'simulate', '-', '--dry-run']
    const { code, stderr } = await runInMemory(argv, { stdin: plan, cwd: folder })
    expect(stderr).toContain(sentence)
    expect(code).toBe(104)
  })

  test('a settings file that was named must be there', async () => {
    const argv = ['--config', 'none.yaml', 'doctor']
    expect((await runInMemory(argv, { cwd: folder })).code).toBe(104)
  })

  test('switches take true and false', async () => {
    const dry = (value: string) =>
      runInMemory(['simulate', '-'], { stdin: 'nonsense', env: { CSMS_SIMULATE_DRY_RUN: value } })
    expect((await dry('perhaps')).code).toBe(2)
    expect((await dry('true')).code).toBe(104)
  })
})
