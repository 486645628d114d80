import { once } from 'node:events'
import { type ConnectionOptions, connect } from 'node:tls'
import { beforeAll, describe, expect, test } from 'vitest'
import { LabAuthority } from '../../test/helpers/lab-certificates.ts'
import type { ConnectFailure, KeyPair, StationTls, TlsHandshake } from '../ocpp/dial.ts'
import type { Socket } from '../ocpp/socket.ts'
import { realClock } from '../platform/real-clock.ts'
import type { UpgradeRequest } from './admission.ts'
import type { ServerTls } from './tls-settings.ts'
import { type WebSocketDialOptions, webSocketDial } from './websocket-client.ts'
import { listenWebSocket } from './websocket-server.ts'

let lab: LabAuthority
let stranger: LabAuthority
let certificates: readonly KeyPair[]

beforeAll(async () => {
  lab = await LabAuthority.make('lab root')
  stranger = await LabAuthority.make('another root')
  const server = {
    role: 'server',
    commonName: 'csms.lab',
    hosts: ['csms.lab', '127.0.0.1'],
  } as const
  certificates = [
    await lab.issue({ ...server, kind: 'rsa' }),
    await lab.issue({ ...server, kind: 'ecdsa' }),
  ]
})

/** An echo server with TLS. */
async function listening(tls: Partial<ServerTls> = {}) {
  const requests: UpgradeRequest[] = []
  const failures: string[] = []
  let failed: () => void = () => undefined
  const failure = new Promise<void>((resolve) => {
    failed = resolve
  })
  const listener = await listenWebSocket<undefined>({
    clock: realClock,
    hosts: ['127.0.0.1'],
    secure: { port: 0, tls: { certificates, ...tls } },
    maxPayload: 64 * 1024,
    maxConnections: 10,
    compression: false,
    admit(request) {
      requests.push(request)
      return { ticket: undefined, protocol: 'ocpp1.6' }
    },
    accepted: (socket) =>
      socket.listen({
        text: (text) => socket.send(text),
        binary: () => undefined,
        closed: () => undefined,
      }),
    request: (_request, response) => void response.end('HTTP within TLS'),
    handshakeFailed(reason) {
      failures.push(reason)
      failed()
    },
  })
  return {
    requests,
    failures,
    failure,
    port: listener.securePort,
    plainPort: listener.port,
    [Symbol.asyncDispose]: () => listener.close(1001, 'test over', 200),
  }
}

type Dialled =
  | { readonly socket: Socket; readonly tls: TlsHandshake | undefined }
  | { readonly failure: ConnectFailure; readonly detail: string }

function dialOnce(dial: ReturnType<typeof webSocketDial>, url: string, tls?: StationTls) {
  return new Promise<Dialled>((resolve) => {
    dial(
      { url, protocols: ['ocpp1.6'], headers: {}, timeoutMs: 5000, tls: tls && (() => tls) },
      {
        opened: (socket, handshake) => resolve({ socket, tls: handshake }),
        failed: (failure, detail) => resolve({ failure, detail }),
      },
    )
  })
}

const dialling = (port: number, options: WebSocketDialOptions = {}, tls?: StationTls) =>
  dialOnce(webSocketDial({ ca: lab.ca, ...options }), `wss://127.0.0.1:${port}/CP1`, tls)

async function opened(dialled: Promise<Dialled>) {
  const result = await dialled
  if ('failure' in result) throw new Error(`${result.failure}: ${result.detail}`)
  return result
}

function echo(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve) => {
    socket.listen({ text: resolve, binary: () => undefined, closed: () => undefined })
    socket.send(text)
  })
}

/** A bare TLS handshake; resolves to what was negotiated, or the error's code. */
async function handshake(port: number, options: ConnectionOptions): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', ca: lab.ca, ...options })
  try {
    await once(socket, 'secureConnect')
    return `${socket.getProtocol()} ${socket.getCipher().standardName}`
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  } finally {
    socket.destroy()
  }
}

