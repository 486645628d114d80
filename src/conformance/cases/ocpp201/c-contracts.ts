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

/** A message has room for so many [2.0.1 AuthorizeRequest]. */
const mostHashes = 4

/**
 * What OCSP asks about a chain, the contract certificate first: `hashes` from here on. Of the last one
 * only where its root is a fixture [2.0.1 C07.FR.02].
 */
function hashed(chainFixture: string): Move {
  return does('hashes of the contract certificate and its chain', ({ values }) => {
    const [chain, roots] = [chainFixture, 'v2gRoot'].map((name) => {
      const pem = values.get(name)
      return typeof pem === 'string' ? readCertificates(pem) : []
    })
    if (!chain || chain.length < 2)
      throw new CaseError(`${chainFixture} is not a chain of certificates`)
    const hashes = chain.flatMap((one, at) => {
      const issuer = chain[at + 1] ?? roots?.find((root) => one.checkIssued(root))
      if (!issuer) return []
      const responderURL = stationCrypto.responderUrl(one.toString()) ?? noResponder
      return [{ ...certificateHash(one, issuer, 'SHA256'), responderURL }]
    })
    values.set('hashes', hashes.slice(0, mostHashes))
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
