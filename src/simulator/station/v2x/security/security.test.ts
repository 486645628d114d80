import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LabPki } from '../../../../../test/helpers/lab-pki.ts'
import { refuse, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import { CertificateAuthority } from '../../../../platform/pki/certificate-authority.ts'
import { stationCrypto } from '../../../../platform/pki/station-crypto.ts'
import { VirtualClock } from '../../../../shared/virtual-clock.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'
import type { FactoryCertificates } from '../../certificate-store.ts'
import type { FleetSecurity } from '../../fleet-security.ts'
import type { StationFleet } from '../../station-options.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const
const second = 1000
const day = 86_400 * second
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

/** With its own client certificate and the operator's root. */
const profile3: FleetSecurity = {
  profile: 3,
  ca: undefined,
  trustsAnyone: false,
  hasClients: false,
  reaches: () => true,
  clientOf: () => Promise.resolve(undefined),
}

describe.each(protocols)('a station of $version', (protocol) => {
  const is21 = protocol.version === 'ocpp2.1'

  async function booted(
    configuration: StationTemplate['configuration'] = {},
    factory: Partial<FactoryCertificates> = {},
    fleet: Partial<StationFleet> = {},
  ): Promise<StationPeer> {
    const peer = new StationPeer(
      protocol,
      {
        configuration: {
          'SecurityCtrlr.OrganizationName': 'Lab',
          'ISO15118Ctrlr.SeccId': 'SECC-1',
          'OCPPCommCtrlr.RetryBackOffRandomRange': '0',
          ...configuration,
        },
      },
      {
        crypto: stationCrypto,
        factoryCertificates: () => ({
          csmsRoots: [pki.authority.rootPem],
          manufacturerRoots: [],
          v2gRoots: [pki.authority.rootPem],
          ...factory,
        }),
        ...fleet,
      },
    )
    await peer.booted()
    return peer
  }
  /** Triggered, and answered as said; resolves with the first request. */
  function requested(
    peer: StationPeer,
    requestedMessage: string,
    status = 'Accepted',
  ): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      peer.answers.set('SignCertificate', (payload) => {
        resolve(payload)
        return { status }
      })
      peer.call('TriggerMessage', { requestedMessage }).then((answer) => {
        if (answer['status'] !== 'Accepted') reject(new Error(JSON.stringify(answer)))
      }, reject)
    })
  }
  const events = (peer: StationPeer) =>
    peer.sent('SecurityEventNotification').map(({ type }) => type)
  const logged = (peer: StationPeer) => peer.station.memory.securityLog?.map(({ type }) => type)
  const signed = async (csr: unknown, use: 'station' | 'secc' | 'combined' = 'station') =>
    (await pki.authority.signRequest(String(csr), 'CS-1', 10, use)).chainPem

  describe('SignCertificate', () => {
    test('[2.0.1 A02.FR.03, A02.FR.13] asks for serial number and operator, and says what for', async () => {
      const peer = await booted()
      const request = await requested(peer, 'SignChargingStationCertificate')
      expect(request).toMatchObject({
        certificateType: 'ChargingStationCertificate',
        ...(is21 && { requestId: 1 }),
      })
      const csr = String(request['csr'])
      expect(await pki.authority.objectionToRequest(csr, 'CS-1', 'CS-1')).toBeUndefined()
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 A02] for vehicles with the SeccId, in 2.1 naming the root', async () => {
      const peer = await booted()
      const request = await requested(peer, 'SignV2GCertificate')
      expect(request['certificateType']).toBe('V2GCertificate')
      const csr = String(request['csr'])
      expect(await pki.authority.objectionToRequest(csr, 'SECC-1', 'CS-1', 'secc')).toBeUndefined()
      const [hash] = peer.station.certificates?.trusted.hashes('v2g') ?? []
      expect(request['hashRootCertificate']).toEqual(is21 ? hash : undefined)
      expect(peer.findings).toEqual([])
    })

    test('without a type it is for both', async () => {
      const peer = await booted()
      const request = await requested(peer, 'SignCombinedCertificate')
      expect(request).not.toHaveProperty('certificateType')
      const certificateChain = await signed(request['csr'], 'combined')
      expect(await peer.call('CertificateSigned', { certificateChain })).toEqual({
        status: 'Accepted',
      })
      const { certificates, wireMs } = peer.station
      const now = wireMs.call(peer.station)
      expect(certificates?.client(now)?.certificatePem).toBe(certificateChain)
      expect(certificates?.client(now, 'v2g')?.certificatePem).toBe(certificateChain)
    })

    test.each([
      [{ 'SecurityCtrlr.OrganizationName': '' }, 'SignChargingStationCertificate'],
      [{ 'ISO15118Ctrlr.SeccId': '' }, 'SignV2GCertificate'],
      [{ 'ISO15118Ctrlr.V2GCertificateInstallationEnabled': 'false' }, 'SignV2GCertificate'],
    ])('[2.0.1 A02 prerequisites] %o: %s is Rejected', async (configuration, requestedMessage) => {
      const peer = await booted(configuration)
      expect(await peer.call('TriggerMessage', { requestedMessage })).toMatchObject({
        status: 'Rejected',
      })
    })

    test('[2.0.1 A02.FR.17, A02.FR.18, 2.1 A02.FR.19] is repeated, each time after twice the wait, so many times', async () => {
      const peer = await booted({
        'SecurityCtrlr.CertSigningWaitMinimum': '10',
        'SecurityCtrlr.CertSigningRepeatTimes': '2',
      })
      const first = await requested(peer, 'SignChargingStationCertificate')
      peer.forget()
      const sent = () => peer.sent('SignCertificate').length
      await peer.clock.run(9 * second)
      expect(sent()).toBe(0)
      await peer.clock.run(2 * second)
      expect(peer.sent('SignCertificate')).toEqual([first])
      await peer.clock.run(18 * second)
      expect(sent()).toBe(1)
      await peer.clock.run(2 * second)
      expect(sent()).toBe(2)
      await peer.clock.run(500 * second)
      expect(sent()).toBe(2)
    })

    test('[2.1 A02.FR.20] is not repeated once the certificate came, good or not', async () => {
      for (const good of [true, false]) {
        const peer = await booted({ 'SecurityCtrlr.CertSigningWaitMinimum': '10' })
        const { csr } = await requested(peer, 'SignChargingStationCertificate')
        const certificateChain = good ? await signed(csr) : 'nonsense'
        await peer.call('CertificateSigned', { certificateChain })
        peer.forget()
        await peer.clock.run(500 * second)
        expect(peer.sent('SignCertificate')).toEqual([])
      }
    })

    test('[2.0.1 A02.FR.21] without a certificate for vehicles there is no plug and charge until the next boot', async () => {
      const peer = await booted()
      await requested(peer, 'SignV2GCertificate', 'Rejected')
      await peer.clock.run(0)
      const enabled = async () => {
        const component = { name: 'ISO15118Ctrlr' }
        const variable = { name: 'PnCEnabled' }
        const { getVariableResult } = await peer.call('GetVariables', {
          getVariableData: [{ component, variable }],
        })
        return (getVariableResult as { attributeValue: string }[])[0]?.attributeValue
      }
      expect(await enabled()).toBe('false')
      await peer.call('Reset', { type: 'Immediate' })
      await peer.clock.run(60 * second)
      expect(await enabled()).toBe('true')
    })

    test('[2.0.1 A03.FR.02] is sent a month before the certificate expires', async () => {
      const client = await pki.pair('stations/CS-1')
      const peer = await booted({}, { client }, { security: profile3 })
      const asked = new Promise<number>((resolve) => {
        peer.answers.set('SignCertificate', () => {
          resolve(peer.clock.monotonicMicros() / 1000)
          return { status: 'Accepted' }
        })
      })
      await peer.clock.run(334 * day)
      expect(peer.sent('SignCertificate')).toEqual([])
      await peer.clock.run(day)
      expect(await asked).toBe(335 * day)
    })
  })

  describe('CertificateSigned', () => {
    test('[2.0.1 A02.FR.08] a good one is presented from then on, after a reconnect', async () => {
      const client = await pki.pair('stations/CS-1')
      const peer = await booted({}, { client }, { security: profile3 })
      const { csr, requestId } = await requested(peer, 'SignChargingStationCertificate')
      const certificateChain = await signed(csr)
      const before = peer.dialled.length
      const answer = await peer.call('CertificateSigned', {
        certificateChain,
        certificateType: 'ChargingStationCertificate',
        ...(is21 && { requestId }),
      })
      expect(answer).toEqual({ status: 'Accepted' })
      await peer.clock.run(5 * second)
      expect(peer.dialled.length).toBe(before + 1)
      const now = peer.station.wireMs()
      expect(peer.station.certificates?.client(now)?.certificatePem).toBe(certificateChain)
      expect(logged(peer)).toContain('ReconfigurationOfSecurityParameters')
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 A02.FR.07] an invalid one is rejected and told as a security event', async () => {
      const peer = await booted()
      const { csr } = await requested(peer, 'SignChargingStationCertificate')
      const { chainPem } = await other.authority.signRequest(String(csr), 'CS-1', 10)
      expect(await peer.call('CertificateSigned', { certificateChain: chainPem })).toMatchObject({
        status: 'Rejected',
        statusInfo: { reasonCode: 'InvalidCertificate' },
      })
      await peer.clock.run(0)
      expect(events(peer)).toEqual(['InvalidChargingStationCertificate'])
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 A02.FR.06, errata 2025-09] one that begins later is rejected', async () => {
      const peer = await booted()
      const { csr } = await requested(peer, 'SignChargingStationCertificate')
      const tomorrow = new VirtualClock()
      await tomorrow.run(day)
      const authority = await CertificateAuthority.open(pki.folder, tomorrow)
      const { chainPem } = await authority.signRequest(String(csr), 'CS-1', 10)
      const answer = await peer.call('CertificateSigned', { certificateChain: chainPem })
      expect(answer).toMatchObject({ status: 'Rejected' })
      await peer.clock.run(0)
      expect(events(peer)).toEqual(['InvalidChargingStationCertificate'])
    })

    test('[2.0.1 A02.FR.06] one for the CSMS does for no vehicle', async () => {
      const peer = await booted()
      const { csr } = await requested(peer, 'SignV2GCertificate')
      const certificateType = 'V2GCertificate'
      const answer = await peer.call('CertificateSigned', {
        certificateChain: await signed(csr, 'station'),
        certificateType,
      })
      expect(answer).toMatchObject({ status: 'Rejected' })
    })

    test('[2.0.1 A02.FR.16] one that is too long is rejected', async () => {
      const peer = await booted({ 'SecurityCtrlr.MaxCertificateChainSize': '100' })
      const { csr } = await requested(peer, 'SignChargingStationCertificate')
      const certificateChain = await signed(csr)
      expect(await peer.call('CertificateSigned', { certificateChain })).toMatchObject({
        status: 'Rejected',
        statusInfo: { reasonCode: 'TooLargeElement' },
      })
    })

    test.runIf(is21)('[2.1 A02.FR.26] one for an unknown request is rejected', async () => {
      const peer = await booted()
      const { csr, requestId } = await requested(peer, 'SignChargingStationCertificate')
      const certificateChain = await signed(csr)
      const sign = (id: number) =>
        peer.call('CertificateSigned', { certificateChain, requestId: id })
      expect(await sign(Number(requestId) + 1)).toMatchObject({ status: 'Rejected' })
      expect(await sign(Number(requestId))).toEqual({ status: 'Accepted' })
    })

    test('[2.0.1 A02.FR.10, A02.FR.28] a station that does not get in with it goes back to the old one', async () => {
      const client = await pki.pair('stations/CS-1')
      const peer = await booted({}, { client }, { security: profile3 })
      const { csr } = await requested(peer, 'SignChargingStationCertificate')
      const certificateChain = await signed(csr)
      peer.reachable = false
      await peer.call('CertificateSigned', { certificateChain })
      const presented = () =>
        peer.station.certificates?.client(peer.station.wireMs())?.certificatePem
      await peer.clock.run(second / 2)
      expect(presented()).toBe(certificateChain)
      for (let waited = 0; presented() === certificateChain && waited < 600; waited += 1) {
        await peer.clock.run(second)
      }
      expect(presented()).toBe(client.certificatePem)
      peer.forget()
      peer.reachable = true
      await peer.clock.run(600 * second)
      // What it got in with is what it keeps.
      const kept = presented()
      expect(peer.station.certificates?.alternate(peer.station.wireMs())).toBe(false)
      const discarded = kept === client.certificatePem
      expect(events(peer).includes('DiscardedRenewedClientCertificate')).toBe(discarded && is21)
    })
  })

  describe('security events', () => {
    test('[2.0.1 A04.FR.01] a boot is told over TLS, and logged in any case [A04.FR.04]', async () => {
      const peer = await booted()
      expect(logged(peer)).toEqual(['StartupOfTheDevice'])
      expect(events(peer)).toEqual([])
      const secure = new StationPeer(protocol, {}, { security: profile3, crypto: stationCrypto })
      secure.station.boot()
      await secure.clock.run(0)
      expect(events(secure)).toEqual(['StartupOfTheDevice'])
      await secure.call('Reset', { type: 'Immediate' })
      await secure.clock.run(60 * second)
      expect(events(secure)).toEqual(['StartupOfTheDevice', 'ResetOrReboot'])
      expect(secure.findings).toEqual([])
    })

    test('[2.0.1 A04.FR.02] what happens offline is told when the CSMS is back', async () => {
      const peer = await booted()
      peer.cut()
      await peer.clock.run(0)
      const { behaviour } = peer.station
      behaviour.noticed?.({
        kind: 'connectFailed',
        failure: 'tls',
        detail: 'certificate has expired',
        httpStatus: undefined,
      })
      peer.reachable = true
      await peer.clock.run(60 * second)
      expect(events(peer)).toEqual(['InvalidCsmsCertificate'])
      expect(peer.findings).toEqual([])
    })

    test('one that the CSMS does not take is not lost to the log', async () => {
      const peer = await booted()
      peer.answers.set('SecurityEventNotification', refuse)
      const { csr } = await requested(peer, 'SignChargingStationCertificate')
      expect(csr).toBeDefined()
      await peer.call('CertificateSigned', { certificateChain: 'nonsense' })
      await peer.clock.run(0)
      expect(logged(peer)).toContain('InvalidChargingStationCertificate')
    })
  })

  describe('SetVariables BasicAuthPassword', () => {
    const set = (peer: StationPeer, attributeValue: string) =>
      peer.call('SetVariables', {
        setVariableData: [
          {
            component: { name: 'SecurityCtrlr' },
            variable: { name: 'BasicAuthPassword' },
            attributeValue,
          },
        ],
      })
    const statusOf = (answer: Record<string, unknown>) =>
      (answer['setVariableResult'] as { attributeStatus: string }[])[0]?.attributeStatus

    test('[2.0.1 A01, A01.FR.11, A01.FR.12] is used at once, and logged without its value', async () => {
      const peer = await booted()
      const password = 'correct horse battery'
      expect(statusOf(await set(peer, password))).toBe('Accepted')
      await peer.clock.run(5 * second)
      expect(peer.dialled[peer.dialled.length - 1]).toMatchObject({ password })
      const log = peer.station.memory.securityLog ?? []
      expect(log.map(({ type }) => type)).toContain('ReconfigurationOfSecurityParameters')
      expect(JSON.stringify(log)).not.toContain(password)
    })

    test.each([
      [15, 'Rejected', 'Rejected'],
      [16, 'Accepted', 'Accepted'],
      [40, 'Accepted', 'Accepted'],
      [41, 'Rejected', 'Accepted'],
      [64, 'Rejected', 'Accepted'],
      [65, 'Rejected', 'Rejected'],
    ])('of %i characters is %s in 2.0.1, %s in 2.1', async (length, in201, in21) => {
      const peer = await booted()
      expect(statusOf(await set(peer, 'x'.repeat(length)))).toBe(is21 ? in21 : in201)
    })
  })
})
