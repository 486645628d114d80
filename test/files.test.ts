import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CsmsEvent } from '../src/csms/events.ts'
import { type Csms, startCsms } from '../src/csms/start-csms.ts'
import { type ConnectedStation, connectStation } from '../src/harness/connect-station.ts'
import { Serve } from './helpers/serve.ts'
import { simulate } from './helpers/simulate.ts'

/** Everything over real sockets: the CSMS, its file server, and a station that fetches and brings. */

const at = { evse: 1, connector: 1 } as const
let folder: string
let csms: Csms
let station: ConnectedStation
let statuses: string[]
let heard: () => void

function observer(event: CsmsEvent): void {
  if (event.type !== 'notified') return
  const { status } = event.payload as { readonly status?: string }
  statuses.push(`${event.action} ${status ?? ''}`)
  heard()
}

async function until(wanted: string): Promise<void> {
  while (!statuses.includes(wanted)) {
    await new Promise<void>((resolve) => {
      heard = resolve
    })
  }
}

async function answer(action: string, payload: object): Promise<Record<string, unknown>> {
  const outcome = await csms.sendCommand('CP1', action, payload)
  if (outcome.status !== 'answered') throw new Error(JSON.stringify(outcome))
  return outcome.payload as Record<string, unknown>
}

beforeEach(async () => {
  statuses = []
  heard = () => undefined
  folder = await mkdtemp(join(tmpdir(), 'csms-files-'))
  await writeFile(join(folder, 'fw-2.0.1.bin'), Buffer.alloc(300_000, 7))
  csms = await startCsms({ port: 0, filesDir: folder, ftpPort: 0, observer })
  station = await connectStation(csms.url, {
    id: 'CP1',
    speed: 50,
    station: { firmware: { version: '1.0', download: '1s', install: '1s', upload: '1s' } },
  })
})

afterEach(async () => {
  station.close()
  await csms.close()
  await rm(folder, { recursive: true, force: true })
})

const http = () => `http://127.0.0.1:${csms.port}/files`
const ftp = () => `ftp://127.0.0.1:${csms.ftpPort}`
const api = (path: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${csms.port}/api/v1${path}`, init)

describe('the file server and a station', () => {
  test.each([
    ['HTTP', http],
    ['FTP', ftp],
  ])('[1.6 4.5, 5.19] firmware over %s is installed', async (_name, base) => {
    const location = `${base()}/fw-2.0.1.bin`
    await answer('UpdateFirmware', { location, retrieveDate: '2020-01-01T00:00:00Z' })
    await until('FirmwareStatusNotification Installed')
    expect(statuses).toEqual(
      ['Downloading', 'Downloaded', 'Installing', 'Installed'].map(
        (status) => `FirmwareStatusNotification ${status}`,
      ),
    )
    expect(station.actor.variable('firmwareVersion', at)).toBe('2.0.1')
    expect(csms.stations()).toMatchObject([{ id: 'CP1', firmwareVersion: '2.0.1' }])
  })

  test('[1.6 4.5] firmware that is not there fails', async () => {
    const location = `${http()}/other.bin`
    await answer('UpdateFirmware', { location, retrieveDate: '2020-01-01T00:00:00Z' })
    await until('FirmwareStatusNotification DownloadFailed')
    expect(station.actor.variable('firmwareVersion', at)).toBe('1.0')
  })

  test.each([
    ['HTTP', () => `${http()}/uploads/`],
    ['FTP', () => `${ftp()}/uploads/`],
  ])('[1.6 4.4, 5.9] diagnostics over %s arrive, and the operator reads them', async (_n, to) => {
    const { fileName } = await answer('GetDiagnostics', { location: to() })
    await until('DiagnosticsStatusNotification Uploaded')
    const name = String(fileName)
    expect(await readdir(join(folder, 'uploads'))).toEqual([name])
    expect(await readFile(join(folder, 'uploads', name), 'utf8')).toContain('station CP1')
    const listed = await (await api('/files')).json()
    expect(listed).toMatchObject([
      { name: 'fw-2.0.1.bin', kind: 'firmware', bytes: 300_000 },
      { name, kind: 'upload' },
    ])
    expect(await (await api(`/files/uploads/${name}`)).text()).toContain('station CP1')
    expect((await api(`/files/uploads/${name}`, { method: 'DELETE' })).status).toBe(204)
    expect((await api(`/files/uploads/${name}`)).status).toBe(404)
  })

  test('[1.6 SWP N01] a log that may not be stored is told as what it is', async () => {
    const log = { remoteLocation: `${ftp()}/uploads/___?as=it-is` }
    await answer('GetLog', { requestId: 1, logType: 'DiagnosticsLog', log })
    await until('LogStatusNotification PermissionDenied')
    const gopher = { remoteLocation: 'gopher://127.0.0.1/' }
    await answer('GetLog', { requestId: 2, logType: 'DiagnosticsLog', log: gopher })
    await until('LogStatusNotification NotSupportedOperation')
  })
})

test('without a folder there is no file server', async () => {
  await using bare = await startCsms({ port: 0 })
  const base = `http://127.0.0.1:${bare.port}`
  expect((await fetch(`${base}/files/x`)).status).toBe(404)
  expect((await fetch(`${base}/api/v1/files`)).status).toBe(404)
  expect(bare.ftpPort).toBeUndefined()
})

test('serve offers it over several processes, too', async () => {
  await using serve = await Serve.start('--files', folder, '--ftp-port', '0', '--processes', '2')
  const ftpLine = await serve.child.until((line) => String(line['url']).startsWith('ftp:'), 'FTP')
  expect(String(ftpLine['url'])).toMatch(/^ftp:\/\/127\.0\.0\.1:\d+$/)
  const response = await fetch(`${serve.api}/files/fw-2.0.1.bin`)
  expect((await response.arrayBuffer()).byteLength).toBe(300_000)
  expect(await serve.get<object[]>('/api/v1/files')).toMatchObject([{ name: 'fw-2.0.1.bin' }])
})

test('scenarios/firmware-and-logs.yaml passes against the embedded CSMS', async () => {
  const file = join(import.meta.dirname, '../scenarios/firmware-and-logs.yaml')
  const report = await simulate(file)
  expect(report).toMatchObject({ verdict: 'pass', scripts: { completed: 6, failed: 0 } })
  // What the stations of a run uploaded is gone with it.
  expect(await readdir(join(file, '../firmware'))).toEqual(['ac22-2.4.0.bin'])
})
