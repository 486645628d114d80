import { X509Certificate } from 'node:crypto'
import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { certificateHash } from '../../../platform/pki/certificate-hash.ts'
import { CaseError } from '../../play/stage.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { absent, any, type Filled, type Matching, now, tokenOf, value } from '../values.ts'
import { fullList, newerVersion } from './d-local-list.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201, stillThere } from './states201.ts'

type Customer = Pick<
  RequestOf<Actions201, 'CustomerInformation'>,
  'idToken' | 'customerIdentifier' | 'customerCertificate'
>

const byToken: Filled<Customer> = { idToken: tokenOf('token') }

interface Wanted {
  readonly report: boolean
  readonly clear: boolean
  readonly of?: Filled<Customer>
  readonly status?: 'Accepted' | 'Rejected'
}

/** What the station knows of a customer is to be told, or forgotten [2.0.1 N09, N10]. */
function customerAsked({ report, clear, of = byToken, status = 'Accepted' }: Wanted): Move {
  return asked('CustomerInformation', {
    order: { requestId: 27, report, clear, ...of },
    expect: {
      requestId: any,
      report,
      clear,
      idToken: absent,
      customerIdentifier: absent,
      customerCertificate: absent,
      ...(of as Matching<Customer> & object),
    },
    answer: { status },
    save: { requestId: '$.requestId' },
    clause: clear ? '2.0.1 N10.FR.08' : '2.0.1 N09.FR.01, N09.FR.04',
  })
}

/** The parts of what is known, the last one without `tbc`. */
function told(...parts: readonly string[]): readonly Move[] {
  return parts.map((data, seqNo) =>
    call(
      'NotifyCustomerInformation',
      {
        requestId: value('requestId'),
        seqNo,
        tbc: seqNo < parts.length - 1,
        generatedAt: now(),
        data,
      },
      { clause: '2.0.1 N09' },
    ),
  )
}

const nothingKnown = 'nothing is known of this customer'

/** `customerHash` is from here on what a vehicle's certificate hashes to. */
const certificateHashed = does('the hashes of the contract certificate', (scene) => {
  const chain = String(scene.values.get('contractChain')).split(/(?<=-----END CERTIFICATE-----)\n/)
  const [leaf, issuer] = chain
  if (!leaf || !issuer) throw new CaseError('contractChain is not a chain of certificates')
  const hash = certificateHash(new X509Certificate(leaf), new X509Certificate(issuer), 'SHA256')
  scene.values.set('customerHash', hash)
})

/** What a station knows of customers. */
export const customers201: readonly ConformanceCase[] = [
  case201({
    id: 'N_27',
    title: 'The station tells what it knows of a customer',
    profile: 'Core',
    moves: [
      ...booted201,
      customerAsked({ report: true, clear: false }),
      ...told('1 transaction, ', '22 kWh'),
      stillThere,
    ],
  }),
  case201({
    id: 'N_28',
    title: 'The station knows nothing of a customer',
    profile: 'Core',
    moves: [
      ...booted201,
      customerAsked({ report: true, clear: false }),
      ...told(nothingKnown),
      stillThere,
    ],
  }),
  case201({
    id: 'N_29',
    title: 'The station refuses to tell of a customer',
    profile: 'Core',
    moves: [
      ...booted201,
      customerAsked({ report: true, clear: false, status: 'Rejected' }),
      stillThere,
    ],
  }),
  case201({
    id: 'N_30',
    title: 'The station tells what it knows of a customer, and forgets it',
    profile: 'Core',
    moves: [
      ...booted201,
      customerAsked({ report: true, clear: true }),
      ...told('1 transaction, ', '22 kWh'),
      stillThere,
    ],
  }),
  case201({
    id: 'N_31',
    title: 'The station has nothing to tell of a customer, and nothing to forget',
    profile: 'Core',
    moves: [
      ...booted201,
      customerAsked({ report: true, clear: true }),
      ...told(nothingKnown),
      stillThere,
    ],
  }),
  case201({
    id: 'N_32',
    title: 'The station forgets a customer, and tells no more than that',
    profile: 'Core',
    moves: [
      ...booted201,
      customerAsked({ report: false, clear: true }),
      ...told('forgotten'),
      stillThere,
    ],
  }),
  case201({
    id: 'N_62',
    title: 'A customer is named by an identifier',
    profile: 'Core',
    feature: 'C-14',
    moves: [
      ...booted201,
      customerAsked({
        report: true,
        clear: true,
        of: { customerIdentifier: 'csms conformance customer' },
      }),
      ...told('1 transaction'),
      stillThere,
    ],
  }),
  case201({
    id: 'N_63',
    title: 'A customer is named by a certificate',
    profile: 'ISO 15118',
    feature: 'C-ISO-4',
    needs: ['contractChain'],
    moves: [
      ...booted201,
      certificateHashed,
      customerAsked({
        report: true,
        clear: true,
        of: { customerCertificate: value('customerHash') },
      }),
      ...told('1 contract'),
      stillThere,
    ],
  }),
  case201({
    id: 'N_46',
    title: 'A customer who is forgotten leaves the local list, too',
    profile: 'Local Auth List',
    needs: ['token2'],
    moves: [
      ...booted201,
      fullList,
      customerAsked({ report: true, clear: true }),
      ...told('1 transaction'),
      asked('SendLocalList', {
        order: {
          versionNumber: 2,
          updateType: 'Differential',
          localAuthorizationList: [{ idToken: tokenOf('token') }],
        },
        expect: {
          updateType: 'Differential',
          localAuthorizationList: {
            $contains: { idToken: tokenOf('token'), idTokenInfo: absent },
          },
        },
        answer: { status: 'Accepted' },
        save: { changeVersion: '$.versionNumber' },
        clause: '2.0.1 N10.FR.02, D01.FR.17',
      }),
      newerVersion,
      stillThere,
    ],
  }),
]
