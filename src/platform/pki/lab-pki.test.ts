import { X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type Server, type TLSSocket } from 'node:tls'
import './reflect-metadata.ts'
import { X509Crl } from '@peculiar/x509'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realClock } from '../real-clock.ts'
import { CertificateAuthority } from './certificate-authority.ts'
import { signFirmware } from './firmware-signature.ts'
import { newKeyPair, signingAlgorithm, webKeys } from './keys.ts'
import { issueStationFile, makeLabPki } from './lab-pki.ts'
import { readCertificates, subjectField } from './read-certificates.ts'
import { RevocationList } from './revocation-list.ts'
import { makeSigningRequest, readSigningRequest } from './signing-request.ts'
import { stationCrypto } from './station-crypto.ts'

let folder: string
let authority: CertificateAuthority
const options = {
  hosts: ['localhost', '127.0.0.1'],
  stations: [{ id: 'CP1' }, { id: 'a b/c', serialNumber: 'SN-7' }],
  organization: 'Lab & Co',
  kind: 'ecdsa',
  days: 30,
  clock: realClock,
} as const

beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'csms-pki-')), 'pki')
  authority = await makeLabPki({ ...options, folder })
})
afterAll(() => rm(join(folder, '..'), { recursive: true }))

const text = (name: string) => readFile(join(folder, name), 'utf8')
const certificate = async (name: string) => new X509Certificate(await text(name))

describe('makeLabPki', () => {
  test('writes keys that only their owner reads', async () => {
    const names = ['ca/root', 'ca/sub', 'server/rsa', 'server/ecdsa', 'stations/CP1']
    for (const name of [...names, 'firmware/root', 'firmware/signer']) {
      expect((await stat(join(folder, `${name}.key`))).mode & 0o777).toBe(0o600)
      const pair = await certificate(`${name}.pem`)
      expect(stationCrypto.keyKind(await text(`${name}.key`))).toBe(
        pair.publicKey.asymmetricKeyType === 'ec' ? 'ecdsa' : 'rsa',
      )
    }
    expect((await stat(join(folder, 'ca'))).mode & 0o777).toBe(0o700)
    expect(await text('README.md')).toContain('Lab & Co')
  })

  test('never touches a folder with something in it', async () => {
    const before = await readdir(folder, { recursive: true })
    await expect(makeLabPki({ ...options, folder })).rejects.toMatchObject({
      code: 'CSMS_PKI_EXISTS',
    })
    expect(await readdir(folder, { recursive: true })).toEqual(before)
  })

  test.each([
    [[{ id: 'CP1' }, { id: 'CP1' }], 'it is named twice'],
    [[{ id: 'https://csms' }], 'looks like the address of a server'],
    [[{ id: 'CP1', serialNumber: 'S'.repeat(65) }], 'longer than 64 characters'],
  ])('begins nothing that it cannot finish: %j', async (stations, reason) => {
    const never = join(folder, '..', 'never')
    await expect(makeLabPki({ ...options, folder: never, stations })).rejects.toThrow(reason)
    await expect(readdir(never)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('[1.6 SWP A00.FR.509-511] names station and server as the whitepaper wants', async () => {
    const station = await certificate('stations/a%20b%2Fc.pem')
    expect(station.subject).toBe('O=Lab & Co\nCN=SN-7')
    expect(station.subjectAltName).toBeUndefined()
    expect(station.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
    const server = await certificate('server/rsa.pem')
    expect(server.checkHost('localhost')).toBe('localhost')
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(server.subject).toBe('O=Lab & Co\nCN=localhost')
  })

  test('the issuing CA may sign, what it signs may not', async () => {
    const root = await certificate('trust.pem')
    const sub = await certificate('ca/sub.pem')
    const station = await certificate('stations/CP1.pem')
    expect([root.ca, sub.ca, station.ca]).toEqual([true, true, false])
    expect(sub.verify(root.publicKey)).toBe(true)
    expect(station.verify(sub.publicKey)).toBe(true)
  })

  test.each([
    ['rsa', 'TLSv1.2', 'AES128-GCM-SHA256'],
    ['ecdsa', 'TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
    ['ecdsa', 'TLSv1.3', undefined],
  ] as const)('serves mutual TLS with %s over %s', async (kind, version, ciphers) => {
    const ca = await text('trust.pem')
    const server = createServer({
      cert: await text(`server/${kind}.pem`),
      key: await text(`server/${kind}.key`),
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    })
    const peer = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve))
    const port = await listening(server)
    const client = connect({
      port,
      host: 'localhost',
      ca,
      cert: await text('stations/CP1.pem'),
      key: await text('stations/CP1.key'),
      minVersion: version,
      maxVersion: version,
      ...(ciphers !== undefined && { ciphers }),
    })
    client.on('error', () => undefined)
    try {
      const socket = await peer
      expect(socket.authorized).toBe(true)
      expect(socket.getPeerCertificate().subject.CN).toBe('CP1')
      if (ciphers !== undefined) expect(socket.getCipher().name).toBe(ciphers)
    } finally {
      client.destroy()
      server.close()
    }
  })

  test('[1.6 SWP L01.FR.04] the firmware signer signs what stations verify', async () => {
    const image = join(folder, '..', 'image.bin')
    const bytes = Buffer.from('firmware 2.1')
    await writeFile(image, bytes)
    const proof = await signFirmware(folder, image)
    expect(proof.signature.length).toBeLessThanOrEqual(800)
    expect(proof.signingCertificate.length).toBeLessThanOrEqual(5500)
    const matches = (content: Buffer) => {
      const verifier = stationCrypto.verifier(proof.signingCertificate, proof.signature)
      for (const byte of content) verifier.update(Uint8Array.of(byte))
      return verifier.matches()
    }
    expect(matches(bytes)).toBe(true)
    expect(matches(Buffer.from('firmware 2.2'))).toBe(false)
    const elliptic = await text('stations/CP1.pem')
    expect(stationCrypto.verifier(elliptic, proof.signature).matches()).toBe(false)
    const signer = { certificatePem: proof.signingCertificate, nowMs: realClock.wallMs() }
    const manufacturer = await text('firmware/root.pem')
    expect(stationCrypto.objectionToSigner({ ...signer, roots: [manufacturer] })).toBeUndefined()
    const other = { ...signer, roots: [await text('trust.pem')] }
    expect(stationCrypto.objectionToSigner(other)).toContain('nothing that is trusted here signed')
  })
})

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, 'localhost', () => resolve((server.address() as AddressInfo).port))
  })
}

