import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../test/helpers/api.ts'
import { MemoryCli, runInMemory } from '../../test/helpers/memory-cli.ts'

let folder = ''
let api: Api
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-operate-'))
  api = await Api.start({ messageLog: 100, tokens: [{ idToken: 'T1', status: 'Accepted' }] })
})
afterAll(async () => {
  await api.close()
  await rm(folder, { recursive: true })
})

/** A command line that asks the server of these tests. */
const ask = (...argv: readonly string[]) => runInMemory([...argv, '--api', api.base])

describe('csms stations', () => {
  test('lists them as a table and as JSON', async () => {
    const { id } = await api.booted()
    const { code, stdout } = await ask('stations')
    expect(code).toBe(0)
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^station +connected +protocol/)
    expect(rows.find((row) => row.startsWith(id))).toMatch(/ yes +ocpp1\.6 +Accepted +Acme AC22/)
    const json = await ask('stations', '--connected', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject([{ id, connected: true }])
  })

  test('shows one, and a part of one', async () => {
    const { id, station } = await api.booted()
    const status = { connectorId: 1, status: 'Available', errorCode: 'NoError' }
    await station.ask('StatusNotification', status)
    expect(JSON.parse((await ask('stations', id)).stdout)).toMatchObject({ id, configuration: {} })
    expect(JSON.parse((await ask('stations', id, 'connectors')).stdout)).toMatchObject([status])
    const messages = JSON.parse((await ask('stations', id, 'messages')).stdout)
    expect(messages[0]).toMatchObject({ action: 'BootNotification' })
  })

  test('an unknown station exits 4, an unknown part 2', async () => {
    expect(await ask('stations', 'NO')).toMatchObject({
      code: 4,
      stderr: `${api.base}: There is no station NO.\n`,
    })
    const { code, stderr } = await ask('stations', 'NO', 'toString')
    expect(code).toBe(2)
    expect(stderr).toContain('there are connectors, ')
  })
})

describe('csms tokens', () => {
  test('makes, blocks, lists and forgets', async () => {
    const options = ['--group', 'G', '--expiry', '2030-01-01T00:00:00Z', '--one-at-a-time']
    const token = { groupId: 'G', expiry: '2030-01-01T00:00:00Z', concurrent: false }
    const made = await ask('tokens', 'add', 'D1', ...options)
    expect(JSON.parse(made.stdout)).toEqual({ idToken: 'D1', status: 'Accepted', ...token })
    expect((await ask('tokens', 'block', 'D1')).code).toBe(0)
    expect((await ask('tokens', 'list')).stdout).toMatch(
      /^D1 +Blocked +G +2030-01-01T00:00:00Z +one$/m,
    )
    await ask('tokens', 'unblock', 'D1')
    const listed = JSON.parse((await ask('tokens', 'list', '--json')).stdout)
    expect(listed).toContainEqual({ idToken: 'D1', status: 'Accepted', ...token })
    expect(await ask('tokens', 'remove', 'D1')).toMatchObject({ code: 0, stdout: '' })
    expect(await ask('tokens', 'remove', 'D1')).toMatchObject({ code: 4 })
    expect((await ask('tokens', 'list')).stdout).not.toContain('D1')
  })

  test('a status that there is not exits 2', async () => {
    expect((await ask('tokens', 'add', 'D1', '--status', 'Fine')).code).toBe(2)
  })
})

