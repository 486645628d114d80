import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LabPki } from '../../../../test/helpers/lab-pki.ts'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'
import { certificateHash } from '../../../platform/pki/certificate-hash.ts'
import { requestOfExi } from '../../../platform/pki/contract-exchange.ts'
import { readCertificates } from '../../../platform/pki/read-certificates.ts'
import { stationCrypto } from '../../../platform/pki/station-crypto.ts'
import { VirtualClock } from '../../../shared/virtual-clock.ts'

const emaid = 'DE-LAB-C1'
const second = 'DE-LAB-C2'
const tokens = [
  { idToken: emaid, type: 'eMAID', status: 'Accepted' },
  { idToken: second, type: 'eMAID', status: 'Accepted' },
  { idToken: 'DE-LAB-BLOCKED', type: 'eMAID', status: 'Blocked' },
] as const
let pki: LabPki
let other: LabPki
beforeAll(async () => {
  const clock = new VirtualClock()
  pki = await LabPki.make({ clock })
  other = await LabPki.make({ clock })
})
afterAll(async () => {
  await pki[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

/** A contract that the authority signed, and how OCPP names its certificates. */
async function contract({ authority } = pki, days = 10) {
  const { exiRequest } = await stationCrypto.contractRequest(emaid)
  const { chainPem, entry } = await authority.signContract(requestOfExi(exiRequest), emaid, days)
  const [leaf, issuer] = readCertificates(chainPem)
  if (!leaf || !issuer) throw new Error('no chain')
  return { chainPem, serial: entry.serial, hash: certificateHash(leaf, issuer, 'SHA256') }
}

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('the CSMS of a %s station', (version) => {
  const is21 = version === 'ocpp2.1'

  async function booted(options: Parameters<typeof memoryCsms>[0] = {}) {
    const csms = memoryCsms({ caDir: pki.folder, tokens, ...options })
    const station = await csms.boot('CS1', version)
    const record = csms.store.stations.get('CS1')
    if (!record) throw new Error('CS1 is not known')
    return { ...csms, station, record }
  }
  const schema = { iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef' }
  const responderURL = 'http://ocsp.csms.invalid/'

  describe('Get15118EVCertificate', () => {
    test.each(['Install', 'Update'])(
      '[2.0.1 M01, M02] %s: signs for who may charge',
      async (action) => {
        const { station, record } = await booted()
        const { exiRequest } = await stationCrypto.contractRequest(emaid)
        const request = { ...schema, action, exiRequest }
        const { status, exiResponse } = await station.ask('Get15118EVCertificate', request)
        expect(status).toBe('Accepted')
        expect(stationCrypto.contractOf(String(exiResponse))).toMatchObject({ emaid })
        expect(record.certificates?.contracts).toMatchObject([{ emaid, action }])
      },
    )

    test('a station that asks again and again gets no more after a while', async () => {
      const { station, clock } = await booted()
      const { exiRequest } = await stationCrypto.contractRequest(emaid)
      const request = { ...schema, action: 'Install', exiRequest }
      const ask = async () => (await station.ask('Get15118EVCertificate', request))['status']
      for (let times = 0; times < 50; times += 1) expect(await ask()).toBe('Accepted')
      expect(await ask()).toBe('Failed')
      await clock.run(3_600_000)
      expect(await ask()).toBe('Accepted')
    })

    test.each(['DE-LAB-NOBODY', 'DE-LAB-BLOCKED'])('%s has no contract', async (wanted) => {
      const { station } = await booted()
      const { exiRequest } = await stationCrypto.contractRequest(wanted)
      const request = { ...schema, action: 'Install', exiRequest }
      expect(await station.ask('Get15118EVCertificate', request)).toMatchObject({
        status: 'Failed',
        exiResponse: '',
      })
    })

    test('Failed for what is no request, and without an authority', async () => {
      const request = { ...schema, action: 'Install', exiRequest: 'AAAA' }
      for (const options of [{}, { caDir: undefined }]) {
        const { station } = await booted(options)
        expect(await station.ask('Get15118EVCertificate', request)).toMatchObject({
          status: 'Failed',
        })
      }
    })

    test.runIf(is21)('[2.1 M01.FR.04, M01.FR.07] several contracts come one by one', async () => {
      const { station } = await booted()
      const { exiRequest } = await stationCrypto.contractRequest(emaid)
      const request = {
        ...schema,
        action: 'Install',
        exiRequest,
        maximumContractCertificateChains: 3,
        prioritizedEMAIDs: [second, 'DE-LAB-BLOCKED', emaid],
      }
      const next = async () => {
        const answer = await station.ask('Get15118EVCertificate', request)
        const { emaid: named } = stationCrypto.contractOf(String(answer['exiResponse'])) ?? {}
        return [named, answer['remainingContracts']]
      }
      expect(await next()).toEqual([second, 1])
      expect(await next()).toEqual([emaid, 0])
      expect(await next()).toEqual([second, 1])
    })
  })

  test('[2.0.1 M06.FR.02, M06.FR.03, M06.FR.04] GetCertificateStatus tells good and revoked, Failed for what is not ours', async () => {
    const { station, record } = await booted()
    const { hash, serial } = await contract()
    const ask = (of: object) =>
      station.ask('GetCertificateStatus', { ocspRequestData: { ...of, responderURL } })
    const verdict = async () => {
      const { status, ocspResult } = await ask(hash)
      expect(status).toBe('Accepted')
      return stationCrypto.ocspVerdict(String(ocspResult))
    }
    expect(await verdict()).toMatchObject({ status: 'good', serialNumber: serial })
    await pki.authority.revoke(serial, 'keyCompromise')
    expect(await verdict()).toMatchObject({ status: 'revoked' })
    const foreign = await contract(other)
    expect(await ask(foreign.hash)).toMatchObject({ status: 'Failed' })
    expect(record.certificates?.statuses).toMatchObject([
      { serial, status: 'Revoked' },
      { serial: foreign.serial, status: 'Failed' },
    ])
  })

  test.runIf(is21).each([
    ['OCSP', 'Unknown'],
    ['CRL', 'Good'],
  ])(
    '[2.1 M07.FR.03, M07.FR.05 to FR.08] by %s GetCertificateChainStatus tells of each, of what nobody knows %s',
    async (source, unknown) => {
      const { station, clock } = await booted()
      const [good, revoked, foreign] = [await contract(), await contract(), await contract(other)]
      await pki.authority.revoke(revoked.serial, 'keyCompromise')
      const hashes = [good.hash, revoked.hash, { ...good.hash, serialNumber: 'ABC' }, foreign.hash]
      const { certificateStatus } = await station.ask('GetCertificateChainStatus', {
        certificateStatusRequests: hashes.map((certificateHashData) => ({
          certificateHashData,
          source,
          urls: [responderURL],
        })),
      })
      const nextUpdate = new Date(clock.wallMs() + 7 * 86_400_000).toISOString()
      expect(certificateStatus).toMatchObject([
        { certificateHashData: good.hash, source, status: 'Good', nextUpdate },
        { status: 'Revoked' },
        { status: unknown },
        { status: 'Failed' },
      ])
    },
  )

  describe('Authorize with a contract certificate', () => {
    const idToken = { idToken: emaid, type: 'eMAID' }
    const hashes = (hash: object) => ({
      iso15118CertificateHashData: [{ ...hash, responderURL }],
    })

    test('[2.0.1 C07.FR.14] is Accepted while certificate and contract hold', async () => {
      const { station } = await booted()
      const { chainPem, hash } = await contract()
      for (const proof of [{ certificate: chainPem }, hashes(hash)]) {
        expect(await station.ask('Authorize', { idToken, ...proof })).toMatchObject({
          certificateStatus: 'Accepted',
          idTokenInfo: { status: 'Accepted' },
        })
      }
      const plain = await station.ask('Authorize', { idToken })
      expect(plain).not.toHaveProperty('certificateStatus')
    })

    test.each([
      ['Blocked', 'DE-LAB-BLOCKED'],
      ['Unknown', 'DE-LAB-NOBODY'],
    ])('[2.0.1 C07.FR.13] a contract that is %s is cancelled', async (status, token) => {
      const { station } = await booted()
      const { hash } = await contract()
      const unfit = { idToken: token, type: 'eMAID' }
      expect(await station.ask('Authorize', { idToken: unfit, ...hashes(hash) })).toMatchObject({
        certificateStatus: 'ContractCancelled',
        idTokenInfo: { status },
      })
    })

    test('[2.0.1 C07.FR.16] a revoked certificate makes the token Invalid', async () => {
      const { station } = await booted()
      const { chainPem, hash, serial } = await contract()
      await pki.authority.revoke(serial, 'keyCompromise')
      for (const proof of [{ certificate: chainPem }, hashes(hash)]) {
        expect(await station.ask('Authorize', { idToken, ...proof })).toMatchObject({
          certificateStatus: 'CertificateRevoked',
          idTokenInfo: { status: 'Invalid' },
        })
      }
    })

    test('[2.0.1 C07.FR.15] an expired one makes it Expired', async () => {
      const { station, clock } = await booted()
      const { chainPem } = await contract(pki, 10 / 86_400)
      await clock.run(11_000)
      expect(await station.ask('Authorize', { idToken, certificate: chainPem })).toMatchObject({
        certificateStatus: 'CertificateExpired',
        idTokenInfo: { status: 'Expired' },
      })
    })

    test('[2.0.1 C07.FR.17] what nobody here can verify makes it Invalid', async () => {
      const { chainPem, hash } = await contract(other)
      for (const options of [{}, { caDir: undefined }]) {
        const { station } = await booted(options)
        for (const proof of [{ certificate: chainPem }, hashes(hash)]) {
          expect(await station.ask('Authorize', { idToken, ...proof })).toMatchObject({
            certificateStatus: 'CertChainError',
            idTokenInfo: { status: 'Invalid' },
          })
        }
      }
    })
  })

  describe('the roots of a station', () => {
    test('[2.0.1 M03, M04, M05] are known as it accepted, listed and deleted them', async () => {
      const { station, record, commander } = await booted()
      const send = (action: string, payload: object) => commander.send('CS1', action, payload)
      station.serve = () => ({ status: 'Accepted' })
      const certificateType = 'V2GRootCertificate'
      await send('InstallCertificate', { certificateType, certificate: pki.authority.rootPem })
      expect(record.certificates?.roots).toMatchObject([{ certificateType }])
      const { hash } = await contract()
      const chain = {
        certificateType: 'V2GCertificateChain',
        certificateHashData: hash,
        childCertificateHashData: [{ ...hash, serialNumber: 'A1' }],
      }
      station.serve = () => ({ status: 'Accepted', certificateHashDataChain: [chain] })
      await send('GetInstalledCertificateIds', { certificateType: ['V2GCertificateChain'] })
      expect(record.certificates?.roots).toMatchObject([
        { certificateType },
        { certificateType: 'V2GCertificateChain', children: [{ serialNumber: 'A1' }] },
      ])
      await send('GetInstalledCertificateIds', {})
      expect(record.certificates?.roots).toHaveLength(1)
      station.serve = () => ({ status: 'Accepted' })
      await send('DeleteCertificate', { certificateHashData: hash })
      expect(record.certificates?.roots).toEqual([])
    })

    test('what a station refused it does not have', async () => {
      const { station, record, commander } = await booted()
      station.serve = () => ({ status: 'Rejected' })
      await commander.send('CS1', 'InstallCertificate', {
        certificateType: 'MORootCertificate',
        certificate: pki.authority.rootPem,
      })
      expect(record.certificates?.roots ?? []).toEqual([])
    })
  })
})
