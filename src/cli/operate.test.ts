import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../test/helpers/api.ts'
import { knock } from '../../test/helpers/knock.ts'
import { LabPki } from '../../test/helpers/lab-pki.ts'
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
    await using own = await Api.start({})
    const ask = (...argv: readonly string[]) => runInMemory([...argv, '--api', own.base])
    const { id } = await own.booted()
    const { code, stdout } = await ask('stations')
    expect(code).toBe(0)
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^station +connected +protocol/)
    expect(rows.find((row) => row.startsWith(id))).toMatch(/ yes +ocpp1\.6 +Accepted +Acme AC22/)
    const json = await ask('stations', '--connected', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ stations: [{ id, connected: true }] })
    expect((await ask('stations', '--offline')).stderr).toBe(
      'No station is known that is not connected.\n',
    )
    expect((await ask('stations', '--offline', '--connected')).code).toBe(2)
    expect((await ask('stations', 'CP1', '--connected')).code).toBe(2)
    expect((await ask('stations', 'CP1', 'connectors', '--offline')).code).toBe(2)
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
      stderr: 'There is no station NO.\n',
    })
    const { code, stderr } = await ask('stations', 'NO', 'toString')
    expect(code).toBe(2)
    expect(stderr).toContain('there are connectors, ')
  })

  test('adds, changes and removes them; passwords come from files, stdin or the environment', async () => {
    const password = 'sixteen-letters!'
    await writeFile(join(folder, 'password.txt'), `${password}\n`)
    const here = (argv: readonly string[], more: object = {}) =>
      runInMemory([...argv, '--api', api.base], { cwd: folder, ...more })
    const knocked = (id: string, given?: string) =>
      knock({ url: `${api.server.urls[0]}/${id}`, password: given })
    const added = await here(['stations', 'add', 'A1', '--password-file', 'password.txt'])
    expect(added).toMatchObject({ code: 0, stdout: 'A1 is known.\n', stderr: '' })
    expect(await knocked('A1')).toContain('401')
    expect(await knocked('A1', password)).toBe('open')
    expect((await here(['stations', 'password', 'A1'], { stdin: 'another-password\n' })).code).toBe(
      0,
    )
    expect(await knocked('A1', 'another-password')).toBe('open')
    const env = { CSMS_STATION_PASSWORD: password }
    await here(['stations', 'password', 'A1'], { env })
    expect(await knocked('A1', password)).toBe('open')
    await here(['stations', 'password', 'A1', '--no-password'])
    expect(await knocked('A1')).toBe('open')
    expect((await here(['stations', 'password', 'A1'])).code).toBe(2)

    expect((await here(['stations', 'add', 'A{2..3}'])).stdout).toBe('A2 is known.\nA3 is known.\n')
    expect((await here(['stations', 'add', 'A4', 'A5', '--serial', 'S'])).code).toBe(2)
    expect(await here(['stations', 'add', 'A1'])).toMatchObject({ code: 4 })
    await here(['stations', 'change', 'A2', '--security-profile', '2', '--serial', 'SN-2'])
    const security = async () => JSON.parse((await here(['stations', 'A2', 'security'])).stdout)
    expect(await security()).toMatchObject({ securityProfile: 2, serial: 'SN-2' })
    await here(['stations', 'change', 'A2', '--no-security-profile', '--no-serial'])
    expect(await security()).toEqual({ hasPassword: false })
    expect((await here(['stations', 'change', 'A2'])).code).toBe(2)
    expect((await here(['stations', 'remove', 'A2'])).stdout).toBe('A2 is forgotten.\n')
    expect((await here(['stations', 'remove', 'A2'])).code).toBe(4)
    expect((await here(['stations', 'disconnect', 'A3'])).stderr).toBe('A3 is not connected.\n')
  })
})

describe('over TLS', () => {
  let pki: LabPki
  let secure: Api
  let url = ''
  beforeAll(async () => {
    pki = await LabPki.make({ stations: [{ id: 'CP1' }] })
    const { certificatePem: cert, keyPem: key } = await pki.pair('server/rsa')
    const tls = { certificates: [{ cert, key }] }
    secure = await Api.start({ caDir: pki.folder, security: { tls } })
    url = `https://127.0.0.1:${secure.server.port}`
  })
  afterAll(async () => {
    await secure.close()
    await pki[Symbol.asyncDispose]()
  })

  const run = (...argv: readonly string[]) => runInMemory(argv, { cwd: pki.folder })
  const ca = ['--ca', 'trust.pem']

  test('every command that asks takes --ca', async () => {
    const there = ['--api', url, ...ca]
    expect((await run('tokens', 'add', 'T', ...there)).code).toBe(0)
    expect((await run('tokens', 'list', ...there)).stdout).toMatch(/^T +Accepted$/m)
    expect((await run('stations', ...there)).stderr).toContain('No station is known yet')
    expect((await run('send', 'NO', 'ClearCache', ...there)).stderr).toBe(
      'There is no station NO.\n',
    )
    const watch = new MemoryCli(['watch', '--json', ...there], { cwd: pki.folder })
    let line: RegExpExecArray | undefined
    void watch.output(/"tokenChanged"/).then((match) => {
      line = match
    })
    while (!line) await run('tokens', 'add', 'T', ...there)
    watch.interrupt()
    expect((await watch.ended).code).toBe(0)
  })

  test('says what to do where the certificate is not trusted, or the scheme is wrong', async () => {
    const strange = await run('stations', '--api', url)
    expect(strange).toMatchObject({ code: 4 })
    expect(strange.stderr).toMatch(
      /is not trusted: .*--ca; "csms certs init" writes it to trust\.pem/,
    )
    const plain = await run('stations', '--api', url.replace('https', 'http'))
    expect(plain).toMatchObject({ code: 4 })
    expect(plain.stderr).toContain('its URL begins with https://')
    const encrypted = await run('stations', '--api', api.base.replace('http', 'https'), ...ca)
    expect(encrypted).toMatchObject({ code: 4 })
    expect(encrypted.stderr).toContain('its URL begins with http://')
    const missing = await run('stations', '--api', url, '--ca', 'no.pem')
    expect(missing).toMatchObject({ code: 104, stderr: 'no.pem: there is no such file.\n' })
  })

  test('csms certs lists and revokes what a running csms issued', async () => {
    const listed = await run('certs', 'list', url, '--station', 'CP1', ...ca)
    expect(listed.stdout).toMatch(/station +CP1 +CP1 +\d{4}-\d\d-\d\d +valid\n$/)
    const { stdout } = await run('certs', 'revoke', url, 'CP1', '--reason', 'superseded', ...ca)
    expect(stdout).toMatch(/^[0-9A-F]+ \(CP1\) is revoked\.\n$/)
    // The folder says the same.
    const { certificates } = JSON.parse((await run('certs', 'list', '.', '--json')).stdout)
    const [own] = certificates.filter(({ station }: { station?: string }) => station === 'CP1')
    expect(own.revoked.reason).toBe('superseded')
    expect((await run('certs', 'revoke', url, 'NO', ...ca)).code).toBe(4)
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
    expect(listed.tokens).toContainEqual({ idToken: 'D1', status: 'Accepted', ...token })
    expect((await ask('tokens', 'remove', 'D1')).stdout).toBe('D1 is forgotten.\n')
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
    const unknown = await ask('watch', '--types', 'booted,rebooted')
    expect(unknown).toMatchObject({ code: 2 })
    expect(unknown.stderr).toContain('no list of names out of listening, refused')
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
