import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LabPki } from '../../../../../test/helpers/lab-pki.ts'
import { type Answer, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { CertificateHash } from '../../../../ocpp/station-crypto.ts'
import { stationCrypto } from '../../../../platform/pki/station-crypto.ts'
import { VirtualClock } from '../../../../shared/virtual-clock.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const
const second = 1000

describe.each(protocols)('who signed firmware for a station of $version', (protocol) => {
  let pki: LabPki

  beforeAll(async () => {
    pki = await LabPki.make({ clock: new VirtualClock() })
  })
  afterAll(() => pki[Symbol.asyncDispose]())

  const ocsp: Answer = ({ ocspRequestData }) => {
    const response = pki.authority.standings.ocspResponse(ocspRequestData as CertificateHash)
    return { status: 'Accepted', ocspResult: response?.toString('base64') }
  }

  async function ordered(status: Answer) {
    const root = await pki.text('firmware/root.pem')
    const peer = new StationPeer(
      protocol,
      {},
      {
        crypto: stationCrypto,
        factoryCertificates: () => ({
          csmsRoots: [],
          manufacturerRoots: [root],
          v2gRoots: [],
          moRoots: [],
        }),
      },
    )
    peer.answers.set('GetCertificateStatus', status)
    await peer.booted()
    const answer = peer.call('UpdateFirmware', {
      requestId: 1,
      firmware: {
        location: 'http://files/ac22-2.4.0.bin',
        retrieveDateTime: new Date(peer.clock.wallMs()).toISOString(),
        signingCertificate: await pki.text('firmware/signer.pem'),
        signature: 'x',
      },
    })
    await peer.clock.run(10 * second)
    return { peer, answer: await answer }
  }
  const events = (peer: StationPeer) =>
    peer.sent('SecurityEventNotification').map(({ type }) => type)
  const actions = (peer: StationPeer) => peer.heard.map(({ action }) => action)

  test('[2.0.1 L01.FR.21] is asked about where the certificate says how, and good enough', async () => {
    const { peer, answer } = await ordered(ocsp)
    expect(answer).toEqual({ status: 'Accepted' })
    const asked = actions(peer).indexOf('GetCertificateStatus')
    expect(asked).toBeGreaterThan(-1)
    expect(actions(peer).indexOf('FirmwareStatusNotification')).toBeGreaterThan(asked)
    expect(peer.findings).toEqual([])
  })

  test.each([
    ['does not know', () => ({ status: 'Failed' })],
    ['brings nonsense', () => ({ status: 'Accepted', ocspResult: 'AAAA' })],
    ['does not say in five seconds', () => new Promise<never>(() => undefined)],
  ] as const)('where the CSMS %s, the update is taken', async (_what, status) => {
    const { answer } = await ordered(status)
    expect(answer).toEqual({ status: 'Accepted' })
  })

  test('[2.0.1 L01.FR.02, L01.FR.22] revoked: RevokedCertificate, a security event, and no update', async () => {
    const [signer] = pki.authority.certificates().filter(({ role }) => role === 'firmware')
    await pki.authority.revoke(signer?.serial ?? '', 'keyCompromise')
    const { peer, answer } = await ordered(ocsp)
    expect(answer).toEqual({ status: 'RevokedCertificate' })
    expect(events(peer)).toEqual(['InvalidFirmwareSigningCertificate'])
    expect(peer.sent('FirmwareStatusNotification')).toEqual([])
    expect(peer.findings).toEqual([])
  })
})
