import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from './helpers/cli.ts'

/* What `npm pack` makes of the tree, installed beside nothing but its `dependencies`. */

const run = promisify(execFile)

interface Packed {
  readonly files: readonly { readonly path: string }[]
  readonly unpackedSize: number
}

/** Of a project that depends on csms. */
let project: string
let packed: Packed
let paths: readonly string[]
let manifest: {
  readonly bin: { readonly csms: string }
  readonly exports: { readonly '.': Readonly<Record<string, string>> }
  readonly dependencies: Readonly<Record<string, string>>
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'csms-package-'))
  manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const pack = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const { stdout } = await run('npm', pack, { cwd: root, maxBuffer: 16 * 1024 ** 2 })
  const [first]: Packed[] = JSON.parse(stdout)
  if (first === undefined) throw new Error(`npm pack said nothing: ${stdout}`)
  packed = first
  paths = packed.files.map(({ path }) => path)
  const modules = join(project, 'node_modules')
  const folders = new Set(paths.map((path) => dirname(join(modules, 'csms', path))))
  for (const folder of folders) await mkdir(folder, { recursive: true })
  await Promise.all(paths.map((path) => copyFile(join(root, path), join(modules, 'csms', path))))
  // Types of Node are the project's own to bring.
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) {
    await mkdir(dirname(join(modules, name)), { recursive: true })
    await symlink(join(root, 'node_modules', name), join(modules, name), 'junction')
  }
  await writeFile(join(project, 'package.json'), '{"private":true,"type":"module"}\n')
}, 120_000)
afterAll(() => rm(project, { recursive: true }))

const csms = (...argv: readonly string[]) =>
  run(process.execPath, [join(project, 'node_modules/csms', manifest.bin.csms), ...argv], {
    cwd: project,
  })

describe('the package', () => {
  test('has what its manifest names', async () => {
    const named = [manifest.bin.csms, ...Object.values(manifest.exports['.'])]
    expect(paths).toEqual(expect.arrayContaining(named.map((path) => path.replace('./', ''))))
    const { mode } = await stat(join(root, manifest.bin.csms))
    if (process.platform !== 'win32') expect(mode & 0o111).toBe(0o111)
  })

  test('has the licences of what is bundled, schemas for editors, and everything the docs play', async () => {
    const wanted = ['README.md', 'LICENSE', 'dist/THIRD-PARTY.txt', 'schemas/scenario.schema.json']
    expect(paths).toEqual(expect.arrayContaining(wanted))
    const licences = await readFile(join(root, 'dist/THIRD-PARTY.txt'), 'utf8')
    for (const name of ['ajv', 'ocpp-rpc', 'yaml']) expect(licences).toContain(`\n${name} `)
    expect(paths).toContain('scenarios/quickstart.yaml')
    expect(paths).toContain('models/ac-wallbox.yaml')
    expect(paths).toContain('docs/guide/first-scenario.md')
  })

  test('has no sources, no tests, no reports and nothing of a machine, and is no burden', () => {
    const strange = paths.filter(
      (path) =>
        !/^(bin|dist|schemas|models|scenarios|docs)\/|^(README\.md|LICENSE|package\.json)$/.test(
          path,
        ),
    )
    expect(strange).toEqual([])
    expect(paths.filter((path) => /\.test\.|(?<!\.d)\.tsx?$|\.tgz$|\.log$/.test(path))).toEqual([])
    expect(packed.unpackedSize).toBeLessThan(16 * 1024 ** 2)
  })

  test('runs as a command without the packages that it is built with', async () => {
    expect((await csms('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    await csms('scenario', 'init', 'mine.yaml')
    expect(await csms('scenario', 'validate', 'mine.yaml')).toMatchObject({ stderr: '' })
    const text = await readFile(join(project, 'mine.yaml'), 'utf8')
    const [, schema = ''] = /\$schema=(\S+)/.exec(text) ?? []
    expect(JSON.parse(await readFile(join(project, schema), 'utf8'))).toHaveProperty('properties')
  })

  test('is a library: a station charges, a scenario runs in processes of its own', async () => {
    await writeFile(
      join(project, 'use.js'),
      `import { connectStation, CsmsError, runScenario, startCsms } from 'csms'
const csms = await startCsms({ port: 0 })
const station = await connectStation(csms.url, { id: 'CP1', protocol: 'ocpp2.1' })
const { status } = await csms.sendCommand('CP1', 'ClearCache', {})
station.close()
await csms.close()
const text = 'name: tiny\\nfleets: [{ name: a, count: 2, script: [boot] }]\\n'
const { verdict } = await runScenario({ text })
const refused = await runScenario({ text: 'nope: 1' }).catch((error) => error)
console.log(status, verdict, refused instanceof CsmsError, refused.code)
`,
    )
    const { stdout } = await run(process.execPath, ['use.js'], { cwd: project })
    expect(stdout).toBe('answered pass true CSMS_SCENARIO_INVALID\n')
  })

  test('brings declarations that need nothing but its dependencies', async () => {
    await writeFile(
      join(project, 'use.ts'),
      `import { connectStation, runScenario, startCsms } from 'csms'
import type { CallOutcome, CommandOutcome, ConnectorRef, Csms } from 'csms'
import type { EvPlan, LedgerEntry, Report, StepResult } from 'csms'
const csms: Csms = await startCsms({ port: 0, tokens: [{ idToken: 'ALICE', status: 'Accepted' }] })
await using station = await connectStation(csms.url, { id: 'CP1', protocol: 'ocpp2.0.1' })
const at: ConnectorRef = { evse: 1, connector: 1 }
const ev: EvPlan = { batteryWh: 60_000, soc: 0.2, maxPowerW: 22_000, phases: 3, taperFrom: 0.8 }
const plugged: StepResult = await station.actor.plugIn(at, ev)
const entries: readonly LedgerEntry[] = plugged.ok ? station.ledger() : []
const cleared: CommandOutcome = await csms.sendCommand('CP1', 'ClearCache', {})
const outcome: CallOutcome = await station.actor.call('Heartbeat', {})
const report: Report = await runScenario({ file: 'mine.yaml' }, { target: csms.url })
export const all: readonly unknown[] = [entries, cleared.status, outcome.kind, report.verdict]
// @ts-expect-error a port is a number
await startCsms({ port: 'any' })
`,
    )
    const options =
      '--noEmit --strict --skipLibCheck false --types node --lib es2023,esnext.disposable'
    const words = `${options} --target es2023 --module nodenext use.ts`.split(' ')
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = await run(process.execPath, [compiler, ...words], { cwd: project }).catch(
      (error: { stdout: string }) => error,
    )
    expect(stdout).toBe('')
  })
})