describe('TLS of the server', () => {
  test.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
    ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
    ['AES128-GCM-SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256'],
    ['AES256-GCM-SHA384', 'TLS_RSA_WITH_AES_256_GCM_SHA384'],
  ])('[1.6 SWP A00.FR.317] speaks the mandatory suite %s', async (ciphers, name) => {
    await using server = await listening()
    expect(await handshake(server.port, { ciphers, maxVersion: 'TLSv1.2' })).toBe(`TLSv1.2 ${name}`)
  })

  test('speaks TLS 1.3', async () => {
    await using server = await listening()
    expect(await handshake(server.port, { minVersion: 'TLSv1.3' })).toMatch(/^TLSv1.3 TLS_AES/)
  })

  test('speaks no suite without authenticated encryption, and tells why it hung up', async () => {
    await using server = await listening()
    const cbc = { ciphers: 'ECDHE-RSA-AES128-SHA256', maxVersion: 'TLSv1.2' } as const
    expect(await handshake(server.port, cbc)).toMatch(/ALERT_HANDSHAKE_FAILURE/)
    await server.failure
    expect(server.failures).toEqual(['no shared cipher'])
  })

  test('[1.6 SWP A00.FR.313] TLS below 1.2 is refused, and the reason told', async () => {
    await using server = await listening()
    const old = {
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const
    expect(await handshake(server.port, old)).toMatch(/ALERT_PROTOCOL_VERSION/)
    await server.failure
    expect(server.failures).toEqual(['unsupported protocol'])
  })

  test('plain HTTP at the port of TLS is a failed handshake', async () => {
    await using server = await listening()
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow()
    await server.failure
    expect(server.failures).toEqual(['http request'])
  })

  test('a certificate that does not fit its key is CSMS_TLS_INVALID', async () => {
    const [one, other] = certificates
    const mixed = [{ cert: one?.cert ?? '', key: other?.key ?? '' }]
    await expect(listening({ certificates: mixed })).rejects.toMatchObject({
      code: 'CSMS_TLS_INVALID',
    })
  })

  test('both ports may be open, and what is not asked for is not', async () => {
    await using server = await listening()
    expect(server.plainPort).toBe(0)
    const both = await listenWebSocket<undefined>({
      clock: realClock,
      hosts: ['127.0.0.1'],
      port: 0,
      secure: { port: 0, tls: { certificates } },
      maxPayload: 1024,
      maxConnections: 10,
      compression: false,
      admit: () => ({ ticket: undefined, protocol: 'ocpp1.6' }),
      accepted: () => undefined,
      request: (_request, response) => void response.end('plain'),
    })
    const answer = await fetch(`http://127.0.0.1:${both.port}/`)
    expect(await answer.text()).toBe('plain')
    expect(both.securePort).not.toBe(both.port)
    await both.close(1001, '', 100)
  })
})

