import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BareStation } from '../../../../test/helpers/bare-station.ts'
import { LabPki } from '../../../../test/helpers/lab-pki.ts'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'
import { memorySockets } from '../../../ocpp/memory-socket.ts'
import type { SecurityProfile } from '../../../ocpp/security-profile.ts'
import { makeSigningRequest } from '../../../platform/pki/signing-request.ts'
import { stationCrypto } from '../../../platform/pki/station-crypto.ts'
import { VirtualClock } from '../../../shared/virtual-clock.ts'
import { certificatesOf } from '../../domain/certificates.ts'
import { isPasswordHash } from '../../gateway/credentials.ts'

let pki: LabPki
beforeAll(async () => {
  pki = await LabPki.make({ clock: new VirtualClock() })
})
afterAll(() => pki[Symbol.asyncDispose]())

const accepted = { status: 'Accepted' }
const subject = { commonName: 'CS1', organization: 'Lab' }

/** The station answers the next CALL of this action; resolves to its payload. */
function answering(station: BareStation, action: string, answer: object = accepted) {
  return new Promise<Record<string, unknown>>((resolve) => {
    station.serve = (called, payload) => {
      if (called !== action) return undefined
      resolve(payload as Record<string, unknown>)
      return answer
    }
  })
}

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('a %s station', (version) => {
  const is21 = version === 'ocpp2.1'

  async function booted(options: Parameters<typeof memoryCsms>[0] = { caDir: pki.folder }) {
    const csms = memoryCsms(options)
    const station = await csms.boot('CS1', version)
    const record = csms.store.stations.get('CS1')
    if (!record) throw new Error('CS1 is not known')
    return { ...csms, station, record }
  }
  const set = (component: string, variable: string, attributeValue: string) => ({
    setVariableData: [
      { component: { name: component }, variable: { name: variable }, attributeValue },
    ],
  })
  const wasSet = (component: string, variable: string, attributeStatus: string) => ({
    setVariableResult: [
      { component: { name: component }, variable: { name: variable }, attributeStatus },
    ],
  })

  describe('SignCertificate', () => {
    test.each([
      ['ChargingStationCertificate', 'server'],
      ['V2GCertificate', 'client'],
    ] as const)(
      '[2.0.1 A02.FR.11, A02.FR.14, 2.1 A02.FR.25] %s is signed and sent, with what named the request',
      async (certificateType, peer) => {
        const { station, record, clock } = await booted()
        const sent = answering(station, 'CertificateSigned')
        const { csrPem, keyPem } = await makeSigningRequest(subject, 'ecdsa')
        const named = { certificateType, ...(is21 && { requestId: 42 }) }
        expect(await station.ask('SignCertificate', { csr: csrPem, ...named })).toEqual(accepted)
        const { certificateChain, ...rest } = await sent
        expect(rest).toEqual(named)
        const certificatePem = String(certificateChain)
        const roots = [pki.authority.rootPem]
        const check = { certificatePem, keyPem, subject, roots, nowMs: clock.wallMs(), peer }
        expect(stationCrypto.objectionToSigned(check)).toBeUndefined()
        const wrong = {
          ...check,
          peer: peer === 'server' ? ('client' as const) : ('server' as const),
        }
        expect(stationCrypto.objectionToSigned(wrong)).toContain('not meant for')
        await clock.run(0)
        expect(record.certificates?.signed).toMatchObject([{ certificateType, state: 'Installed' }])
      },
    )

    test('without a type the certificate does for both', async () => {
      const { station } = await booted()
      const sent = answering(station, 'CertificateSigned')
      const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
      await station.ask('SignCertificate', { csr: csrPem })
      const payload = await sent
      expect(payload).not.toHaveProperty('certificateType')
      expect(pki.authority.certificates().slice(-1)).toMatchObject([{ role: 'combined' }])
    })

    test('[2.0.1 A02] for vehicles the CN is the SeccId, where the station told it', async () => {
      const { station, record } = await booted()
      record.variables['ISO15118Ctrlr/SeccId'] = {
        component: { name: 'ISO15118Ctrlr' },
        variable: { name: 'SeccId' },
        attributes: { Actual: 'SECC-9' },
      }
      const certificateType = 'V2GCertificate'
      const { csrPem } = await makeSigningRequest(subject, 'ecdsa')
      const answer = await station.ask('SignCertificate', { csr: csrPem, certificateType })
      expect(answer).toEqual({ status: 'Rejected' })
      expect(record.certificates?.refusal?.reason).toContain('SeccId is "SECC-9"')
    })

    test('[2.0.1 A02.FR.12] is rejected where there is no authority', async () => {
      const { station } = await booted({})
      expect(await station.ask('SignCertificate', { csr: 'x' })).toEqual({ status: 'Rejected' })
    })

    test('[2.0.1 A02] a station whose certificate is about to expire is told to renew it', async () => {
      const { station, record, clock } = await booted()
      record.security = { certificateSerial: 'AB' }
      const notAfter = new Date(clock.wallMs() + 6 * 86_400_000).toISOString()
      const base = { serial: 'AB', commonName: 'CS1', notBefore: '', signedAt: '' }
      certificatesOf(record).signed.push({ ...base, notAfter, state: 'Installed' })
      const told = answering(station, 'TriggerMessage')
      await station.boot(version)
      expect(await told).toEqual({ requestedMessage: 'SignChargingStationCertificate' })
    })
  })

  describe('[2.0.1 B01.FR.11, B01.FR.12] a certificate', () => {
    async function says(serialNumber: string | undefined, certificateName: string, profile = 3) {
      const { gateway, clock, store } = memoryCsms({})
      const [ours, theirs] = memorySockets(version)
      gateway.accept(ours, {
        stationId: 'CS1',
        version,
        remoteAddress: '127.0.0.1',
        security: { profile: profile as SecurityProfile, certificateSerial: 'AB', certificateName },
      })
      const station = new BareStation(theirs)
      const chargingStation = { vendorName: 'V', model: 'M', ...(serialNumber && { serialNumber }) }
      const boot = { reason: 'PowerUp', chargingStation }
      const { status } = await station.ask('BootNotification', boot)
      expect(store.stations.get('CS1')?.registration).toBe(status)
      await clock.run(10)
      return { status, code: station.closedWith?.code }
    }

    test('of another serial number: Rejected, and the connection is closed', async () => {
      expect(await says('SN-2', 'SN-1')).toEqual({ status: 'Rejected', code: 1008 })
    })

    test.each([
      ['the same serial number', 'SN-1', 'SN-1', 3],
      ['the identity', 'SN-2', 'CS1', 3],
      ['a serial number that the station does not tell', undefined, 'SN-1', 3],
      ['anybody, where it is not what proves the station', 'SN-2', 'SN-1', 2],
    ] as const)('of %s is good', async (_what, serialNumber, name, profile) => {
      expect(await says(serialNumber, name, profile)).toEqual({ status: 'Accepted' })
    })
  })

  test('[2.0.1 A04.FR.03] security events are kept', async () => {
    const { station, record, events } = await booted({})
    const event = { type: 'InvalidTLSVersion', timestamp: '2026-01-01T00:00:00.000Z' }
    expect(await station.ask('SecurityEventNotification', { ...event, techInfo: 'x' })).toEqual({})
    expect(record.securityEvents).toMatchObject([{ ...event, techInfo: 'x' }])
    expect(events.slice(-1)).toMatchObject([{ type: 'notified' }])
  })

  describe('SetVariables BasicAuthPassword', () => {
    const password = 'correct horse battery'
    const names = ['SecurityCtrlr', 'BasicAuthPassword'] as const

    test('[2.0.1 A01.FR.03, A01.FR.08] once accepted it counts, as a hash', async () => {
      const { station, record, commander } = await booted({})
      let known: string | undefined
      station.serve = () => {
        known = record.security?.nextPasswordHash
        return wasSet(...names, 'Accepted')
      }
      await commander.send(
        'CS1',
        'SetVariables',
        set('securityctrlr', 'basicauthpassword', password),
      )
      expect(isPasswordHash(known ?? '')).toBe(true)
      expect(record.security).toMatchObject({ passwordHash: known, nextPasswordHash: undefined })
      expect(JSON.stringify(record)).not.toContain(password)
    })

    test('[2.0.1 A01.FR.04] refused, the old one stays', async () => {
      const { station, record, commander } = await booted({})
      record.security = { passwordHash: 'old' }
      station.serve = () => wasSet(...names, 'Rejected')
      await commander.send('CS1', 'SetVariables', set(...names, password))
      expect(record.security).toMatchObject({ passwordHash: 'old', nextPasswordHash: undefined })
    })
  })

  describe('a higher security profile', () => {
    const priority = ['OCPPCommCtrlr', 'NetworkConfigurationPriority'] as const
    const profile = (slot: number, securityProfile: number) => ({
      configurationSlot: slot,
      connectionData: {
        ocppInterface: 'Wired0',
        ocppTransport: 'JSON',
        ocppVersion: 'OCPP20',
        messageTimeout: 30,
        ocppCsmsUrl: 'wss://csms',
        securityProfile,
      },
    })

    async function migrated(securityProfile: number, lowestProfile?: 2 | 3) {
      const csms = await booted({})
      const { station, record, commander } = csms
      record.security = { profile: 1, lowestProfile }
      station.serve = (action) =>
        action === 'SetVariables' ? wasSet(...priority, 'Accepted') : accepted
      await commander.send('CS1', 'SetNetworkProfile', profile(2, securityProfile))
      await commander.send('CS1', 'SetVariables', set(...priority, '2,1'))
      return csms
    }

    test('[2.0.1 A05.FR.07] binds from the first connection with it on', async () => {
      const { record, connect } = await migrated(2)
      expect(record.security).toMatchObject({ upgradeTo: 2, lowestProfile: undefined })
      connect('CS1', version, 2)
      expect(record.security).toMatchObject({ upgradeTo: undefined, lowestProfile: 2 })
    })

    test('[2.1 A05.FR.08] a station may step from 3 to 2 where it says so; in 2.0.1 never', async () => {
      const { record } = await migrated(2, 3)
      expect(record.security?.lowestProfile).toBe(is21 ? 2 : 3)
    })

    test('[2.1 A05.FR.09] nobody goes down to 1', async () => {
      const { record } = await migrated(1, 3)
      expect(record.security?.lowestProfile).toBe(3)
    })
  })
})
