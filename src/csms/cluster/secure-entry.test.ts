import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { LabAuthority } from '../../../test/helpers/lab-certificates.ts'
import { SecureEntry } from './secure-entry.ts'

/** A busy machine may use up the patience of the server before hands are shaken: then once more. */
async function shakenHands(port: number, ca: string): Promise<TLSSocket> {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1', ca })
    socket.on('error', () => undefined).resume()
    const done = await new Promise((resolve) => {
      socket.once('secureConnect', () => resolve(true)).once('close', () => resolve(false))
    })
    if (done) return socket
  }
}

test.each([
  ['says nothing', () => undefined],
  ['drips', (): string => 'x'],
])('a peer that shakes hands and then %s is hung up on', async (_what, said) => {
  const lab = await LabAuthority.make('lab root')
  const certificate = await lab.issue({ role: 'server', commonName: 'csms', hosts: ['127.0.0.1'] })
  const folder = await mkdtemp(join(tmpdir(), 'csms-entry-'))
  const own = join(folder, 'own')
  const entry = await SecureEntry.open({
    process: 0,
    tls: { certificates: [certificate] },
    meeting: { own, members: [own], api: join(folder, 'api') },
    decide: () => Promise.reject(new Error('nobody asks')),
    take: () => undefined,
    missed: () => undefined,
    handshakeFailed: () => undefined,
    patienceMs: 100,
  })
  const shared = createServer().listen(0, '127.0.0.1')
  await once(shared, 'listening')
  entry.accept(shared)
  const { port } = shared.address() as AddressInfo
  const slow = await shakenHands(port, lab.ca)
  slow.write('GET / HTTP/1.1\r\nX: ')
  const drip = setInterval(() => {
    const text = said()
    if (text !== undefined && slow.writable) slow.write(text)
  }, 20)
  // `once` would fail with what it drips into the closed socket.
  await new Promise((resolve) => slow.once('close', resolve))
  clearInterval(drip)
  entry.close()
  await rm(folder, { recursive: true })
  expect(slow.destroyed).toBe(true)
})
