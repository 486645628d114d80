import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runInMemory } from './helpers/memory-cli.ts'

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: {
    readonly steps: readonly {
      readonly id: string
      readonly run: string
      readonly env?: Readonly<Record<string, string>>
    }[]
  }
}

const text = await readFile(new URL('../action.yml', import.meta.url), 'utf8')
const action = parse(text) as Action
const judge = action.runs.steps.find(({ id }) => id === 'judge')

/** A csms that writes down what it was told, and ends as it was told to. */
const fake = `
import { writeFileSync } from 'node:fs'
const said = { argv: process.argv.slice(2), key: process.env.CSMS_CONFORMANCE_API_KEY ?? null }
writeFileSync(process.env.SAID, JSON.stringify(said))
process.exit(Number(process.env.CODE ?? 0))
`

describe.skipIf(process.platform === 'win32')('action.yml', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csms-action-'))
    await mkdir(join(folder, 'bin'))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder, 'bin/csms.js'), fake)
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Plays the step as the runner does. */
  async function play(inputs: Readonly<Record<string, string>>, code = 0) {
    const filled = Object.entries(judge?.env ?? {}).map(([name, template]) => {
      const input = /inputs\.([\w-]+)/.exec(template)?.[1]
      return [name, input === undefined ? folder : (inputs[input] ?? action.inputs[input]?.default)]
    })
    const files = { GITHUB_OUTPUT: join(folder, 'output'), SAID: join(folder, 'said.json') }
    await writeFile(files.GITHUB_OUTPUT, '')
    const env = { PATH: process.env['PATH'], CODE: String(code), ...files }
    const ended = await promisify(execFile)(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', judge?.run ?? ''],
      { cwd: folder, env: { ...env, ...Object.fromEntries(filled) } },
    ).then(
      () => 0,
      (error: { readonly code: number }) => error.code,
    )
    const said = JSON.parse(await readFile(files.SAID, 'utf8')) as {
      readonly argv: readonly string[]
      readonly key: string | null
    }
    return { ended, ...said, outputs: await readFile(files.GITHUB_OUTPUT, 'utf8') }
  }

  test('every input is used, every output is written', async () => {
    const used = Object.values(judge?.env ?? {}).join(' ')
    for (const input of Object.keys(action.inputs)) expect(used).toContain(`inputs.${input} `)
    const { outputs } = await play({})
    for (const output of Object.keys(action.outputs)) {
      expect(outputs).toMatch(new RegExp(`^${output}=.+$`, 'm'))
    }
  })

  test('every option that it uses is one', async () => {
    const { stdout } = await runInMemory(['conformance', '--help'])
    const options = (judge?.run ?? '').match(/--[a-z][\w-]*/g) ?? []
    expect(options.length).toBeGreaterThan(10)
    for (const option of options) expect(stdout).toContain(`${option} <`)
    expect(stdout).toContain('CSMS_CONFORMANCE_API_KEY')
  })

  test('what is not given is not said; what is given stays one word', async () => {
    const { argv, key } = await play({
      target: 'ws://127.0.0.1:9000/ocpp',
      case: 'TC_0*',
      'api-key': 'secret',
      options: '--retries=1\n--header=X-Tenant: a b\n',
    })
    expect(argv.slice(0, 9)).toEqual([
      'conformance',
      '--protocol',
      'ocpp1.6',
      '--target',
      'ws://127.0.0.1:9000/ocpp',
      '--case',
      'TC_0*',
      '--retries=1',
      '--header=X-Tenant: a b',
    ])
    expect(argv).not.toContain('--hooks')
    expect(argv.join(' ')).not.toContain('secret')
    expect(key).toBe('secret')
  })

  test('an input is no command', async () => {
    const { argv } = await play({ target: 'ws://x/$(touch pwned)"; touch pwned; "`touch pwned`' })
    expect(argv).toContain('ws://x/$(touch pwned)"; touch pwned; "`touch pwned`')
    await expect(readFile(join(folder, 'pwned'))).rejects.toThrow('ENOENT')
  })

  test('options may be indented, as they are in a workflow that was edited on Windows', async () => {
    const { argv } = await play({ options: '  --retries=1 \r\n\r\n\t--bail\r\n' })
    expect(argv.slice(3, 5)).toEqual(['--retries=1', '--bail'])
  })

  test.each(['a\nexit-code=0', 'a,tap=b', ''])('a report-dir is no output: %j', async (dir) => {
    const { ended, outputs } = await play({ 'report-dir': dir })
    expect(ended).toBe(2)
    expect(outputs).toBe('exit-code=2\n')
  })

  test('it ends as csms does, and says so', async () => {
    const { ended, outputs } = await play({}, 3)
    expect(ended).toBe(3)
    expect(outputs).toContain('exit-code=3\n')
  })
})
