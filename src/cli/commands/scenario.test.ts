import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runInMemory } from '../../../test/helpers/memory-cli.ts'

const sound = 'name: tiny\nfleets: [{ name: a, count: 2, password: p, script: [boot] }]\n'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-scenario-'))
  await writeFile(join(folder, 'good.yaml'), sound)
  await writeFile(join(folder, 'bad.yaml'), 'name: tiny\nfleets: [{ name: a, script: [bot] }]\n')
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...argv: readonly string[]) => runInMemory(['scenario', ...argv], { cwd: folder })

describe('csms scenario', () => {
  test('validate says of every file what is wrong, also after a bad one', async () => {
    const { code, stdout, stderr } = await run('validate', 'bad.yaml', 'nope.yaml', 'good.yaml')
    expect(code).toBe(104)
    expect(stdout).toBe('good.yaml is sound: 2 stations in 1 fleet.\n')
    expect(stderr).toBe(
      'bad.yaml:2:30: Unknown step "bot". Did you mean "boot"?\n' +
        '  2 | fleets: [{ name: a, script: [bot] }]\n' +
        '    |                              ^^^\n\n' +
        '1 problem in bad.yaml.\n' +
        'There is no scenario file nope.yaml. Run "csms scenario init" to write one to start from.\n',
    )
  })

  test('validate reads standard input and checks for another version', async () => {
    const argv = ['scenario', 'validate', '-', '--protocol', 'ocpp2.0.1']
    const stdin = 'name: t\nfleets: [{name: a, script: [{call: StartTransaction}]}]\n'
    const { code, stderr } = await runInMemory(argv, { stdin })
    expect(code).toBe(104)
    expect(stderr).toContain('ocpp2.0.1 has no StartTransaction; there it is TransactionEvent.')
  })

  test('steps lists all, explains one, and suggests', async () => {
    const all = await run('steps')
    expect(all.stdout).toMatch(/\n {2}powerLoss +The power fails/)
    const one = await run('steps', 'wait')
    expect(one.stdout).toBe(
      'wait: Let simulated time pass.\n\n  - wait: {between: [1min, 10min]}\n\n' +
        '  Wants a duration like 30s, or {between: [low, high]}.\n',
    )
    const wrong = await run('steps', 'wiat')
    expect(wrong).toMatchObject({
      code: 2,
      stderr: 'There is no step "wiat". Did you mean "wait"?\n',
    })
  })

  test('executors lists all, explains one, and suggests', async () => {
    const all = await run('executors')
    expect(all.stdout).toMatch(/^ {2}once +Each station plays its script once/)
    const one = await run('executors', 'constant-stations')
    expect(one.stdout).toContain('constant-stations: Each station does the next draw of the mix')
    expect(one.stdout).toContain('\n  mix  Weights by action.')
    const wrong = await run('executors', 'constant-station')
    expect(wrong).toMatchObject({
      code: 2,
      stderr: 'There is no executor "constant-station". Did you mean "constant-stations"?\n',
    })
  })

  test('init writes a scenario that is sound, and overwrites only when told to', async () => {
    const first = await run('init', 'my evening.yaml')
    expect(first).toMatchObject({
      code: 0,
      stdout: 'Wrote my evening.yaml. Run it with: csms simulate "my evening.yaml"\n',
    })
    const text = await readFile(join(folder, 'my evening.yaml'), 'utf8')
    expect(text).toContain('name: my evening\n')
    expect((await run('validate', 'my evening.yaml')).code).toBe(0)
    const again = await run('init', 'my evening.yaml')
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('is there already')
    expect((await run('init', 'my evening.yaml', '--force')).code).toBe(0)
  })

  test('init names the folder it cannot write to', async () => {
    const { code, stderr } = await run('init', 'no/such/folder/x.yaml')
    expect(code).toBe(104)
    expect(stderr).toContain('Cannot write to no/such/folder/x.yaml: ENOENT.')
  })

  test('what stations prints is what "stations: {file}" reads', async () => {
    await writeFile(
      join(folder, 'two.yaml'),
      'name: two\nfleets:\n' +
        '  - { name: a, count: 3, id: "A,{index}", password: "p-{index}", station: { serial: "S{index}" }, script: [boot] }\n' +
        '  - { name: b, count: 2, protocol: ocpp2.0.1, token: { idToken: "B{index}", type: ISO14443 }, script: [boot] }\n',
    )
    for (const format of ['csv', 'json']) {
      const made = await run('stations', 'two.yaml', '--format', format)
      await writeFile(join(folder, `fleet.${format}`), made.stdout)
      await writeFile(
        join(folder, 'named.yaml'),
        'name: named\nfleets:\n' +
          `  - { name: a, stations: fleet.${format}, script: [boot] }\n` +
          `  - { name: b, protocol: ocpp2.0.1, stations: { file: fleet.${format} }, script: [boot] }\n`,
      )
      const { code, stdout, stderr } = await run('stations', 'named.yaml', '--format', format)
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: made.stdout, stderr: '' })
    }
  })

  test('--set fills in vars, here and in validate', async () => {
    await writeFile(
      join(folder, 'vars.yaml'),
      'name: v\nvars: { n: 2 }\nfleets: [{ name: a, count: "${n}", script: [boot] }]\n',
    )
    const set = await run('validate', 'vars.yaml', '--set', 'n=7')
    expect(set).toMatchObject({ code: 0, stdout: 'vars.yaml is sound: 7 stations in 1 fleet.\n' })
    expect((await run('stations', 'vars.yaml', '--csv', '--set', 'n=3')).stdout).toContain(
      'a-00003,',
    )
    const wrong = await run('validate', 'vars.yaml', '--set', 'm=7')
    expect(wrong).toMatchObject({ code: 104 })
    expect(wrong.stderr).toContain(
      'vars.yaml:2:1: --set m: there is no such var. Did you mean "n"?',
    )
    expect((await run('validate', 'vars.yaml', '--set', 'n')).code).toBe(2)
  })

  test('stations prints what another CSMS has to know', async () => {
    const csv = await run('stations', 'good.yaml', '--format', 'csv')
    expect(csv.stdout.split('\r\n')[1]).toBe('a-00001,a,ocpp1.6,p,T00001,Central,')
    expect((await run('stations', 'good.yaml', '--csv')).stdout).toBe(csv.stdout)
    const json = await run('stations', 'good.yaml')
    expect(JSON.parse(json.stdout)).toHaveLength(2)
    expect((await run('stations', 'good.yaml', '--format', 'xml')).code).toBe(2)
    expect((await run('stations', 'bad.yaml')).code).toBe(104)
  })
})
