import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialStation } from '../../test/helpers/bare-station.ts'
import { MemoryCli, runInMemory } from '../../test/helpers/memory-cli.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-serve-'))
})
afterAll(() => rm(folder, { recursive: true }))

const listening = /listening on ws:\/\/127\.0\.0\.1:(\d+)/

async function health(cli: MemoryCli): Promise<Record<string, unknown>> {
  const [, port] = await cli.output(listening)
  const response = await fetch(`http://127.0.0.1:${port}/health`)
  return (await response.json()) as Record<string, unknown>
}

describe('csms serve', () => {
  test('listens, prints where, and ends with 0 on the first Ctrl-C', async () => {
    const cli = new MemoryCli(['serve', '--port', '0'])
    expect(await health(cli)).toMatchObject({ status: 'ok' })
    cli.interrupt()
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('--processes is one server: one port, one log, ids and tokens of all', async () => {
    await writeFile(join(folder, 'one.csv'), 'idToken,concurrent\nONE,false\n')
    const hosts = ['--host', '127.0.0.1', '--host', '127.0.0.2']
    const argv = ['serve', '--port', '0', '--processes', '2', '--tokens', 'one.csv', ...hosts]
    const cli = new MemoryCli(argv, { cwd: folder })
    expect(await health(cli)).toMatchObject({ status: 'ok', connections: 0 })
    const [, port] = await cli.output(/listening on ws:\/\/127\.0\.0\.2:(\d+)/)
    const statuses: unknown[] = []
    for (const id of ['CP1', 'CP2', 'CP3']) {
      const station = await dialStation(`ws://127.0.0.2:${port}/${id}`, 'ocpp1.6')
      await station.boot('ocpp1.6')
      await cli.output(new RegExp(`${id} +boot Accepted`))
      const start = {
        connectorId: 1,
        idTag: 'ONE',
        meterStart: 0,
        timestamp: '2026-01-01T00:00:00Z',
      }
      statuses.push((await station.ask('StartTransaction', start))['idTagInfo'])
    }
    const busy = { status: 'ConcurrentTx' }
    expect(statuses).toEqual([{ status: 'Accepted' }, busy, busy])
    cli.interrupt()
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('--durability without --data is refused: there is nothing that it could be said of', async () => {
    const { code, stderr } = await runInMemory(['serve', '--port', '0', '--durability', 'strict'])
    expect(code).toBe(2)
    expect(stderr).toContain('--durability says how --data is kept')
  })

  test('a process that ends by itself ends the server with 1, after the others saved', async () => {
    const data = join(folder, 'data')
    const cli = new MemoryCli(['serve', '--port', '0', '--processes', '2', '--data', data])
    await cli.output(listening)
    const share = join(data, 'processes/2-of-2')
    const lock = (await readdir(share)).find((name) => name.endsWith('.lock')) ?? ''
    process.kill(JSON.parse(await readFile(join(share, lock), 'utf8')).pid, 'SIGKILL')
    const { code, stdout, stderr } = await cli.ended
    expect(code).toBe(1)
    expect(stdout).toContain('FAULT in csms: process 2 of 2 of the CSMS ended (SIGKILL)')
    expect(stderr).toContain('Start the server again')
    expect(await readdir(data)).toEqual(['processes'])
  })

  test('--log-format json prints one object a line', async () => {
    const cli = new MemoryCli(['serve', '--port', '0', '--log-format', 'json'])
    const [line] = await cli.output(/.*\n/)
    expect(JSON.parse(line)).toMatchObject({ type: 'listening', time: expect.any(String) })
    cli.interrupt()
    await cli.ended
  })

  test('knows the stations and tokens of its files', async () => {
    await writeFile(join(folder, 'stations.csv'), 'id,password\nCP1,secret\nCP2,\n')
    await writeFile(join(folder, 'tokens.json'), '["A", {"idToken": "B", "status": "Blocked"}]')
    const files = ['--stations', 'stations.csv', '--tokens', 'tokens.json']
    const cli = new MemoryCli(['serve', '--port', '0', ...files], { cwd: folder })
    const [, port] = await cli.output(listening)
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/stations`)
    expect(await response.json()).toMatchObject([{ id: 'CP1' }, { id: 'CP2' }])
    cli.interrupt()
    await cli.ended
  })

  test('takes the list that csms scenario stations writes for both, and columns of its own', async () => {
    const columns = 'id,fleet,protocol,password,token,tokenType,serial,x-note'
    await writeFile(join(folder, 'fleet.csv'), `${columns}\nCP1,f,ocpp2.1,pw,T1,Central,SN1,ours\n`)
    const files = ['--stations', 'fleet.csv', '--tokens', 'fleet.csv']
    const cli = new MemoryCli(['serve', '--port', '0', ...files], { cwd: folder })
    const [, port] = await cli.output(listening)
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/tokens`)
    expect(await response.json()).toEqual([{ idToken: 'T1', status: 'Accepted', type: 'Central' }])
    cli.interrupt()
    await cli.ended
  })

  test.each([
    ['--tokens', 'bad.json', '[{"idToken": "A", "status": "Fine"}]', '"Fine" is no status'],
    ['--tokens', 'many.json', '[{"idToken": "A", "concurrent": 2}]', 'must be true or false'],
    ['--tokens', 'nameless.json', '[{"status": "Accepted"}]', 'an entry has no "idToken"'],
    ['--stations', 'no-list.json', '{"id": "CP1"}', 'it must hold a list'],
    ['--stations', 'typo.csv', 'id,pasword\nCP1,x\n', '"pasword" is not known: did you mean "pass'],
    ['--tokens', 'more.json', '[{"idToken": "A", "colour": "red"}]', 'there are id, password,'],
    ['--stations', 'syntax.json', '[', 'syntax.json: '],
    ['--stations', 'twice.csv', 'id\nCP1\nCP2\nCP1\n', 'there is a station "CP1" above already'],
  ])('a bad file exits 104 and is named: %s %s', async (flag, name, text, sentence) => {
    await writeFile(join(folder, name), text)
    const { code, stderr } = await runInMemory(['serve', flag, name], { cwd: folder })
    expect(code).toBe(104)
    expect(stderr).toContain(sentence)
  })

  test('a port in use exits 104 and names another way', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, stderr } = await runInMemory(['serve', '--port', String(port)])
    server.close()
    expect(code).toBe(104)
    expect(stderr).toContain('is already in use')
  })
})

describe('csms send', () => {
  test('exits 4 where nobody listens', async () => {
    const argv = ['send', 'CP1', 'Reset', '--api', 'http://127.0.0.1:1']
    const { code, stderr } = await runInMemory(argv)
    expect(code).toBe(4)
    expect(stderr).toContain('No csms answers at http://127.0.0.1:1')
  })

  test('exits 4 for a station that is not connected, and says so', async () => {
    const cli = new MemoryCli(['serve', '--port', '0'])
    const [, port] = await cli.output(listening)
    const argv = ['send', 'CP1', 'Reset', '{"type":"Soft"}', '--api', `http://127.0.0.1:${port}`]
    const { code, stdout, stderr } = await runInMemory(argv)
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toContain('CP1')
    cli.interrupt()
    await cli.ended
  })
})

describe('csms doctor', () => {
  test('--json prints one object with every check', async () => {
    const { code, stdout } = await runInMemory(['doctor', '--json'])
    expect(code).toBe(0)
    const { checks } = JSON.parse(stdout) as { checks: { name: string }[] }
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Node', 'Cores', 'Memory', 'Timers', 'Loopback']),
    )
  })
})