describe('TLS of a station', () => {
  test('frames of every length pass, and the handshake is timed apart', async () => {
    await using server = await listening()
    const { socket, tls } = await opened(dialling(server.port))
    for (const length of [1, 200, 20_000, 60_000]) {
      const text = `ä${'x'.repeat(length)}`
      expect(await echo(socket, text)).toBe(text)
    }
    expect(tls).toMatchObject({ resumed: false, protocol: 'TLSv1.3' })
    expect(tls?.micros).toBeGreaterThan(0)
    expect(tls?.root()?.replace(/\s/g, '')).toBe(lab.ca.replace(/\s/g, ''))
    expect(server.requests[0]?.tls).toMatchObject({ protocol: 'TLSv1.3', certificate: undefined })
    socket.terminate()
  })

  test.each(['1.2', '1.3'] as const)('speaks TLS %s alone where it is told to', async (version) => {
    await using server = await listening()
    const { socket, tls } = await opened(dialling(server.port, { version }))
    expect(tls?.protocol).toBe(`TLSv${version}`)
    socket.terminate()
  })

  test.each(['1.2', '1.3'] as const)(
    'a second connection of TLS %s resumes the first, one of another station does not',
    async (version) => {
      await using server = await listening()
      const dial = webSocketDial({ ca: lab.ca, version })
      const url = `wss://127.0.0.1:${server.port}`
      const first = await opened(dialOnce(dial, `${url}/CP1`))
      // The tickets of TLS 1.3 come behind the handshake.
      await echo(first.socket, 'ticket')
      const again = await opened(dialOnce(dial, `${url}/CP1`))
      const other = await opened(dialOnce(dial, `${url}/CP2`))
      expect([first.tls?.resumed, again.tls?.resumed, other.tls?.resumed]).toEqual([
        false,
        true,
        false,
      ])
      for (const { socket } of [first, again, other]) socket.terminate()
    },
  )

  test('resumption can be switched off', async () => {
    await using server = await listening()
    const dial = webSocketDial({ ca: lab.ca, resume: false })
    const url = `wss://127.0.0.1:${server.port}/CP1`
    const first = await opened(dialOnce(dial, url))
    await echo(first.socket, 'ticket')
    const again = await opened(dialOnce(dial, url))
    expect(again.tls?.resumed).toBe(false)
    for (const { socket } of [first, again]) socket.terminate()
  })

  test('its certificate reaches the admission, resumed or not; a new one begins a new session', async () => {
    await using server = await listening({ clientCa: lab.ca })
    const dial = webSocketDial({ ca: lab.ca })
    const url = `wss://127.0.0.1:${server.port}/CP1`
    const first = await lab.issue({ role: 'station', commonName: 'CP1', organization: 'cpo' })
    const second = await lab.issue({ role: 'station', commonName: 'CP1', organization: 'cpo' })
    for (const client of [first, first, second]) {
      const { socket } = await opened(dialOnce(dial, url, { client }))
      await echo(socket, 'ticket')
      socket.terminate()
    }
    const seen = server.requests.map(({ tls }) => [tls?.resumed, tls?.certificate?.serialNumber])
    expect(seen).toEqual([
      [false, first.serial],
      [true, first.serial],
      [false, second.serial],
    ])
    expect(server.requests[1]?.tls?.certificate).toMatchObject({
      commonNames: ['CP1'],
      organizations: ['cpo'],
      fault: undefined,
    })
  })

  test('certificates of strangers and expired ones come with their fault', async () => {
    await using server = await listening({ clientCa: lab.ca })
    const expired = await lab.issue({ role: 'station', commonName: 'CP1', days: -1 })
    const foreign = await stranger.issue({ role: 'station', commonName: 'CP1' })
    const both = await stranger.issue({ role: 'station', commonName: 'CP1', days: -1 })
    for (const client of [expired, foreign, both]) {
      const { socket } = await opened(dialling(server.port, {}, { client }))
      socket.terminate()
    }
    const faults = server.requests.map(({ tls }) => tls?.certificate?.fault)
    expect(faults[0]).toBe('CERT_HAS_EXPIRED')
    expect(faults[1]).toMatch(/UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF)/)
    expect(faults[2]).toBeDefined()
  })

  test('[1.6 SWP A00.FR.501] a certificate with a key that is too weak comes with its fault', async () => {
    await using server = await listening({ clientCa: lab.ca })
    const client = await lab.issue({ role: 'station', commonName: 'CP1', kind: 'weak' })
    const { socket } = await opened(dialling(server.port, {}, { client }))
    socket.terminate()
    // Node has no name for it.
    expect(server.requests[0]?.tls?.certificate?.fault).toBe('UNSPECIFIED')
  })

  test('a server that it cannot trust is a tls failure that names the code', async () => {
    await using server = await listening()
    const unknown = await dialling(server.port, { ca: stranger.ca })
    expect(unknown).toMatchObject({ failure: 'tls', detail: /\((UNABLE_TO|SELF_SIGNED)\w+\)$/ })
    const system = await dialling(server.port, { ca: undefined })
    expect(system).toMatchObject({ failure: 'tls' })
    const { socket } = await opened(dialling(server.port, { ca: stranger.ca, insecure: true }))
    socket.terminate()
  })

  test('--resolve connects elsewhere; name and certificate are checked as the URL says', async () => {
    await using server = await listening()
    const { port } = server
    const resolve = { [`csms.lab:${port}`]: '127.0.0.1', [`other.lab:${port}`]: '127.0.0.1' }
    const dial = webSocketDial({ ca: lab.ca, resolve })
    const { socket } = await opened(dialOnce(dial, `wss://csms.lab:${port}/CP1`))
    socket.terminate()
    expect(await dialOnce(dial, `wss://other.lab:${port}/CP1`)).toMatchObject({
      failure: 'tls',
      detail: /ERR_TLS_CERT_ALTNAME_INVALID/,
    })
  })

  test('PEM that cannot be read fails the attempt, not the process', async () => {
    await using server = await listening()
    const client = { cert: 'no certificate', key: 'no key' }
    expect(await dialling(server.port, {}, { client })).toMatchObject({ failure: 'tls' })
  })

  test('a server that hangs up during the handshake is a tls failure', async () => {
    const { createServer } = await import('node:net')
    const silent = createServer((socket) => socket.destroy())
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    expect(await dialling(port)).toMatchObject({ failure: 'tls' })
    silent.close()
  })
})
