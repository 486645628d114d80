import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LabPki } from '../../../../test/helpers/lab-pki.ts'
import { StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import { CertificateAuthority } from '../../../platform/pki/certificate-authority.ts'
import { stationCrypto } from '../../../platform/pki/station-crypto.ts'
import { VirtualClock } from '../../../shared/virtual-clock.ts'
import { certificatesIn, type FactoryCertificates } from '../certificate-store.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const day = 86_400_000
let pki: LabPki
let other: LabPki

beforeAll(async () => {
  // Certificates of the time that the stations' clocks show.
  const clock = new VirtualClock()
  pki = await LabPki.make({ clock, stations: [{ id: 'CS-1' }], days: 365 })
  other = await LabPki.make({ clock, organization: 'Other' })
})
afterAll(async () => {
  await pki[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

async function booted(
  configuration: Record<string, string> = {},
  factory: Partial<FactoryCertificates> = {},
) {
  const bench = new StationPeer(
    protocol,
    { configuration: { CpoName: 'Lab', RetryBackOffRandomRange: '0', ...configuration } },
    {
      crypto: stationCrypto,
      factoryCertificates: () => ({
        csmsRoots: [pki.authority.rootPem],
        manufacturerRoots: [],
        ...factory,
      }),
    },
  )
  await bench.booted()
  return bench
}

/** The station is asked for a request; resolves to it. */
async function requested(bench: StationPeer): Promise<string> {
  const csr = new Promise<string>((resolve) => {
    bench.answers.set('SignCertificate', (payload) => {
      resolve(String(payload['csr']))
      return { status: 'Accepted' }
    })
  })
  const { station } = bench
  await station.behaviour.serve('ExtendedTriggerMessage', {
    requestedMessage: 'SignChargePointCertificate',
  })
  return csr
}

const events = (bench: StationPeer) =>
  bench.sent('SecurityEventNotification').map(({ type }) => type)
const nowMs = (bench: StationPeer) => bench.station.wireMs()

describe('SignCertificate', () => {
  test('[1.6 SWP A02.FR.03, A02.FR.13] is a request with the serial number and the CpoName', async () => {
    const bench = await booted()
    const csr = await requested(bench)
    expect(await pki.authority.objectionToRequest(csr, 'CS-1', 'CS-1')).toBeUndefined()
  })

  test('[1.6 SWP A02] needs a CpoName', async () => {
    const bench = await booted({ CpoName: '' })
    const answer = await bench.call('ExtendedTriggerMessage', {
      requestedMessage: 'SignChargePointCertificate',
    })
    expect(answer).toEqual({ status: 'Rejected' })
  })

  test('[1.6 SWP A03] is sent a month before the certificate expires', async () => {
    const client = await pki.pair('stations/CS-1')
    const bench = await booted({ SecurityProfile: '3' }, { client })
    const asked = new Promise<number>((resolve) => {
      bench.answers.set('SignCertificate', () => {
        resolve(bench.clock.monotonicMicros() / 1000)
        return { status: 'Accepted' }
      })
    })
    await bench.clock.run(334 * day)
    expect(bench.sent('SignCertificate')).toEqual([])
    await bench.clock.run(day)
    expect(await asked).toBe(335 * day)
  })
})

describe('CertificateSigned', () => {
  test('[1.6 SWP A02.FR.08] a good one is presented from then on, after a reconnect', async () => {
    const bench = await booted({ SecurityProfile: '3' })
    const csr = await requested(bench)
    const { chainPem } = await pki.authority.signRequest(csr, 'CS-1', 10)
    const before = bench.dialled.length
    expect(await bench.call('CertificateSigned', { certificateChain: chainPem })).toEqual({
      status: 'Accepted',
    })
    await bench.clock.run(5000)
    expect(bench.dialled.length).toBe(before + 1)
    expect(bench.station.certificates?.client(nowMs(bench))?.certificatePem).toBe(chainPem)
    expect(events(bench)).not.toContain('InvalidChargePointCertificate')
  })

  test('[1.6 SWP A02.FR.08] one that begins later is presented from then on', async () => {
    const bench = await booted({ SecurityProfile: '3' })
    const csr = await requested(bench)
    const hour = 3_600_000
    const clock = new VirtualClock()
    await clock.run(hour)
    const early = await CertificateAuthority.open(pki.folder, clock)
    const { chainPem } = await early.signRequest(csr, 'CS-1', 10)
    const before = bench.dialled.length
    expect(await bench.call('CertificateSigned', { certificateChain: chainPem })).toEqual({
      status: 'Accepted',
    })
    await bench.clock.run(hour / 2)
    expect(bench.dialled.length).toBe(before)
    expect(bench.station.certificates?.client(nowMs(bench))).toBeUndefined()
    await bench.clock.run(hour / 2)
    expect(bench.dialled.length).toBe(before + 1)
    expect(bench.station.certificates?.client(nowMs(bench))?.certificatePem).toBe(chainPem)
  })

  test('survives a reboot, and belongs to this station alone', async () => {
    const bench = await booted()
    const csr = await requested(bench)
    const { chainPem } = await pki.authority.signRequest(csr, 'CS-1', 10)
    await bench.call('CertificateSigned', { certificateChain: chainPem })
    await bench.call('Reset', { type: 'Hard' })
    await bench.clock.run(60_000)
    const own = bench.station.certificates?.client(nowMs(bench))
    expect(own?.certificatePem).toBe(chainPem)
    const key = new X509Certificate(own?.certificatePem ?? '')
    expect(key.subject).toContain('CS-1')
    const another = await booted()
    expect(another.station.certificates?.client(nowMs(another))).toBeUndefined()
  })

  test('[1.6 SWP A02.FR.07] an invalid one is rejected and told as a security event', async () => {
    const bench = await booted()
    const csr = await requested(bench)
    const foreign = await other.authority.signRequest(csr, 'CS-1', 10)
    const own = await pki.authority.signRequest(csr, 'CS-1', 10)
    const reject = async (certificateChain: string) => {
      bench.forget()
      expect(await bench.call('CertificateSigned', { certificateChain })).toEqual({
        status: 'Rejected',
      })
      await bench.clock.run(0)
      return bench.sent('SecurityEventNotification')
    }
    const type = 'InvalidChargePointCertificate'
    expect(await reject(foreign.chainPem)).toMatchObject([
      { type, techInfo: expect.stringContaining('nothing that is trusted here signed') },
    ])
    expect(await reject('nonsense')).toMatchObject([
      { type, techInfo: 'it is no X.509 certificate in PEM' },
    ])
    const anothers = await pki.text('stations/CS-1.pem')
    expect(await reject(anothers)).toMatchObject([{ type, techInfo: 'it is of another key' }])
    // The right one is still welcome, once.
    const accepted = await bench.call('CertificateSigned', { certificateChain: own.chainPem })
    expect(accepted).toEqual({ status: 'Accepted' })
    expect(await reject(own.chainPem)).toMatchObject([
      { type, techInfo: 'no certificate was asked for' },
    ])
  })

  test('[1.6 SWP 7.3] may not be longer than CertificateSignedMaxChainSize', async () => {
    const bench = await booted({ CertificateSignedMaxChainSize: '1000' })
    const csr = await requested(bench)
    const { chainPem } = await pki.authority.signRequest(csr, 'CS-1', 10)
    expect(await bench.call('CertificateSigned', { certificateChain: chainPem })).toEqual({
      status: 'Rejected',
    })
  })
})

describe('roots', () => {
  const install = (bench: StationPeer, certificate: string, certificateType: string) =>
    bench.call('InstallCertificate', { certificateType, certificate })
  const ids = (bench: StationPeer, certificateType: string) =>
    bench.call('GetInstalledCertificateIds', { certificateType })
  const csmsRoot = 'CentralSystemRootCertificate'
  const manufacturerRoot = 'ManufacturerRootCertificate'

  test('[1.6 SWP M03, M04, M05] are installed, listed and deleted by their hashes', async () => {
    const bench = await booted()
    expect(await ids(bench, manufacturerRoot)).toEqual({ status: 'NotFound' })
    const pem = await pki.text('firmware/root.pem')
    expect(await install(bench, pem, manufacturerRoot)).toEqual({ status: 'Accepted' })
    const listed = await ids(bench, manufacturerRoot)
    const [hash] = listed['certificateHashData'] as [object]
    for (const hashAlgorithm of ['SHA384', 'SHA512'] as const) {
      const certificateHashData = stationCrypto.hashOf(pem, pem, hashAlgorithm)
      expect(certificateHashData).not.toEqual(hash)
      expect(await bench.call('DeleteCertificate', { certificateHashData })).toEqual({
        status: 'Accepted',
      })
      await install(bench, pem, manufacturerRoot)
    }
    expect(await bench.call('DeleteCertificate', { certificateHashData: hash })).toEqual({
      status: 'Accepted',
    })
    expect(await bench.call('DeleteCertificate', { certificateHashData: hash })).toEqual({
      status: 'NotFound',
    })
    expect(await ids(bench, manufacturerRoot)).toEqual({ status: 'NotFound' })
  })

  test('[1.6 SWP M05.FR.06] what is no root is rejected and told', async () => {
    const bench = await booted()
    const leaf = await pki.text('stations/CS-1.pem')
    for (const [certificate, techInfo] of [
      [leaf, 'it is not one X.509 certificate in PEM'],
      [leaf.slice(0, leaf.indexOf('-----END') + 26), 'it is not the certificate of an authority'],
    ] as const) {
      bench.forget()
      expect(await install(bench, certificate, csmsRoot)).toEqual({ status: 'Rejected' })
      await bench.clock.run(0)
      const type = 'InvalidCentralSystemCertificate'
      expect(bench.sent('SecurityEventNotification')).toMatchObject([{ type, techInfo }])
    }
  })

  test('[1.6 SWP M05.FR.03] there is room for CertificateStoreMaxLength', async () => {
    const bench = await booted({ CertificateStoreMaxLength: '1' })
    expect(await install(bench, other.authority.rootPem, csmsRoot)).toEqual({ status: 'Rejected' })
    expect(await install(bench, pki.authority.rootPem, csmsRoot)).toEqual({ status: 'Accepted' })
    expect((await ids(bench, csmsRoot))['certificateHashData']).toHaveLength(1)
  })

  test('[1.6 SWP M05.FR.09-11] with AdditionalRootCertificateCheck a root is signed by its predecessor', async () => {
    const bench = await booted({ AdditionalRootCertificateCheck: 'true' })
    expect(await install(bench, other.authority.rootPem, csmsRoot)).toEqual({ status: 'Rejected' })
    const successor = await pki.text('ca/sub.pem')
    expect(await install(bench, successor, csmsRoot)).toEqual({ status: 'Accepted' })
    const store = bench.station.certificates
    expect(store?.trusted.pems('csms')).toEqual([successor, pki.authority.rootPem])
    store?.trusted.connectedWith(pki.authority.rootPem)
    expect(store?.trusted.pems('csms')).toHaveLength(2)
    store?.trusted.connectedWith(successor)
    expect(store?.trusted.pems('csms')).toEqual([successor])
  })

  test('[1.6 SWP M04.FR.06] the root that the connection rests on stays', async () => {
    const bench = await booted({ SecurityProfile: '2' })
    const remove = async (pem: string) => {
      const certificateHashData = stationCrypto.hashOf(pem, pem, 'SHA256')
      return (await bench.call('DeleteCertificate', { certificateHashData }))['status']
    }
    expect(await remove(pki.authority.rootPem)).toBe('Failed')
    await install(bench, other.authority.rootPem, csmsRoot)
    bench.station.certificates?.trusted.connectedWith(other.authority.rootPem)
    expect(await remove(other.authority.rootPem)).toBe('Failed')
    expect(await remove(pki.authority.rootPem)).toBe('Accepted')
  })

  test('[1.6 SWP M04.FR.05] its own certificate cannot be deleted', async () => {
    const client = await pki.pair('stations/CS-1')
    const bench = await booted({}, { client })
    const [leaf = '', issuer = ''] = certificatesIn(client.certificatePem)
    const certificateHashData = stationCrypto.hashOf(leaf, issuer, 'SHA256')
    expect(await bench.call('DeleteCertificate', { certificateHashData })).toEqual({
      status: 'Failed',
    })
  })

  test('a station without crypto supports none of it', async () => {
    const bench = new StationPeer(protocol)
    await bench.booted()
    expect(
      await bench.outcome('InstallCertificate', {
        certificateType: csmsRoot,
        certificate: 'x',
      }),
    ).toMatchObject({ kind: 'error', wireCode: 'NotSupported' })
  })
})

describe('security events', () => {
  test('[1.6 SWP A04] of a boot go out where TLS is used', async () => {
    const secured = new StationPeer(protocol, { configuration: { SecurityProfile: '2' } })
    secured.station.boot()
    await secured.clock.run(0)
    expect(events(secured)).toEqual(['StartupOfTheDevice'])
    secured.forget()
    await secured.call('Reset', { type: 'Soft' })
    await secured.clock.run(60_000)
    expect(events(secured)).toEqual(['ResetOrReboot'])

    const plain = new StationPeer(protocol, { configuration: { SecurityProfile: '1' } })
    plain.station.boot()
    await plain.clock.run(0)
    expect(events(plain)).toEqual([])
    expect(plain.station.memory.securityLog).toMatchObject([{ type: 'StartupOfTheDevice' }])
  })

  test('tell that the clock was set', async () => {
    const bench = new StationPeer(protocol, { configuration: { SecurityProfile: '2' } })
    bench.answers.set('BootNotification', () => ({
      status: 'Accepted',
      currentTime: '2026-01-02T00:00:00.000Z',
      interval: 3600,
    }))
    bench.station.boot()
    await bench.clock.run(0)
    expect(bench.sent('SecurityEventNotification')).toMatchObject([
      { type: 'SettingSystemTime', techInfo: 'by 86400 s' },
      { type: 'StartupOfTheDevice', timestamp: '2026-01-02T00:00:00.000Z' },
    ])
  })

  test('[1.6 SWP A04.FR.02] wait while the CSMS is out of reach', async () => {
    const bench = await booted()
    bench.cut()
    bench.station.behaviour.noticed?.({
      kind: 'connectFailed',
      failure: 'tls',
      detail: 'self-signed certificate in certificate chain',
      httpStatus: undefined,
    })
    await bench.clock.run(10_000)
    expect(events(bench)).toEqual([])
    bench.reachable = true
    await bench.clock.run(60_000)
    expect(events(bench)).toEqual(['InvalidCentralSystemCertificate'])
  })

  test('[1.6 SWP A01.FR.11, A01.FR.12] a new password is logged, and its value is not', async () => {
    const bench = await booted()
    const value = '00112233445566778899aabbccddeeff00112233'
    await bench.call('ChangeConfiguration', { key: 'AuthorizationKey', value })
    await bench.clock.run(0)
    const type = 'ReconfigurationOfSecurityParameters'
    expect(bench.station.memory.securityLog?.at(-1)).toMatchObject({
      type,
      techInfo: 'AuthorizationKey',
    })
    expect(JSON.stringify(bench.station.memory.securityLog)).not.toContain(value)
  })

  test('[1.6 SWP A04.FR.04] the log is rolling and holds what is not told', async () => {
    const bench = await booted()
    for (const httpStatus of [401, 401, 500, 401]) {
      const failed = { kind: 'connectFailed', failure: 'http', detail: 'no' } as const
      bench.station.behaviour.noticed?.({ ...failed, httpStatus })
    }
    const type = 'FailedToAuthenticationAtCentralSystem'
    const log = bench.station.memory.securityLog?.map((entry) => entry.type)
    expect(log).toEqual(['StartupOfTheDevice', type, type])
    for (let n = 0; n < 300; n += 1) {
      bench.station.behaviour.noticed?.({ kind: 'invalidMessage', rule: `R${n}` })
    }
    expect(bench.station.memory.securityLog).toHaveLength(200)
    expect(bench.station.memory.securityLog?.at(-1)).toMatchObject({ techInfo: 'R299' })
    expect(events(bench)).toEqual([])
  })
})
