import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BareStation } from '../../../test/helpers/bare-station.ts'
import { LabPki } from '../../../test/helpers/lab-pki.ts'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'
import { makeSigningRequest } from '../../platform/pki/signing-request.ts'
import { stationCrypto } from '../../platform/pki/station-crypto.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { certificatesOf } from '../domain/certificates.ts'

let pki: LabPki
beforeAll(async () => {
  pki = await LabPki.make({ clock: new VirtualClock() })
})
afterAll(() => pki[Symbol.asyncDispose]())

const subject = { commonName: 'CP1', organization: 'Lab' }

async function accepted() {
  const csms = memoryCsms({ caDir: pki.folder })
  const station = await csms.boot('CP1')
  const record = csms.store.stations.get('CP1')
  if (!record) throw new Error('CP1 is not known')
  return { ...csms, station, record }
}

/** The station answers the next CALL of this action; resolves to its payload. */
function answering(station: BareStation, action: string, answer: object) {
  return new Promise<Record<string, unknown>>((resolve) => {
    station.serve = (called, payload) => {
      if (called !== action) return undefined
      resolve(payload as Record<string, unknown>)
      return answer
    }
  })
}

describe('SignCertificate', () => {
  test.each([
    ['Accepted', 'Installed'],
    ['Rejected', 'Rejected'],
  ])('[1.6 SWP A02.FR.11] is signed and sent; %s: %s', async (status, state) => {
    const { station, record, clock } = await accepted()
    const sent = answering(station, 'CertificateSigned', { status })
    const { csrPem, keyPem } = await makeSigningRequest(subject, 'ecdsa')
    expect(await station.ask('SignCertificate', { csr: csrPem })).toEqual({ status: 'Accepted' })
    const certificatePem = String((await sent)['certificateChain'])
    const roots = [pki.authority.rootPem]
    const nowMs = clock.wallMs()
    const check = { certificatePem, keyPem, subject, roots, nowMs }
    expect(stationCrypto.objectionToSigned(check)).toBeUndefined()
    await clock.run(0)
    expect(record.certificates?.signed).toMatchObject([{ commonName: 'CP1', state }])
    const { serial } = record.certificates?.signed[0] ?? {}
    expect(pki.authority.certificates().at(-1)).toMatchObject({ serial, station: 'CP1' })
  })

  test('[1.6 SWP A02.FR.12] one of another name is rejected, and the reason kept', async () => {
    const { station, record } = await accepted()
    const { csrPem } = await makeSigningRequest({ ...subject, commonName: 'CP2' }, 'ecdsa')
    expect(await station.ask('SignCertificate', { csr: csrPem })).toEqual({ status: 'Rejected' })
    expect(record.certificates?.refusal?.reason).toContain('serial number is "CP1"')
    expect(await station.ask('SignCertificate', { csr: 'x' })).toEqual({ status: 'Rejected' })
  })

  test('the serial number of its boot is what its CN must be', async () => {
    const { station, record } = await accepted()
    record.serialNumber = 'SN-1'
    const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
    expect(await station.ask('SignCertificate', { csr: csrPem })).toEqual({ status: 'Rejected' })
  })

  test('no station gets a certificate by booting with the identity of another', async () => {
    const csms = memoryCsms({ caDir: pki.folder })
    await csms.boot('VICTIM')
    const station = csms.connect('THIEF')
    const boot = {
      chargePointVendor: 'V',
      chargePointModel: 'M',
      chargePointSerialNumber: 'VICTIM',
    }
    await station.ask('BootNotification', boot)
    const { csrPem } = await makeSigningRequest({ ...subject, commonName: 'VICTIM' }, 'ecdsa')
    expect(await station.ask('SignCertificate', { csr: csrPem })).toEqual({ status: 'Rejected' })
    expect(csms.store.stations.get('THIEF')?.certificates?.refusal?.reason).toBe(
      'its serial number "VICTIM" is the identity of another station',
    )
  })

  test('a station may not have any number of them', async () => {
    const { station, record } = await accepted()
    const one = { serial: '1', commonName: 'CP1', notBefore: '', notAfter: '' }
    for (let n = 0; n < 10; n += 1) {
      const signedAt = '2026-01-01T00:00:00.000Z'
      certificatesOf(record).signed.push({ ...one, signedAt, state: 'Sent' })
    }
    const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
    expect(await station.ask('SignCertificate', { csr: csrPem })).toEqual({ status: 'Rejected' })
  })

  test('is rejected where there is no authority', async () => {
    const station = await memoryCsms().boot('CP1')
    expect(await station.ask('SignCertificate', { csr: 'x' })).toEqual({ status: 'Rejected' })
  })

  test('[1.6 SWP A02] a station whose certificate is about to expire is told to renew it', async () => {
    const { station, record, clock } = await accepted()
    record.security = { certificateSerial: 'AB' }
    const notAfter = new Date(clock.wallMs() + 6 * 86_400_000).toISOString()
    const base = { serial: 'AB', commonName: 'CP1', notBefore: '', signedAt: '' }
    certificatesOf(record).signed.push({ ...base, notAfter, state: 'Installed' })
    const told = answering(station, 'ExtendedTriggerMessage', { status: 'Accepted' })
    await station.boot('ocpp1.6')
    expect(await told).toEqual({ requestedMessage: 'SignChargePointCertificate' })
  })
})