describe('CertificateAuthority', () => {
  const subject = { commonName: 'SN-9', organization: 'Lab & Co' }

  test.each(['ecdsa', 'rsa'] as const)(
    'signs the request of a station with an %s key',
    async (kind) => {
      const { csrPem, keyPem } = await makeSigningRequest(subject, kind)
      expect(csrPem.length).toBeLessThanOrEqual(5500)
      expect(await authority.objectionToRequest(csrPem, 'SN-9', 'CP9')).toBeUndefined()
      const { chainPem, entry } = await authority.signRequest(csrPem, 'CP9', 10)
      expect(entry).toMatchObject({ role: 'station', station: 'CP9', commonName: 'SN-9' })
      const check = { certificatePem: chainPem, keyPem, subject, roots: [authority.rootPem] }
      const nowMs = realClock.wallMs()
      expect(stationCrypto.objectionToSigned({ ...check, nowMs })).toBeUndefined()
      expect(new X509Certificate(chainPem).serialNumber).toBe(entry.serial)
    },
  )

  test('[1.6 SWP A00.FR.404, A00.FR.405] refuses a request with another name', async () => {
    const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
    expect(await authority.objectionToRequest(csrPem, 'SN-8', 'CP9')).toContain(
      'serial number is "SN-8"',
    )
    const foreign = await makeSigningRequest({ ...subject, organization: 'Others' }, 'ecdsa')
    expect(await authority.objectionToRequest(foreign.csrPem, 'SN-9', 'CP9')).toContain(
      'set CpoName',
    )
    const address = await makeSigningRequest({ ...subject, commonName: '10.0.0.1' }, 'ecdsa')
    expect(await authority.objectionToRequest(address.csrPem, '10.0.0.1', 'CP9')).toContain(
      'address',
    )
  })

  test.each(['#1303435032', 'x"CP2"', 'CP\\2', 'CP2, O=Others', 'CP2+O=Others', '=', "'CP2'"])(
    'signs the CN %j letter by letter',
    async (commonName) => {
      const { csrPem } = await makeSigningRequest({ ...subject, commonName }, 'ecdsa')
      expect(await authority.objectionToRequest(csrPem, commonName, 'CP7')).toBeUndefined()
      const { chainPem } = await authority.signRequest(csrPem, 'CP7', 1)
      const [leaf] = readCertificates(chainPem)
      expect(leaf && subjectField(leaf, 'CN')).toEqual([commonName])
      expect(leaf && subjectField(leaf, 'O')).toEqual([subject.organization])
    },
  )

  test.each(['CP2\0', 'CP\u200b2', 'CP2\n'])(
    'refuses a CN that cannot be seen: %j',
    async (commonName) => {
      const { csrPem } = await makeSigningRequest({ ...subject, commonName }, 'ecdsa')
      const objection = await authority.objectionToRequest(csrPem, commonName, 'CP7')
      expect(objection).toBe('its CN holds invisible characters')
    },
  )

  test('a station gets no certificate with the name of another', async () => {
    const named = { id: 'OTHER', serialNumber: 'SN-OTHER', kind: 'ecdsa', days: 1 } as const
    const { entry } = await authority.issueStation(named)
    const asked = async (commonName: string, station: string) => {
      const { csrPem } = await makeSigningRequest({ ...subject, commonName }, 'ecdsa')
      return authority.objectionToRequest(csrPem, commonName, station)
    }
    expect(await asked('SN-OTHER', 'CP7')).toContain('certificate of another station')
    expect(await asked('OTHER', 'CP7')).toContain('certificate of another station')
    expect(await asked('SN-OTHER', 'OTHER')).toBeUndefined()
    await authority.revoke(entry.serial, 'superseded')
    expect(await asked('SN-OTHER', 'CP7')).toBeUndefined()
  })

  test('what else a request asks for is not granted: nobody becomes an authority', async () => {
    const { Pkcs10CertificateRequestGenerator, BasicConstraintsExtension } = await import(
      '@peculiar/x509'
    )
    const request = await Pkcs10CertificateRequestGenerator.create({
      name: [{ O: [subject.organization] }, { CN: [subject.commonName] }],
      keys: await webKeys((await newKeyPair('ecdsa')).keyPem),
      signingAlgorithm: signingAlgorithm.ecdsa,
      extensions: [new BasicConstraintsExtension(true, 3, true)],
    })
    const { chainPem } = await authority.signRequest(request.toString('pem'), 'CP9', 1)
    expect(new X509Certificate(chainPem).ca).toBe(false)
  })

  test('no bytes that come as a request do more than be refused', async () => {
    const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
    const der = Buffer.from(csrPem.split('\n').slice(1, -2).join(''), 'base64')
    const pem = (bytes: Buffer) =>
      `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----`
    const nested = Buffer.alloc(4000, Buffer.from([0x30, 0x80]))
    expect(await readSigningRequest(pem(nested))).toEqual(expect.any(String))
    const change = fc.record({ at: fc.nat(der.length - 1), to: fc.nat(255) })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(der)
        for (const { at, to } of changes) bytes[at] = to
        if (bytes.equals(der)) return
        const read = await readSigningRequest(pem(bytes))
        if (typeof read !== 'string') expect(read.subject).toEqual(subject)
      }),
      { numRuns: 60 },
    )
  })

  test('books that cannot be read let nobody in until they are mended', async () => {
    const books = await mkdtemp(join(tmpdir(), 'csms-books-'))
    await mkdir(join(books, 'ca'))
    const path = join(books, 'ca', 'ledger.ndjson')
    const issued = { event: 'issued', serial: 'AB', role: 'station', station: 'CP1' }
    await writeFile(path, `${JSON.stringify(issued)}\n`)
    const list = RevocationList.open(books)
    const revoked = JSON.stringify({ event: 'revoked', serial: 'AB', reason: 'unspecified' })
    await writeFile(path, `${JSON.stringify(issued)}\n{"torn${revoked}\n${revoked}\n`)
    expect(() => list.entry('AB')).toThrow()
    expect(() => list.entry('AB')).toThrow()
    await writeFile(path, `${JSON.stringify(issued)}\n${revoked}\n`)
    expect(list.entry('AB')).toHaveProperty('revoked')
    await rm(books, { recursive: true })
  })

  test('refuses what is no request, or not signed with its own key', async () => {
    expect(await authority.objectionToRequest('nonsense', 'SN-9', 'CP9')).toContain(
      'no PKCS #10 request',
    )
    const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
    const base64 = csrPem.split('\n').slice(1, -2).join('')
    const der = Buffer.from(base64, 'base64')
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1
    const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`
    expect(await authority.objectionToRequest(forged, 'SN-9', 'CP9')).toBe(
      'the request is not signed with its own key',
    )
  })

  test('what it revokes is in its list, and another process sees it', async () => {
    const { entry } = await authority.issueStation({ id: 'CP5', kind: 'ecdsa', days: 1 })
    const list = RevocationList.open(folder)
    expect(list.entry(entry.serial)).not.toHaveProperty('revoked')
    const elsewhere = await CertificateAuthority.open(folder, realClock)
    await elsewhere.revoke(entry.serial.toLowerCase(), 'keyCompromise')
    expect(list.entry(entry.serial)).toHaveProperty('revoked')
    expect(list.entry('0A')).toBeUndefined()
    // A renewed certificate is presented within milliseconds.
    const renewed = await elsewhere.issueStation({ id: 'CP5', kind: 'ecdsa', days: 1 })
    expect(list.entry(renewed.entry.serial)).toMatchObject({ station: 'CP5' })

    const crl = new X509Crl(await text('ca/crl.pem'))
    const listed = crl.entries.map(({ serialNumber }) => serialNumber.toUpperCase())
    expect(listed).toContain(entry.serial)
    expect(await crl.verify({ publicKey: await peculiarKey('ca/sub.pem') })).toBe(true)
  })

  test('knows what it did not issue', async () => {
    await expect(authority.revoke('ABC', 'unspecified')).rejects.toMatchObject({
      code: 'CSMS_CERTIFICATE_UNKNOWN',
    })
  })

  test('that cannot be finished leaves nothing, so that it can be begun again', async () => {
    const there = await mkdtemp(join(tmpdir(), 'csms-pki-'))
    const stations = [{ id: 'x'.repeat(300), serialNumber: 'SN-1' }] // no name of a file
    await expect(makeLabPki({ ...options, stations, folder: there })).rejects.toMatchObject({
      code: 'CSMS_OUTPUT_UNWRITABLE',
      message: expect.stringContaining('ENAMETOOLONG'),
    })
    expect(await readdir(there)).toEqual([])
    await rm(there, { recursive: true })
  })

  test('does not put a new key in the place of an old one', async () => {
    const order = { id: 'CP6', kind: 'ecdsa', days: 1 } as const
    await issueStationFile(authority, order)
    await expect(issueStationFile(authority, order)).rejects.toMatchObject({
      code: 'CSMS_PKI_EXISTS',
    })
  })

  test('cannot be read where there is none', async () => {
    await expect(CertificateAuthority.open(tmpdir(), realClock)).rejects.toMatchObject({
      code: 'CSMS_PKI_INVALID',
    })
  })
})

async function peculiarKey(name: string) {
  const { X509Certificate: Peculiar } = await import('@peculiar/x509')
  return new Peculiar(await text(name)).publicKey
}
