import { type ConnectionOptions, connect } from 'node:tls'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Csms, startCsms } from '../src/csms/start-csms.ts'
import { LabPki } from './helpers/lab-pki.ts'

const dayMs = 86_400_000
let pki: LabPki
let ca: string
let csms: Csms

const pair = async (name: string) => {
  const { certificatePem: cert, keyPem: key } = await pki.pair(name)
  return { cert, key }
}

beforeAll(async () => {
  pki = await LabPki.make({ stations: ['CP1', 'CP2', 'CP3'].map((id) => ({ id })) })
  ca = await pki.text('trust.pem')
  const tls = { certificates: [await pair('server/rsa')], clientCa: ca }
  csms = await startCsms({ port: 0, caDir: pki.folder, security: { profile: 3, tls } })
})

afterAll(async () => {
  await csms.close()
  await pki[Symbol.asyncDispose]()
})

interface Met {
  readonly status: number
  readonly resumed: boolean
  /** What the next connection may resume. */
  readonly session: Buffer
}

/** Asks to be a station, by hand, once the server has sent a session ticket. */
function ask(id: string, options: ConnectionOptions): Promise<Met> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: csms.port, host: '127.0.0.1', ...options })
    // One that is resumed need not be renewed.
    let { session } = options
    let status: number | undefined
    const done = () => {
      if (session === undefined || status === undefined) return
      resolve({ status, resumed: socket.isSessionReused(), session })
      socket.destroy()
    }
    socket.on('session', (ticket) => {
      session = ticket
      done()
    })
    socket.once('data', (answer) => {
      status = Number(/^HTTP\/1\.1 (\d+)/.exec(String(answer))?.[1])
      done()
    })
    socket.on('error', reject)
    socket.write(
      [
        `GET /${id} HTTP/1.1`,
        'Host: csms',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        'Sec-WebSocket-Protocol: ocpp1.6',
        '\r\n',
      ].join('\r\n'),
    )
  })
}

const versions = ['TLSv1.2', 'TLSv1.3'] as const

test.each(versions)('%s: the session of one station is no way in as another', async (version) => {
  const same = { ca, minVersion: version, maxVersion: version }
  const first = await ask('CP1', { ...same, ...(await pair('stations/CP1')) })
  expect(first).toMatchObject({ status: 101, resumed: false })
  const { session } = first
  expect(await ask('CP1', { ...same, session })).toMatchObject({ status: 101, resumed: true })
  expect(await ask('CP2', { ...same, session })).toMatchObject({ status: 403, resumed: true })
  const own = await pair('stations/CP2')
  expect(await ask('CP2', { ...same, ...own, session })).toMatchObject({ status: 403 })
})

test.each(versions)('%s: nor once its certificate was revoked, or expired', async (version) => {
  const same = { ca, minVersion: version, maxVersion: version }
  const id = version === 'TLSv1.2' ? 'CP4' : 'CP5'
  const {
    certificatePem: cert,
    keyPem: key,
    entry,
  } = await pki.authority.issueStation({
    id,
    kind: 'ecdsa',
    days: 10,
  })
  const { session } = await ask(id, { ...same, cert, key })
  expect(await ask(id, { ...same, session })).toMatchObject({ status: 101, resumed: true })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * dayMs })
  try {
    expect(await ask(id, { ...same, session })).toMatchObject({ status: 403, resumed: true })
  } finally {
    vi.useRealTimers()
  }
  await pki.authority.revoke(entry.serial, 'keyCompromise')
  const refused = async () => (await ask(id, { ...same, session })).status
  await expect.poll(refused, { timeout: 5_000, interval: 200 }).toBe(403)
})

test('a certificate that is for servers proves no station', async () => {
  for (const name of ['server/rsa', 'firmware/signer']) {
    expect(await ask('CP3', { ca, ...(await pair(name)) })).toMatchObject({ status: 403 })
  }
})

test('renegotiation is refused', async () => {
  const options = { ca, port: csms.port, host: '127.0.0.1', maxVersion: 'TLSv1.2' } as const
  const socket = connect({ ...options, ...(await pair('stations/CP3')) })
  const failed = new Promise<Error>((resolve) => socket.on('error', resolve))
  socket.once('secureConnect', () => socket.renegotiate({}, () => undefined))
  expect((await failed).message).toMatch(/renegotiation|handshake failure/i)
})
