import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realClock } from '../../platform/real-clock.ts'
import type { Clock } from '../../shared/clock.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import type { HookAnswer, Order } from './hook.ts'
import { loadHooks } from './load-hooks.ts'
import { PlannedHook } from './planned-hook.ts'

const order: Order = {
  stationId: 'CP 1; touch pwned',
  version: 'ocpp1.6',
  action: 'Reset',
  payload: { type: '$(touch pwned)', nothing: '' },
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-hooks-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function ordering(
  text: string,
  timeoutMs = 10_000,
  what = order,
  clock: Clock = realClock,
): Promise<HookAnswer> {
  const loaded = loadHooks({ file: 'hooks.yaml', text }, { SECRET: 'hunter2' }, (path) => path)
  if ('problems' in loaded) throw new Error(loaded.problems.map((one) => one.message).join())
  const tools = { clock, timeoutMs, headers: loaded.plan.headers, folder }
  return new PlannedHook(loaded.plan, tools, () => undefined).order(what)
}

async function byModule(source: string, timeoutMs?: number): Promise<string> {
  const path = join(folder, `${source.length}.mjs`)
  await writeFile(path, source)
  const answer = await ordering(`operations: {Reset: {module: ${path}}}`, timeoutMs)
  return answer.kind === 'failed' ? answer.reason.slice(path.length + 2) : answer.kind
}

describe('a module', () => {
  test('is handed the order, and may take its time', async () => {
    const source = `export default async ({ payload, station }) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      if (payload.type !== '$(touch pwned)' || station !== 'CP 1; touch pwned') throw new Error()
    }`
    expect(await byModule(source)).toBe('accepted')
  })

  test.each([
    ['throws', 'export default () => { throw new Error("boom") }', 'boom'],
    ['throws no error', 'export default () => Promise.reject("no")', 'no'],
    ['throws while it is loaded', 'throw new Error("not today")', 'not today'],
    ['has no default export', 'export const run = 1', 'it has no default export'],
    ['exports no function', 'export default 7', 'its default export is no function'],
    [
      'ends the process',
      'export default () => process.exit(0)',
      'it ended its thread before it was done',
    ],
    [
      'fails behind its own back',
      'export default () => { void Promise.reject(new Error("stray")); return new Promise(() => {}) }',
      'stray',
    ],
  ])('that %s makes no verdict', async (_how, source, reason) => {
    expect(await byModule(source)).toBe(reason)
  })

  test('that never comes back is ended, also in an endless loop', async () => {
    const source = 'export default () => { for (;;); }'
    expect(await byModule(source, 300)).toBe('it took longer than 300 ms')
  })
})

describe('a command', () => {
  test('gets values as words: no shell reads them', async () => {
    const answer = await ordering(
      `operations: {Reset: {command: [node, -e, "process.exit(process.argv[1] === 'CP 1; touch pwned' && process.argv[2] === '$(touch pwned)' ? 0 : 9)", "{{station}}", "{{payload.type}}"]}}`,
    )
    expect(answer).toEqual({ kind: 'accepted' })
  })

  test.each([
    ['has no name', '["{{payload.nothing}}"]', /cannot be empty/],
    ['is not there', '[./nowhere]', /nowhere: spawn .*ENOENT/],
    ['has a word that no system takes', '[node, "a\\0b"]', /null bytes/],
  ])('that %s makes no verdict', async (_how, command, reason) => {
    const answer = await ordering(`operations: {Reset: {command: ${command}}}`)
    expect(answer).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) })
  })

  test('that takes too long is ended with all that it started', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const started = `require('node:net').connect(${port}, '127.0.0.1')`
    const starter = `
      require('node:child_process').spawn(process.execPath, ['-e', process.argv[2]])
      setInterval(() => {}, 1000)`
    await writeFile(join(folder, 'starter.cjs'), starter)
    const clock = new VirtualClock()
    const command = JSON.stringify([process.execPath, 'starter.cjs', started])
    const answer = ordering(`operations: {Reset: {command: ${command}}}`, 300, order, clock)
    const [grandchild] = (await once(server, 'connection')) as [Socket]
    const gone = once(grandchild.on('error', () => undefined).resume(), 'close')
    clock.advance(300)
    expect(await answer).toMatchObject({ reason: expect.stringMatching(/longer than 300 ms$/) })
    await gone
    server.close()
  })
})

