import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LabPki } from '../../../../../test/helpers/lab-pki.ts'
import { plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { CertificateHash } from '../../../../ocpp/station-crypto.ts'
import { exiOfChain, requestOfExi } from '../../../../platform/pki/contract-exchange.ts'
import { stationCrypto } from '../../../../platform/pki/station-crypto.ts'
import { VirtualClock } from '../../../../shared/virtual-clock.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'
import type { FactoryCertificates } from '../../certificate-store.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const
const day = 86_400_000
const emaid = 'DE-LAB-C12345678-9'
const token = { idToken: emaid, type: 'eMAID' }
let pki: LabPki
let other: LabPki

beforeAll(async () => {
  const clock = new VirtualClock()
  pki = await LabPki.make({ clock })
  other = await LabPki.make({ clock, organization: 'Other' })
})
afterAll(async () => {
  await pki[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

describe.each(protocols)('a station of $version', (protocol) => {
  const is21 = protocol.version === 'ocpp2.1'

  async function booted(
    factory: Partial<FactoryCertificates> = {},
    configuration: StationTemplate['configuration'] = {},
  ): Promise<StationPeer> {
    const peer = new StationPeer(
      protocol,
      {
        configuration: {
          'SecurityCtrlr.OrganizationName': 'Lab',
          'ISO15118Ctrlr.SeccId': 'SECC-1',
          ...configuration,
        },
      },
      {
        crypto: stationCrypto,
        factoryCertificates: () => ({
          csmsRoots: [pki.authority.rootPem],
          manufacturerRoots: [],
          v2gRoots: [pki.authority.rootPem],
          moRoots: [pki.authority.rootPem],
          ...factory,
        }),
      },
    )
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
    peer.answers.set('GetCertificateStatus', ({ ocspRequestData }) => ocsp(ocspRequestData))
    peer.answers.set('GetCertificateChainStatus', ({ certificateStatusRequests }) => ({
      certificateStatus: (certificateStatusRequests as { certificateHashData: object }[]).map(
        ({ certificateHashData }) => ({
          certificateHashData,
          source: 'OCSP',
          status: 'Good',
          nextUpdate: new Date(peer.clock.wallMs() + 100 * day).toISOString(),
        }),
      ),
    }))
    return peer.booted()
  }
  const ocsp = (hash: unknown) => {
    const response = pki.authority.standings.ocspResponse(hash as CertificateHash)
    return { status: 'Accepted', ocspResult: response?.toString('base64') }
  }
  const value = async (peer: StationPeer, component: string, variable: string) => {
    const named = { component: { name: component }, variable: { name: variable } }
    const { getVariableResult } = await peer.call('GetVariables', { getVariableData: [named] })
    return (getVariableResult as { attributeValue: string }[])[0]?.attributeValue
  }
  const install = (peer: StationPeer, certificateType: string, certificate: string) =>
    peer.call('InstallCertificate', { certificateType, certificate })
  const list = (peer: StationPeer, ...certificateType: readonly string[]) =>
    peer.call('GetInstalledCertificateIds', certificateType.length > 0 ? { certificateType } : {})
  const typesOf = (answer: Record<string, unknown>) =>
    (answer['certificateHashDataChain'] as { certificateType: string }[] | undefined)?.map(
      ({ certificateType }) => certificateType,
    )

  describe('roots', () => {
    test('[2.0.1 M05.FR.02, M03.FR.04, M04.FR.02] are installed, listed and deleted by type', async () => {
      const peer = await booted({ csmsRoots: [], v2gRoots: [], moRoots: [] })
      expect(await list(peer)).toEqual({ status: 'NotFound' })
      const { rootPem } = pki.authority
      const types = ['ManufacturerRootCertificate', 'V2GRootCertificate', 'MORootCertificate']
      for (const type of types) {
        expect(await install(peer, type, rootPem)).toEqual({ status: 'Accepted' })
      }
      expect(typesOf(await list(peer))).toEqual(types)
      const two = await list(peer, 'MORootCertificate', 'ManufacturerRootCertificate')
      expect(typesOf(two)).toEqual(['MORootCertificate', 'ManufacturerRootCertificate'])
      expect(await list(peer, 'CSMSRootCertificate')).toEqual({ status: 'NotFound' })
      const [hash] = peer.station.certificates?.trusted.hashes('mo') ?? []
      const remove = () => peer.call('DeleteCertificate', { certificateHashData: hash })
      for (const _type of types) expect(await remove()).toEqual({ status: 'Accepted' })
      expect(await remove()).toEqual({ status: 'NotFound' })
      expect(await list(peer)).toEqual({ status: 'NotFound' })
      expect(peer.findings).toEqual([])
    })

    test.runIf(is21)('[2.1 M05] those of vehicle makers, too', async () => {
      const peer = await booted()
      await install(peer, 'OEMRootCertificate', other.authority.rootPem)
      expect(typesOf(await list(peer, 'OEMRootCertificate'))).toEqual(['OEMRootCertificate'])
      expect(typesOf(await list(peer))).toContain('OEMRootCertificate')
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 M05.FR.07] what is no certificate is rejected, and told where the CSMS is meant', async () => {
      const peer = await booted()
      expect(await install(peer, 'CSMSRootCertificate', 'nonsense')).toMatchObject({
        status: 'Rejected',
        statusInfo: { reasonCode: 'InvalidCertificate' },
      })
      await peer.clock.run(0)
      expect(peer.sent('SecurityEventNotification')).toMatchObject([
        { type: 'InvalidCsmsCertificate' },
      ])
    })

    test('[2.0.1 M05.FR.06] there is room for CertificateEntries', async () => {
      const peer = await booted()
      expect(await value(peer, 'SecurityCtrlr', 'CertificateEntries')).toBe('3')
      await install(peer, 'ManufacturerRootCertificate', other.authority.rootPem)
      expect(await value(peer, 'SecurityCtrlr', 'CertificateEntries')).toBe('4')
      const full = await booted({
        csmsRoots: Array.from({ length: 50 }, () => pki.authority.rootPem),
      })
      const { rootPem } = other.authority
      expect(await install(full, 'ManufacturerRootCertificate', rootPem)).toMatchObject({
        status: 'Rejected',
        statusInfo: { reasonCode: 'OutOfStorage' },
      })
    })

    test('[2.0.1 M05.FR.10, M05.FR.11] with AdditionalRootCertificateCheck only the successor comes in', async () => {
      const peer = await booted({}, { 'SecurityCtrlr.AdditionalRootCertificateCheck': 'true' })
      const answer = await install(peer, 'CSMSRootCertificate', other.authority.rootPem)
      expect(answer).toMatchObject({ status: 'Rejected' })
    })
  })

  describe('certificates for vehicles', () => {
    async function presenting(
      earlier?: StationPeer,
    ): Promise<{ peer: StationPeer; serial: string }> {
      const peer = earlier ?? (await booted())
      const csr = new Promise<string>((resolve) => {
        peer.answers.set('SignCertificate', (payload) => {
          resolve(String(payload['csr']))
          return { status: 'Accepted' }
        })
      })
      await peer.call('TriggerMessage', { requestedMessage: 'SignV2GCertificate' })
      const { chainPem, entry } = await pki.authority.signRequest(await csr, 'CS-1', 80, 'secc')
      const signed = { certificateChain: chainPem, certificateType: 'V2GCertificate' }
      expect(await peer.call('CertificateSigned', signed)).toEqual({ status: 'Accepted' })
      await peer.clock.run(0)
      return { peer, serial: entry.serial }
    }
    const asked = (peer: StationPeer) =>
      peer
        .sent('GetCertificateStatus')
        .map(({ ocspRequestData }) => (ocspRequestData as { serialNumber: string }).serialNumber)

    test('[2.0.1 M03.FR.05] are listed with those above them', async () => {
      const { peer, serial } = await presenting()
      const { certificateHashDataChain } = await list(peer, 'V2GCertificateChain')
      expect(certificateHashDataChain).toMatchObject([
        {
          certificateType: 'V2GCertificateChain',
          certificateHashData: { serialNumber: serial },
          childCertificateHashData: [{ hashAlgorithm: 'SHA256' }],
        },
      ])
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 M06.FR.06, M06.FR.07, M06.FR.10] their OCSP data is asked for at once and every week', async () => {
      const { peer, serial } = await presenting()
      expect(asked(peer)).toEqual([serial, expect.any(String)])
      peer.forget()
      await peer.clock.run(6 * day)
      expect(asked(peer)).toEqual([])
      await peer.clock.run(day)
      expect(asked(peer)).toEqual([serial, expect.any(String)])
      expect(peer.findings).toEqual([])
    })

    test('a revoked one is presented no more, and another asked for', async () => {
      const { peer, serial } = await presenting()
      await pki.authority.revoke(serial, 'keyCompromise')
      const again = new Promise<unknown>((resolve) => {
        peer.answers.set('SignCertificate', (payload) => {
          resolve(payload['certificateType'])
          return { status: 'Accepted' }
        })
      })
      await peer.clock.run(7 * day)
      expect(await again).toBe('V2GCertificate')
      expect(await list(peer, 'V2GCertificateChain')).toEqual({ status: 'NotFound' })
      expect(await value(peer, 'ISO15118Ctrlr', 'PnCEnabled')).toBe('false')
    })

    test('[2.0.1 M06.FR.06] an older one that is presented again is asked about', async () => {
      const { peer, serial: older } = await presenting()
      const { serial: newer } = await presenting(peer)
      peer.forget()
      const chains = peer.station.certificates?.vehicleChains() ?? []
      const newest = chains.find(({ hash }) => hash.serialNumber === newer)
      await peer.call('DeleteCertificate', { certificateHashData: newest?.hash })
      await peer.clock.run(0)
      expect(asked(peer)).toEqual([older])
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 M04.FR.06] can be deleted, unlike the one for the CSMS', async () => {
      const { peer } = await presenting()
      const [chain] = peer.station.certificates?.vehicleChains() ?? []
      const certificateHashData = chain?.hash
      const remove = (hash: object) => peer.call('DeleteCertificate', { certificateHashData: hash })
      const foreign = { ...certificateHashData, issuerKeyHash: 'ab'.repeat(32) }
      expect(await remove(foreign)).toEqual({ status: 'NotFound' })
      expect(await remove({ ...certificateHashData })).toEqual({ status: 'Accepted' })
      expect(await list(peer, 'V2GCertificateChain')).toEqual({ status: 'NotFound' })
    })
  })

  describe('contracts', () => {
    /** The CSMS signs what comes, for the contracts in turn. */
    function signing(peer: StationPeer, ...emaids: readonly string[]): readonly string[] {
      const left = [...emaids]
      const chains: string[] = []
      peer.answers.set('Get15118EVCertificate', async ({ exiRequest }) => {
        const name = left.shift() ?? ''
        const csr = requestOfExi(String(exiRequest))
        const { chainPem } = await pki.authority.signContract(csr, name, 100)
        chains.push(chainPem)
        const exiResponse = exiOfChain(chainPem)
        const remaining = is21 ? { remainingContracts: left.length } : {}
        return { status: 'Accepted', exiResponse, ...remaining }
      })
      return chains
    }
    const contract = (peer: StationPeer, action: 'Install' | 'Update', ...emaids: string[]) =>
      peer.actor.act(plug, { kind: 'contract', action, emaids })
    const authorize = (peer: StationPeer) => {
      const told = peer.actor.authorize(plug, token, peer.cancel)
      return peer.act(told)
    }

    test('[2.0.1 M01.FR.01, M02.FR.01] the EV’s request is passed on, and what comes back is its contract', async () => {
      const peer = await booted()
      signing(peer, emaid)
      expect(await contract(peer, 'Install', emaid)).toMatchObject({ ok: true })
      signing(peer, emaid)
      expect(await contract(peer, 'Update', emaid)).toMatchObject({ ok: true })
      expect(peer.sent('Get15118EVCertificate')).toMatchObject([
        { action: 'Install', iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef' },
        { action: 'Update' },
      ])
      expect(peer.findings).toEqual([])
    })

    test.runIf(is21)(
      '[2.1 M01.FR.03, M01.FR.06, M02.FR.02] by ISO 15118-20 several, one after the other',
      async () => {
        const peer = await booted()
        signing(peer, 'DE-A-1', 'DE-B-2')
        expect(await contract(peer, 'Install', 'DE-A-1', 'DE-B-2')).toMatchObject({ ok: true })
        const [first, second] = peer.sent('Get15118EVCertificate')
        expect(first).toMatchObject({
          maximumContractCertificateChains: 2,
          prioritizedEMAIDs: ['DE-A-1', 'DE-B-2'],
        })
        expect(second).toEqual(first)
        peer.forget()
        signing(peer, 'DE-A-1', 'DE-B-2')
        await contract(peer, 'Update', 'DE-A-1', 'DE-B-2')
        expect(peer.sent('Get15118EVCertificate')).toMatchObject([{ action: 'Install' }, {}])
        expect(peer.findings).toEqual([])
      },
    )

    test('fails where the CSMS has none, and without a connection', async () => {
      const peer = await booted()
      peer.answers.set('Get15118EVCertificate', () => ({ status: 'Failed', exiResponse: '' }))
      expect(await contract(peer, 'Install', emaid)).toMatchObject({ ok: false })
      peer.cut()
      await peer.clock.run(0)
      expect(await contract(peer, 'Install', emaid)).toMatchObject({ ok: false })
    })

    test('[2.0.1 C07.FR.01, C07.FR.02] Authorize shows the hashes of a chain that the station verified', async () => {
      const peer = await booted()
      const chains = signing(peer, emaid)
      await contract(peer, 'Install', emaid)
      expect(await authorize(peer)).toMatchObject({ ok: true })
      const [authorized] = peer.sent('Authorize')
      const hashes = authorized?.['iso15118CertificateHashData'] as { serialNumber: string }[]
      expect(hashes).toHaveLength(2)
      expect(hashes[0]).toMatchObject({ responderURL: 'http://ocsp.csms.invalid/' })
      expect(authorized).not.toHaveProperty('certificate')
      expect(chains).toHaveLength(1)
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 N09.FR.05, N10.FR.03] a customer is known by the certificate of the contract', async () => {
      const peer = await booted()
      signing(peer, emaid)
      await contract(peer, 'Install', emaid)
      const customer = async (customerCertificate: object) => {
        peer.forget()
        const order = { requestId: 1, report: true, clear: true, customerCertificate }
        expect(await peer.call('CustomerInformation', order)).toEqual({ status: 'Accepted' })
        return peer.sent('NotifyCustomerInformation')[0]?.['data']
      }
      await authorize(peer)
      const shown = peer.sent('Authorize')[0]?.['iso15118CertificateHashData']
      const [{ responderURL: _, ...hash }] = shown as [{ responderURL: string }]
      expect(await customer({ ...hash, serialNumber: '99' })).toBe('no data was found')
      expect(await customer(hash)).toContain(`eMAID ${emaid} is`)
      expect(await customer(hash)).toBe('no data was found')
      expect(peer.findings).toEqual([])
    })

    test('[2.0.1 C07.FR.06] without a root of its own it shows the chain, where it may', async () => {
      const peer = await booted({ moRoots: [], v2gRoots: [] })
      const chains = signing(peer, emaid)
      await contract(peer, 'Install', emaid)
      await authorize(peer)
      expect(peer.sent('Authorize')).toMatchObject([{ certificate: chains[0] }])
      const closed = await booted(
        { moRoots: [], v2gRoots: [] },
        { 'ISO15118Ctrlr.CentralContractValidationAllowed': 'false' },
      )
      signing(closed, emaid)
      await contract(closed, 'Install', emaid)
      expect(await authorize(closed)).toMatchObject({ ok: false })
      expect(closed.sent('Authorize')).toEqual([])
    })

    test('[2.0.1 C07] a certificate that is not valid is not shown', async () => {
      const peer = await booted({ moRoots: [other.authority.rootPem], v2gRoots: [] })
      signing(peer, emaid)
      await contract(peer, 'Install', emaid)
      expect(await authorize(peer)).toMatchObject({ ok: false })
      expect(peer.sent('Authorize')).toEqual([])
    })

    test('[2.0.1 C07.FR.16] what the CSMS says of the certificate counts', async () => {
      const peer = await booted()
      signing(peer, emaid)
      await contract(peer, 'Install', emaid)
      peer.answers.set('Authorize', () => ({
        idTokenInfo: { status: 'Accepted' },
        certificateStatus: 'CertificateRevoked',
      }))
      expect(await authorize(peer)).toMatchObject({
        ok: false,
        reason: expect.stringContaining('CertificateRevoked'),
      })
    })

    test.each([
      [true, false],
      [true, true],
      [false, true],
    ])(
      '[2.0.1 C07.FR.07 to FR.12] offline, validation %s, unknown ids %s',
      async (validates, unknown) => {
        const peer = await booted(
          {},
          {
            'ISO15118Ctrlr.ContractValidationOffline': String(validates),
            'AuthCtrlr.OfflineTxForUnknownIdEnabled': String(unknown),
          },
        )
        signing(peer, emaid)
        await contract(peer, 'Install', emaid)
        peer.cut()
        await peer.clock.run(0)
        expect(await authorize(peer)).toMatchObject({ ok: validates && unknown })
      },
    )

    test.runIf(is21).each([
      ['OCSP', 'OCSP', 'http://ocsp.csms.invalid/'],
      ['CRL', 'CRL', 'http://crl.csms.invalid/'],
      ['CRL,OCSP', 'OCSP', 'http://ocsp.csms.invalid/'],
    ])('[2.1 M07.FR.01, M07.FR.04] %s: asks by %s', async (sources, source, url) => {
      const peer = await booted({}, { 'ISO15118Ctrlr.CertificateStatusSource': sources })
      signing(peer, emaid)
      await contract(peer, 'Install', emaid)
      await authorize(peer)
      const one = { source, urls: [url] }
      expect(peer.sent('GetCertificateChainStatus')).toMatchObject([
        { certificateStatusRequests: [one, one] },
      ])
      expect(peer.findings).toEqual([])
    })

    test.runIf(is21)(
      '[2.1 M07.FR.09 to FR.11] the status of the chain is asked for once a week; a revoked one is not shown',
      async () => {
        const peer = await booted()
        signing(peer, emaid)
        await contract(peer, 'Install', emaid)
        await authorize(peer)
        await authorize(peer)
        expect(peer.sent('GetCertificateChainStatus')).toHaveLength(1)
        await peer.clock.run(7 * day + 1)
        const good = peer.answers.get('GetCertificateChainStatus')
        peer.answers.set('GetCertificateChainStatus', (payload) => {
          const answer = good?.(payload) as { certificateStatus: object[] }
          return {
            certificateStatus: answer.certificateStatus.map((one) => ({
              ...one,
              status: 'Revoked',
            })),
          }
        })
        peer.forget()
        expect(await authorize(peer)).toMatchObject({
          ok: false,
          reason: 'the contract certificate was revoked',
        })
        expect(peer.sent('GetCertificateChainStatus')).toHaveLength(1)
        expect(peer.sent('Authorize')).toEqual([])
        expect(peer.findings).toEqual([])
      },
    )
  })
})