describe('a certificate that could not be delivered', () => {
  const accept = { status: 'Accepted' }

  /** Asked for by a station that is gone when it is sent. */
  async function undelivered() {
    const csms = await accepted()
    const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
    const asked = csms.station.ask('SignCertificate', { csr: csrPem })
    await asked
    csms.station.socket.close(1000, '')
    await expect.poll(() => csms.record.certificates?.signed[0]?.state).toBe('Undelivered')
    return { ...csms, csrPem, back: csms.connect('CP1') }
  }

  test('[1.6 SWP A02] is sent again when something comes from the station', async () => {
    const { record, back } = await undelivered()
    const sent = answering(back, 'CertificateSigned', accept)
    expect(back.heard).toEqual([])
    await back.ask('Heartbeat', {})
    expect(String((await sent)['certificateChain'])).toContain('BEGIN CERTIFICATE')
    await expect.poll(() => record.certificates?.signed[0]?.state).toBe('Installed')
    expect(record.certificates?.delivery).toBeUndefined()
    await back.ask('Heartbeat', {})
    expect(back.heard.filter(([type]) => type === 2)).toHaveLength(1)
  })

  test('is the one that the station gets when it asks again with the same request', async () => {
    const { record, back, csrPem } = await undelivered()
    const sent = answering(back, 'CertificateSigned', accept)
    expect(await back.ask('SignCertificate', { csr: csrPem })).toEqual(accept)
    await sent
    expect(record.certificates?.signed).toHaveLength(1)
  })

  test('is given up when the station asks with another request', async () => {
    const { record, back } = await undelivered()
    const sent = answering(back, 'CertificateSigned', accept)
    const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
    await back.ask('SignCertificate', { csr: csrPem })
    await sent
    const states = () => record.certificates?.signed.map(({ state }) => state)
    await expect.poll(states).toEqual(['Undelivered', 'Installed'])
    expect(back.heard.filter(([type]) => type === 2)).toHaveLength(1)
  })

  test('is given up when it has expired', async () => {
    const { record, back } = await undelivered()
    const { delivery } = certificatesOf(record)
    const notAfter = '2025-12-31T00:00:00.000Z'
    if (delivery) certificatesOf(record).delivery = { ...delivery, notAfter }
    await back.ask('Heartbeat', {})
    await expect.poll(() => record.certificates?.delivery).toBeUndefined()
    expect(back.heard.filter(([type]) => type === 2)).toEqual([])
  })

  test('is given up after five times without an answer', async () => {
    const { record, back, clock } = await undelivered()
    const calls = () => back.heard.filter(([type]) => type === 2).length
    for (let times = 1; times <= 5; times += 1) {
      await back.ask('Heartbeat', {})
      await expect.poll(calls).toBe(times)
      await clock.run(31_000)
      expect(record.certificates?.delivery?.attempts).toBe(times < 5 ? times : undefined)
    }
    await back.ask('Heartbeat', {})
    expect(calls()).toBe(5)
    expect(record.certificates?.signed[0]?.state).toBe('Undelivered')
  })
})

describe('what stations answer about their certificates', () => {
  test('[1.6 SWP M03-M05] is known: installed, listed, deleted', async () => {
    const { station, record, commander } = await accepted()
    const certificateType = 'ManufacturerRootCertificate'
    const certificate = await pki.text('firmware/root.pem')
    const hash = stationCrypto.hashOf(certificate, certificate, 'SHA256')
    const ask = async (action: string, payload: object, answer: object) => {
      const called = answering(station, action, answer)
      const outcome = commander.send('CP1', action, payload)
      await called
      await outcome
      return record.certificates?.roots
    }
    const install = { certificateType, certificate }
    expect(await ask('InstallCertificate', install, { status: 'Failed' })).toBeUndefined()
    const root = { certificateType, hash }
    expect(await ask('InstallCertificate', install, { status: 'Accepted' })).toEqual([root])
    const listing = {
      status: 'Accepted',
      certificateHashData: [hash, { ...hash, serialNumber: '1' }],
    }
    expect(await ask('GetInstalledCertificateIds', { certificateType }, listing)).toHaveLength(2)
    const removal = {
      certificateHashData: { ...hash, serialNumber: hash.serialNumber.toLowerCase() },
    }
    expect(await ask('DeleteCertificate', removal, { status: 'Failed' })).toHaveLength(2)
    expect(await ask('DeleteCertificate', removal, { status: 'Accepted' })).toHaveLength(1)
    const none = { status: 'NotFound' }
    expect(await ask('GetInstalledCertificateIds', { certificateType }, none)).toEqual([])
  })
})

describe('SecurityEventNotification', () => {
  test('[1.6 SWP A04.FR.03] is answered and kept, the latest hundred', async () => {
    const { station, record } = await accepted()
    const timestamp = '2026-01-01T00:00:00.000Z'
    for (let n = 0; n < 101; n += 1) {
      const event = { type: 'TamperDetectionActivated', timestamp, techInfo: String(n) }
      expect(await station.ask('SecurityEventNotification', event)).toEqual({})
    }
    expect(record.securityEvents).toHaveLength(100)
    expect(record.securityEvents?.at(-1)).toEqual({
      type: 'TamperDetectionActivated',
      timestamp,
      techInfo: '100',
      receivedAt: timestamp,
    })
  })
})