describe('csms watch', () => {
  test('prints a line for everything that happens until it is interrupted', async () => {
    const watch = new MemoryCli(['watch', '--frames', '--api', api.base])
    // The stream stands when the first of many boots is seen.
    const booted = watch.output(/(\S+) +boot Accepted: Acme AC22/)
    let seen = false
    void booted.then(() => {
      seen = true
    })
    while (!seen) await api.booted()
    expect(await watch.output(/<- \[2,"s1","BootNotification"/)).not.toBeNull()
    watch.interrupt()
    expect(await watch.ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('--json prints one object a line, of one station and type', async () => {
    const argv = ['--station', 'W', '--types', 'booted', '--json', '--api', api.base]
    const watch = new MemoryCli(['watch', ...argv])
    let line: RegExpExecArray | undefined
    void watch.output(/.*\n/).then((match) => {
      line = match
    })
    while (!line) {
      const { station } = await api.booted('W')
      station.socket.close(1000, '')
    }
    expect(JSON.parse(line[0])).toMatchObject({
      type: 'booted',
      stationId: 'W',
      time: expect.stringMatching(/Z$/),
    })
    watch.interrupt()
    expect((await watch.ended).stdout).not.toContain('connected')
  })

  test('comes back to a server that was started again', async () => {
    const first = await Api.start({})
    const { port } = first.server
    const watch = new MemoryCli(['watch', '--api', first.base])
    let seen = false
    void watch.output(/boot Accepted/).then(() => {
      seen = true
    })
    while (!seen) await first.booted()
    await first.close()
    await using second = await Api.start({ port })
    await expect.poll(() => watch.stderr).toContain('The csms is back.')
    expect(watch.stderr).toContain('What happened in between is not known any more.')
    await second.booted('BACK')
    await watch.output(/BACK +boot Accepted/)
    watch.interrupt()
    expect((await watch.ended).code).toBe(0)
  })

  test('exits 4 where nobody listens, and where a type is none', async () => {
    expect((await runInMemory(['watch', '--api', 'http://127.0.0.1:1'])).code).toBe(4)
    expect(await ask('watch', '--types', 'a b')).toMatchObject({ code: 4 })
  })
})

describe('csms api-keys', () => {
  test('makes keys that serve takes, shown once and kept as hashes only', async () => {
    const made = await runInMemory(['api-keys', 'add', 'keys.json', 'me'], { cwd: folder })
    expect(made.stdout).toMatch(/^csms_[\w-]{43}\n$/)
    const key = made.stdout.trim()
    const file = join(folder, 'keys.json')
    expect(await readFile(file, 'utf8')).not.toContain(key.slice(5))
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    await runInMemory(['api-keys', 'add', 'keys.json', 'eye', '--role', 'viewer'], { cwd: folder })
    const listed = await runInMemory(['api-keys', 'list', 'keys.json'], { cwd: folder })
    expect(listed.stdout).toBe('operator  me\nviewer    eye\n')

    const serve = new MemoryCli(
      ['serve', '--host', '0.0.0.0', '--port', '0', '--api-keys', 'keys.json', '--api-rate', '50'],
      { cwd: folder },
    )
    const [, port] = await serve.output(/listening on ws:\/\/0\.0\.0\.0:(\d+)/)
    const there = ['--api', `http://127.0.0.1:${port}`]
    expect((await runInMemory(['tokens', 'add', 'X', ...there])).stderr).toContain(
      'Send an API key',
    )
    expect((await runInMemory(['tokens', 'add', 'X', ...there, '--api-key', key])).code).toBe(0)
    expect(
      (await runInMemory(['tokens', 'list', ...there], { env: { CSMS_API_KEY: key } })).stdout,
    ).toContain('X')
    const sent = await runInMemory(['send', 'NO', 'Reset', '-', ...there, '--api-key', key], {
      stdin: '{"type":"Soft"}',
    })
    expect(sent).toMatchObject({ code: 4, stderr: 'There is no station NO.\n' })
    const refused = await runInMemory(['send', 'NO', 'Reset', ...there])
    expect(refused).toMatchObject({ code: 4 })
    expect(refused.stderr).toContain('Send an API key')
    const scenario =
      'name: s\nfleets:\n  - name: a\n    script: [boot, command: {action: ClearCache}]\n'
    await writeFile(join(folder, 's.yaml'), scenario)
    const target = ['--target', `ws://127.0.0.1:${port}`, ...there]
    const run = (...more: readonly string[]) =>
      runInMemory(['simulate', 's.yaml', ...target, ...more], { cwd: folder })
    expect((await run('--api-key', key)).code).toBe(0)
    const unkeyed = await run()
    expect(unkeyed.code).toBe(3)
    expect(unkeyed.stdout).toContain('1 of 1 script failed: command')
    serve.interrupt()
    expect((await serve.ended).code).toBe(0)

    const remove = () => runInMemory(['api-keys', 'remove', 'keys.json', 'me'], { cwd: folder })
    expect((await remove()).code).toBe(0)
    expect((await remove()).code).toBe(2)
  })

  test.each([
    ['two.json', '[{"name":"a","role":"king","hash":""}]', 'is none of viewer, operator, admin'],
    ['hash.json', '[{"name":"a","role":"admin","hash":"csms_x"}]', 'the hash of a is none'],
    ['none.json', '[]', 'it holds no key'],
    ['nameless.json', '[{"role":"admin"}]', 'a key has no "name"'],
  ])('serve refuses %s with 104', async (name, text, sentence) => {
    await writeFile(join(folder, name), text)
    const { code, stderr } = await runInMemory(['serve', '--api-keys', name], { cwd: folder })
    expect(code).toBe(104)
    expect(stderr).toContain(sentence)
  })

  test.each(['0.0.0.0', '::', '192.0.2.7', 'csms.example'])(
    'serve --host %s without keys exits 104 and says what to do',
    async (host) => {
      const { code, stderr } = await runInMemory(['serve', '--port', '0', '--host', host])
      expect(code).toBe(104)
      expect(stderr).toContain('csms api-keys add')
    },
  )
})
