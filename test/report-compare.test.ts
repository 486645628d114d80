import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from './helpers/cli.ts'
import { DelayingProxy } from './helpers/delaying-proxy.ts'
import { Serve } from './helpers/serve.ts'

const steady = `name: steady
fleets:
  - { name: city, count: 10 }
load: { executor: constant-stations, mix: { Heartbeat: 1 }, steady: 5s }
`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-compare-'))
  await writeFile(join(folder, 'steady.yaml'), steady)
  await using serve = await Serve.start()
  await using quick = await DelayingProxy.start(serve.url, 20)
  await using slow = await DelayingProxy.start(serve.url, 60)
  const runs = { before: quick.url, equal: quick.url, slowed: slow.url }
  await Promise.all(
    Object.entries(runs).map(async ([name, url]) => {
      const station = `{fleet}-${name}-{index}`
      await writeFile(
        join(folder, `${name}.yaml`),
        steady.replace('10 }', `10, id: "${station}" }`),
      )
      const target = ['--target', `${url}/{id}`, '--out', name]
      const { code, stderr } = await runCli(['simulate', `${name}.yaml`, ...target], {
        cwd: folder,
      })
      expect(code, stderr).toBe(0)
    }),
  )
})
afterAll(() => rm(folder, { recursive: true }))

/** The files differ in the names of the stations only, hence `--force`. */
async function compare(after: string) {
  const [one = ''] = (await readdir(join(folder, 'before'))).filter((name) => name !== 'index.json')
  const [other = ''] = (await readdir(join(folder, after))).filter((name) => name !== 'index.json')
  const runs = [`before/${one}`, `${after}/${other}`]
  const gate = ['--fail-on', 'p50>+30%', '--fail-on', 'rate<-30%', '--force', '--json']
  const { code, stdout } = await runCli(['report', 'compare', ...runs, ...gate], { cwd: folder })
  return { code, result: JSON.parse(stdout) as Record<string, unknown> }
}

test('a slowed-down server is red, and the conditions that it broke are named', async () => {
  const { code, result } = await compare('slowed')
  expect(code).toBe(99)
  expect(result).toMatchObject({
    exitCode: 99,
    failOn: [
      { condition: 'p50>+30%', pass: false },
      { condition: 'rate<-30%', pass: false },
    ],
  })
})

test('two equal runs are green', async () => {
  const { code, result } = await compare('equal')
  expect(code).toBe(0)
  expect(result).toMatchObject({
    failOn: [
      { condition: 'p50>+30%', pass: true },
      { condition: 'rate<-30%', pass: true },
    ],
  })
})