describe('an API', () => {
  test('whose URL is none makes no verdict', async () => {
    const answer = await ordering('api: "http://:::"\npreset: generic')
    expect(answer).toEqual({ kind: 'failed', reason: 'Invalid URL' })
  })

  test('whose password holds what separates it is not shown either', async () => {
    const answer = await ordering(
      'operations: {Reset: {http: "http://me:a@hunter2@127.0.0.1:1/x"}}',
    )
    expect(answer).toMatchObject({
      reason: expect.stringMatching(/^POST http:\/\/\*\*\*@127\.0\.0\.1:1\/x: /),
    })
  })

  test('may say more than anybody keeps; keys in its URL are not shown', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(500).end('no '.repeat(2_000_000))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const url = `http://me:hunter2@127.0.0.1:${port}/reset?key=\${SECRET}&kind=soft`
    const answer = await ordering(`operations: {Reset: {http: {url: "${url}"}}}`)
    server.close()
    expect(answer.kind === 'failed' && answer.reason).toMatch(
      /^POST http:\/\/\*\*\*@127.0.0.1:\d+\/reset\?key=\*\*\*&kind=\*\*\* was answered with HTTP 500: no no/,
    )
    expect(JSON.stringify(answer).length).toBeLessThan(400)
  })
})

describe('words that repeat a secret', () => {
  /** How an order fails at an API that answers with these words. */
  async function failing(words: string, hooks: (url: string) => string): Promise<string> {
    const server = createServer((_request, response) => response.writeHead(400).end(words))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const answer = await ordering(hooks(`http://127.0.0.1:${port}`), 10_000, {
      ...order,
      action: 'ChangeConfiguration',
      payload: { key: 'AuthorizationKey', value: 'of-this-station' },
    })
    server.close()
    return answer.kind === 'failed' ? answer.reason.replace(/^.*HTTP 400: /, '') : answer.kind
  }

  const basic = Buffer.from('me:open sesame').toString('base64')
  const padding = 'x'.repeat(190)
  test.each([
    ['of a header', 'key sk-123456 is no key', 'headers: {X-API-Key: sk-123456}'],
    [
      'of a header with a scheme',
      'key sk-123456 is no key',
      'headers: {Authorization: Bearer sk-123456}',
    ],
    [
      'of a password in Basic',
      'key open sesame is no key',
      `headers: {Authorization: Basic ${basic}}`,
    ],
    ['of the payload', 'key of-this-station is no key', ''],
  ])('%s do not show it', async (_where, words, headers) => {
    const hooks = (url: string) => `api: ${url}\npreset: generic\n${headers}`
    expect(await failing(words, hooks)).toBe('key *** is no key')
  })

  test('do not show it where it stands in a URL, or is spelled for one', async () => {
    const hooks = (url: string) => `operations: {"*": {http: "${url}/a?key=abc%20%2Fdef"}}`
    expect(await failing('not abc /def', hooks)).toBe('not ***')
    expect(await failing('not abc%20%2Fdef', hooks)).toBe('not ***')
  })

  test('do not show its beginning where they are cut off', async () => {
    const hooks = (url: string) => `api: ${url}\npreset: generic\nheaders: {X-Key: 0123456789abc}`
    expect(await failing(`${padding}0123456789abc`, hooks)).toBe(`${padding}***`)
  })

  test('stay as they are without one', async () => {
    const hooks = (url: string) => `api: ${url}\npreset: generic\nheaders: {Accept: whatever}`
    expect(await failing('whatever it is', hooks)).toBe('whatever it is')
  })
})
