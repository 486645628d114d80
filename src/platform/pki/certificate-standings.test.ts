import { verify, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LabPki } from '../../../test/helpers/lab-pki.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { CertificateAuthority } from './certificate-authority.ts'
import { certificateHash } from './certificate-hash.ts'
import { chainOfExi, exiOfChain, requestOfExi } from './contract-exchange.ts'
import { elementAt, elementsOf } from './der.ts'
import { readOcspResponse } from './ocsp-response.ts'
import { readCertificates } from './read-certificates.ts'
import { stationCrypto } from './station-crypto.ts'

const week = 7 * 86_400_000
const clock = new VirtualClock()
let pki: LabPki
let other: LabPki

beforeAll(async () => {
  pki = await LabPki.make({ clock })
  other = await LabPki.make({ clock })
})
afterAll(async () => {
  await pki[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

/** A contract, as a vehicle gets it. */
async function contract({ authority } = pki, emaid = 'DE-LAB-C1', days = 10) {
  const { exiRequest } = await stationCrypto.contractRequest(emaid)
  const { chainPem, entry } = await authority.signContract(requestOfExi(exiRequest), emaid, days)
  const [leaf, issuer] = readCertificates(chainPem)
  if (!leaf || !issuer) throw new Error('no chain')
  return { chainPem, entry, hash: certificateHash(leaf, issuer, 'SHA256'), leaf, issuer }
}

describe('CertificateStandings', () => {
  test('a certificate is good until it is revoked', async () => {
    const { hash, entry } = await contract()
    expect(pki.authority.standings.of(hash)).toEqual({ status: 'good' })
    await pki.authority.revoke(entry.serial, 'keyCompromise')
    expect(pki.authority.standings.of(hash)).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
    })
  })

  test('one that nobody issued is unknown, one of another authority is not ours to judge', async () => {
    const { hash } = await contract()
    const stray = { ...hash, serialNumber: 'ABCDEF' }
    expect(pki.authority.standings.of(stray)).toEqual({ status: 'unknown' })
    expect(other.authority.standings.of(hash)).toBeUndefined()
    expect(other.authority.standings.ocspResponse(hash)).toBeUndefined()
  })

  test.each(['SHA256', 'SHA384', 'SHA512'] as const)('hashes may be of %s', async (algorithm) => {
    const { leaf, issuer } = await contract()
    const hash = certificateHash(leaf, issuer, algorithm)
    expect(pki.authority.standings.of(hash)).toEqual({ status: 'good' })
  })

  test('the root answers for the issuing authority', async () => {
    const { issuer } = await contract()
    const root = new X509Certificate(pki.authority.rootPem)
    const hash = certificateHash(issuer, root, 'SHA256')
    expect(pki.authority.standings.of(hash)).toEqual({ status: 'good' })
  })

  test('[2.0.1 C07.FR.13-17] a chain is good, revoked, expired or of somebody else', async () => {
    const { judge } = {
      judge: (pem: string, { authority } = pki) => authority.standings.judge(pem),
    }
    const good = await contract()
    expect(judge(good.chainPem)).toBe('good')
    expect(judge(good.chainPem, other)).toBe('unverifiable')
    expect(judge('nonsense')).toBe('unverifiable')
    await pki.authority.revoke(good.entry.serial, 'superseded')
    expect(judge(good.chainPem)).toBe('revoked')
    const later = new VirtualClock()
    await later.run(20 * 86_400_000)
    const aged = { authority: await CertificateAuthority.open(pki.folder, later) }
    const short = await contract()
    expect(aged.authority.standings.judge(short.chainPem)).toBe('expired')
  })
})

describe('an OCSP response', () => {
  test('[RFC 6960 4.2.1] says what the books say, until a week from now', async () => {
    const { hash, entry } = await contract()
    const read = () => {
      const der = pki.authority.standings.ocspResponse(hash)
      return der && readOcspResponse(der)
    }
    const nextUpdateMs = clock.wallMs() + week
    expect(read()).toEqual({ status: 'good', serialNumber: entry.serial, nextUpdateMs })
    await pki.authority.revoke(entry.serial, 'unspecified')
    expect(read()).toEqual({ status: 'revoked', serialNumber: entry.serial, nextUpdateMs })
  })

  test('is signed by the authority that issued the certificate', async () => {
    const { hash, issuer } = await contract()
    const der = pki.authority.standings.ocspResponse(hash) ?? Buffer.alloc(0)
    const [, bytes] = elementsOf(der, elementAt(der, 0))
    const [, basic] = elementsOf(der, elementAt(der, bytes?.start ?? 0))
    const [data, , signature] = elementsOf(der, elementAt(der, basic?.start ?? 0))
    if (!data || !signature) throw new Error('no signature')
    const header = 2 + (data.end - data.start > 255 ? 2 : data.end - data.start > 127 ? 1 : 0)
    const content = der.subarray(data.start - header, data.end)
    const bits = der.subarray(signature.start + 1, signature.end)
    expect(verify('sha256', content, issuer.publicKey, bits)).toBe(true)
  })

  test.each(['', 'AA==', 'MAMKAQE='])('"%s" is none', (base64) => {
    expect(stationCrypto.ocspVerdict(base64)).toBeUndefined()
  })

  test('cut off it is none', async () => {
    const { hash } = await contract()
    const der = pki.authority.standings.ocspResponse(hash) ?? Buffer.alloc(0)
    for (let length = 0; length < der.length; length += 7) {
      expect(readOcspResponse(der.subarray(0, length))).toBeUndefined()
    }
  })
})

describe('a contract certificate', () => {
  test('names the contract and where its status can be asked for', async () => {
    const { chainPem, leaf } = await contract(pki, 'DE-LAB-C2')
    expect(leaf.subject).toContain('CN=DE-LAB-C2')
    expect(stationCrypto.responderUrl(chainPem)).toBe('http://ocsp.csms.invalid/')
    expect(stationCrypto.revocationUrl(chainPem)).toBe('http://crl.csms.invalid/')
    expect(stationCrypto.revocationUrl(pki.authority.rootPem)).toBeUndefined()
    expect(stationCrypto.contractOf(exiOfChain(chainPem))).toMatchObject({ emaid: 'DE-LAB-C2' })
  })

  test('opens no TLS connection', async () => {
    const { leaf } = await contract()
    expect(leaf.keyUsage).not.toContain('1.3.6.1.5.5.7.3.2')
  })

  test('what comes back is a chain or nothing', async () => {
    const { chainPem } = await contract()
    expect(chainOfExi(exiOfChain(chainPem))).toBe(chainPem)
    expect(chainOfExi('')).toBeUndefined()
    expect(chainOfExi(Buffer.from('nonsense').toString('base64'))).toBeUndefined()
  })

  test('what is no request names no contract', async () => {
    expect(await pki.authority.requestedContract(requestOfExi('bm9uc2Vuc2U='))).toBeUndefined()
    const { exiRequest } = await stationCrypto.contractRequest('DE-LAB-C3')
    expect(await pki.authority.requestedContract(requestOfExi(exiRequest))).toBe('DE-LAB-C3')
  })
})
