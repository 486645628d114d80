import { certificateHash } from '../../../platform/pki/certificate-hash.ts'
import { readCertificates } from '../../../platform/pki/read-certificates.ts'
import { stationCrypto } from '../../../platform/pki/station-crypto.ts'
import { CaseError } from '../../play/stage.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { value } from '../values.ts'
import { call, case201 } from './moves201.ts'
import { booted201, charges, event, pluggedIn } from './states201.ts'

const contract = { idToken: value('emaid'), type: 'eMAID' } as const

/** Where nobody names a responder: the CSMS has to know of whom to ask. */
const noResponder = 'http://127.0.0.1/ocsp'

/** What OCSP asks about the contract certificate of a chain: `hashes` from here on. */
function hashed(chainFixture: string): Move {
  return does('hashes of the contract certificate', ({ values }) => {
    const chainPem = values.get(chainFixture)
    const [leaf, issuer] = typeof chainPem === 'string' ? readCertificates(chainPem) : []
    if (!leaf || !issuer) throw new CaseError(`${chainFixture} is not a chain of certificates`)
    const responderURL = stationCrypto.responderUrl(leaf.toString()) ?? noResponder
    values.set('hashes', [{ ...certificateHash(leaf, issuer, 'SHA256'), responderURL }])
  })
}

const charged: readonly Move[] = [
  event('Updated', 'Authorized', {
    idToken: contract,
    expect: { idTokenInfo: { status: 'Accepted' } },
    clause: '2.0.1 E01.FR.12',
  }),
  charges('Charging'),
]

const accepted = {
  expect: { idTokenInfo: { status: 'Accepted' }, certificateStatus: 'Accepted' },
  clause: '2.0.1 C07.FR.05, C07.FR.14',
} as const

/** Vehicles that show a contract certificate: the CSMS answers for it. Who it asks is its own affair. */
export const contracts201: readonly ConformanceCase[] = [
  case201({
    id: 'C_50',
    title: 'A contract certificate that is good, by its hashes',
    profile: 'ISO 15118',
    needs: ['emaid', 'contractChain'],
    moves: [
      ...booted201,
      ...pluggedIn,
      hashed('contractChain'),
      call(
        'Authorize',
        { idToken: contract, iso15118CertificateHashData: value('hashes') },
        accepted,
      ),
      ...charged,
    ],
  }),
  case201({
    id: 'C_51',
    title: 'A contract certificate that was revoked, by its hashes',
    profile: 'ISO 15118',
    needs: ['emaid', 'revokedChain'],
    moves: [
      ...booted201,
      ...pluggedIn,
      hashed('revokedChain'),
      call(
        'Authorize',
        { idToken: contract, iso15118CertificateHashData: value('hashes') },
        {
          expect: {
            idTokenInfo: { status: 'Invalid' },
            certificateStatus: 'CertificateRevoked',
          },
          clause: '2.0.1 C07.FR.16',
        },
      ),
    ],
  }),
  case201({
    id: 'C_52',
    title: 'A contract certificate that is good, sent as it is',
    profile: 'ISO 15118',
    needs: ['emaid', 'contractChain'],
    moves: [
      ...booted201,
      ...pluggedIn,
      call('Authorize', { idToken: contract, certificate: value('contractChain') }, accepted),
      ...charged,
    ],
  }),
]
