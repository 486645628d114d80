import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TlsOptions } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KeyPair } from '../ocpp/dial.ts'
import { makeLabPki } from '../platform/pki/lab-pki.ts'
import { realClock } from '../platform/real-clock.ts'
import { tlsHandshake } from './tls-handshake.ts'
import { serverTlsOptions } from './tls-settings.ts'

let folder: string
let ca: string
let ours: TlsOptions
let client: KeyPair

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-handshake-'))
  const pki = join(folder, 'pki')
  const organization = 'Lab'
  const common = { organization, kind: 'ecdsa', days: 1, clock: realClock } as const
  await makeLabPki({ ...common, folder: pki, hosts: ['127.0.0.1'], stations: [{ id: 'CP1' }] })
  const text = (name: string) => readFile(join(pki, name), 'utf8')
  ca = await text('trust.pem')
  const pair = async (name: string) => ({
    cert: await text(`server/${name}.pem`),
    key: await text(`server/${name}.key`),
  })
  client = { cert: await text('stations/CP1.pem'), key: await text('stations/CP1.key') }
  ours = serverTlsOptions({ certificates: [await pair('rsa'), await pair('ecdsa')] })
})
afterAll(() => rm(folder, { recursive: true }))

async function listening(server: Server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `wss://127.0.0.1:${port}`, [Symbol.dispose]: () => void server.close() }
}

test('[1.6 SWP A00.FR.421] tells what was agreed to, and the key behind it', async () => {
  using server = await listening(createServer(ours))
  const timeoutMs = 5000
  const rsa = { version: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' } as const
  expect(await tlsHandshake(server.url, rsa, { ca, timeoutMs })).toMatchObject({
    kind: 'agreed',
    protocol: 'TLSv1.2',
    cipher: 'AES128-GCM-SHA256',
    key: 'rsa',
    fault: undefined,
  })
  const ec = { version: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' } as const
  expect(await tlsHandshake(server.url, ec, { ca, timeoutMs })).toMatchObject({
    key: 'ec',
    keyBits: 256,
  })
  expect(await tlsHandshake(server.url, {}, { timeoutMs })).toMatchObject({
    protocol: 'TLSv1.3',
    fault: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  })
})

test('[1.6 SWP A00.FR.313] offers TLS 1.1 in earnest: who takes it agrees to it', async () => {
  using strict = await listening(createServer(ours))
  using lax = await listening(
    createServer({ ...ours, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  )
  const old = { version: 'TLSv1.1' } as const
  expect(await tlsHandshake(strict.url, old, { ca, timeoutMs: 5000 })).toEqual({
    kind: 'refused',
    detail: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  })
  expect(await tlsHandshake(lax.url, old, { ca, timeoutMs: 5000 })).toMatchObject({
    kind: 'agreed',
    protocol: 'TLSv1.1',
  })
})

test('[2.0.1 A00.FR.402] shows its certificate where the server wants one', async () => {
  using server = await listening(
    createServer({ ...ours, ca, requestCert: true, rejectUnauthorized: true }),
  )
  const shown = { version: 'TLSv1.2', client } as const
  expect(await tlsHandshake(server.url, shown, { ca, timeoutMs: 5000 })).toMatchObject({
    kind: 'agreed',
    commonName: '127.0.0.1',
  })
  const hidden = { version: 'TLSv1.2' } as const
  expect(await tlsHandshake(server.url, hidden, { ca, timeoutMs: 5000 })).toMatchObject({
    kind: 'refused',
  })
})

test('a certificate that is none is an error of who asks, and no refusal', async () => {
  using server = await listening(createServer(ours))
  const none = { client: { cert: 'none', key: 'none' } }
  await expect(tlsHandshake(server.url, none, { timeoutMs: 5000 })).rejects.toThrow()
})

test('a server that says nothing has not refused', async () => {
  using silent = await listening(createTcpServer((socket) => socket.unref()))
  expect(await tlsHandshake(silent.url, {}, { timeoutMs: 50 })).toMatchObject({ kind: 'timeout' })
})
