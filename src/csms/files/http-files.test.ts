import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FileFolder } from './file-folder.ts'
import { withFiles } from './http-files.ts'
import type { UploadLogin } from './upload-login.ts'

let folder: string
let server: Server
let url: string
let alarms: string[]
let login: UploadLogin | undefined

beforeEach(async () => {
  alarms = []
  login = undefined
  folder = await mkdtemp(join(tmpdir(), 'csms-files-'))
  await writeFile(join(folder, 'fw-1.0.bin'), 'firmware')
  const limits = { longestUploadBytes: 100, mostUploads: 2, mostBytes: 1000, mostAtOnce: 9 }
  const files = await FileFolder.open({ folder, limits })
  server = createServer((request, response) => {
    const emit = (event: { readonly type: string }) => alarms.push(event.type)
    const listener = withFiles(files, emit, (_request, other) => other.end('the API'), login)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

/** With a path that `fetch` would tidy up. */
function rawGet(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/`, { path }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('the file server over HTTP', () => {
  test('hands out firmware, for HEAD its length alone', async () => {
    const response = await fetch(`${url}/files/fw-1.0.bin`)
    expect(await response.text()).toBe('firmware')
    const head = await fetch(`${url}/files/fw-1.0.bin`, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe('8')
    expect(await head.text()).toBe('')
  })

  test.each([
    '/files/other.bin',
    '/files/',
    '/files/uploads',
    '/files/../package.json',
    '/files/%2e%2e%2fpackage.json',
    '/files/..%2f..%2fetc%2fpasswd',
    '/files/sub/fw-1.0.bin',
  ])('%s is 404', async (path) => {
    expect(await rawGet(path)).toBe(404)
  })

  test('a path that is no UTF-8 is 400', async () => {
    expect(await rawGet('/files/%ff')).toBe(400)
  })

  test('[2.1 N01.FR.17] takes uploads from nobody but whom it is to take them from', async () => {
    login = { user: 'station', password: 'päss:word' }
    const status = async (authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization }
      const body = 'hello'
      const at = `${url}/files/uploads/CP1.log`
      const response = await fetch(at, { method: 'PUT', body, headers })
      return [response.status, response.headers.get('www-authenticate')]
    }
    const basic = (said: string) => `Basic ${Buffer.from(said).toString('base64')}`
    const refused = [401, 'Basic realm="uploads", charset="UTF-8"']
    expect(await status()).toEqual(refused)
    expect(await status(basic('station:password'))).toEqual(refused)
    expect(await status(basic('somebody:päss:word'))).toEqual(refused)
    expect(await readdir(join(folder, 'uploads'))).toEqual([])
    expect(await status(basic('station:päss:word'))).toEqual([201, null])
    expect((await fetch(`${url}/files/fw-1.0.bin`)).status).toBe(200)
  })

  test.each(['PUT', 'POST'])('%s brings an upload, which nobody fetches here', async (method) => {
    const at = `${url}/files/uploads/CP1.log`
    const response = await fetch(at, { method, body: 'hello' })
    expect([response.status, await response.json()]).toEqual([201, { name: 'CP1.log', bytes: 5 }])
    expect(await readdir(join(folder, 'uploads'))).toEqual(['CP1.log'])
    expect((await fetch(at)).status).toBe(405)
  })

  test('firmware is not overwritten or deleted from here', async () => {
    const at = `${url}/files/fw-1.0.bin`
    expect((await fetch(at, { method: 'PUT', body: 'x' })).status).toBe(405)
    expect((await fetch(at, { method: 'DELETE' })).status).toBe(405)
  })

  test('too long is 413, too many 507, no name 400', async () => {
    const put = (name: string, body: string) =>
      fetch(`${url}/files/uploads/${name}`, { method: 'PUT', body })
    expect((await put('a', 'x'.repeat(101))).status).toBe(413)
    expect((await put('%2f', 'x')).status).toBe(400)
    expect((await put('a', 'x')).status).toBe(201)
    expect((await put('a', 'x')).status).toBe(201)
    expect((await put('a', 'x')).status).toBe(507)
  })

  test('a client that sends far too much hears of it when it is through', async () => {
    const body = Buffer.alloc(5_000_000)
    const response = await fetch(`${url}/files/uploads/a`, { method: 'PUT', body })
    expect(response.status).toBe(413)
    expect(await readdir(join(folder, 'uploads'))).toEqual([])
  })

  test('a client that goes away in the middle leaves nothing, and no alarm', async () => {
    const sent = request(`${url}/files/uploads/a`, {
      method: 'PUT',
      headers: { 'Content-Length': 50 },
    })
    sent.on('error', () => {})
    const parts = () => readdir(join(folder, 'uploads'))
    sent.write('begun')
    while ((await parts()).length === 0) await nextTurn()
    sent.destroy()
    while ((await parts()).length > 0) await nextTurn()
    await nextTurn()
    expect(alarms).toEqual([])
  })

  test('a web page of another site stores nothing', async () => {
    const from = { Origin: 'https://evil.example', 'Content-Type': 'text/plain' }
    const sent = { method: 'POST', body: 'x', headers: from }
    expect((await fetch(`${url}/files/uploads/log.txt`, sent)).status).toBe(403)
    expect(await readdir(join(folder, 'uploads'))).toEqual([])
  })

  test('everything else goes on to the API', async () => {
    expect(await (await fetch(`${url}/filesystem`)).text()).toBe('the API')
  })
})
