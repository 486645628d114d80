import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'
import { dialStation } from '../../../test/helpers/bare-station.ts'

describe('hostile requests', () => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({ messageLog: 10 })
  })
  afterAll(() => api.close())

  /** The beginning of what is answered to these bytes. */
  async function raw(...pieces: readonly string[]): Promise<string> {
    const socket = connect(api.server.port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes('\r\n')) socket.destroy()
    })
    // What is refused may be cut off while it is still written.
    socket.on('error', () => undefined)
    for (const piece of pieces) socket.write(piece)
    await once(socket, 'close')
    return text
  }

  const head = (line: string, ...headers: readonly string[]) =>
    `${[line, 'Host: 127.0.0.1', ...headers].join('\r\n')}\r\n\r\n`

  test.each([
    ['nonsense', '\u0000\u0001\u0002\r\n\r\n', 400],
    ['no path', head('GET http:/// HTTP/1.1'), 400],
    ['a path with a host', head('GET //evil.example/api/v1/stations HTTP/1.1'), 400],
    ['every method that there is not', head('BREW /api/v1/stations HTTP/1.1'), 400],
    ['a method that is not answered', head('TRACE /api/v1/stations HTTP/1.1'), 405],
    ['a path upwards', head('GET /api/v1/stations/../../../etc/passwd HTTP/1.1'), 404],
    ['a path upwards, encoded', head('GET /api/v1/stations/..%2f..%2fetc HTTP/1.1'), 404],
    ['a prototype’s name', head('GET /api/v1/stations/__proto__ HTTP/1.1'), 404],
    ['a prototype’s name as a part', head('GET /api/v1/stations/A/constructor HTTP/1.1'), 404],
    ['headers without end', head('GET /health HTTP/1.1', `X: ${'x'.repeat(20_000)}`), 431],
    ['two lengths', head('POST /x HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2'), 400],
    [
      'a length and chunks',
      head('POST /x HTTP/1.1', 'Content-Length: 1', 'Transfer-Encoding: chunked'),
      400,
    ],
    [
      'a length that is too long, before a byte of it',
      head('PUT /api/v1/tokens/A HTTP/1.1', 'Content-Length: 999999999999'),
      413,
    ],
    [
      'an upgrade to something else',
      head('GET /health HTTP/1.1', 'Connection: Upgrade', 'Upgrade: h2c'),
      400,
    ],
  ])('%s: %#', async (_what, bytes, status) => {
    expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect((await api.get('/health/live')).status).toBe(200)
  })

  test('a body without end is cut off', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const chunks = Array.from({ length: 40 }, () => chunk)
    const start = head('PUT /api/v1/tokens/A HTTP/1.1', 'Transfer-Encoding: chunked')
    expect(await raw(start, ...chunks)).toMatch(/^HTTP\/1\.1 413 /)
    expect((await api.get('/health/live')).status).toBe(200)
  })

  test('a body that is nested a hundred thousand deep breaks nothing', async () => {
    const { id } = await api.booted()
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const path = `/api/v1/stations/${id}/commands`
    const sent = await api.post(`${path}/DataTransfer`, `{"vendorId":"v","data":${deep}}`)
    expect(sent.status).toBe(400)
    expect((await api.send('PUT', '/api/v1/tokens/A', deep)).status).toBe(400)
    const modern = await dialStation(`${api.server.urls[0]}/DEEP`, 'ocpp2.0.1')
    await modern.boot('ocpp2.0.1')
    const any = await api.post(
      '/api/v1/stations/DEEP/commands/DataTransfer?wait=100ms',
      `{"vendorId":"v","data":${deep}}`,
    )
    expect(any).toMatchObject({ status: 400, body: { error: { code: 'INVALID_JSON' } } })
    expect((await api.get('/api/v1/messages')).status).toBe(200)
    expect((await api.get('/health/live')).status).toBe(200)
  })

  test('requests that are given up in the middle break nothing', async () => {
    const { id, station, commands } = await api.booted()
    const over = new AbortController()
    const asked = fetch(`${api.base}${commands}/ClearCache`, {
      method: 'POST',
      signal: over.signal,
    }).catch(() => 'given up')
    await expect.poll(() => station.heard.length).toBe(2)
    over.abort()
    expect(await asked).toBe('given up')
    station.serve = () => ({ status: 'Accepted' })
    const [, messageId] = station.heard[1] ?? []
    station.socket.send(JSON.stringify([3, messageId, { status: 'Accepted' }]))
    const { body } = await api.post(`/api/v1/stations/${id}/commands/ClearCache`, '{}')
    expect(body).toEqual({ status: 'answered', payload: { status: 'Accepted' } })
  })
})
