import { X509Certificate } from 'node:crypto'
import type { HashAlgorithm } from '../../../ocpp/station-crypto.ts'
import { certificateHash } from '../../../platform/pki/certificate-hash.ts'
import { elementAt } from '../../../platform/pki/der.ts'
import { readCertificates } from '../../../platform/pki/read-certificates.ts'
import { stationCrypto } from '../../../platform/pki/station-crypto.ts'
import type { Scene } from '../../play/scene.ts'
import { CaseError } from '../../play/stage.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { absent, any, inAnyOrder, optional, regex, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201, stillThere } from './states201.ts'

type Root =
  | 'CSMSRootCertificate'
  | 'ManufacturerRootCertificate'
  | 'V2GRootCertificate'
  | 'MORootCertificate'

function text({ values }: Scene, name: string): string {
  const found = values.get(name)
  return typeof found === 'string' ? found : ''
}

const oneLine = (name: string): string => name.replaceAll('\n', ', ')

/** A root is to be installed. Line ends of PEM are nobody's business: certificates are compared. */
function installed(
  certificateType: Root,
  fixture: string,
  status: 'Accepted' | 'Failed' = 'Accepted',
): readonly Move[] {
  return [
    asked('InstallCertificate', {
      order: { certificateType, certificate: value(fixture) },
      expect: { certificateType, certificate: any },
      save: { installed: '$.certificate' },
      answer: { status },
      clause: '2.0.1 M05.FR.01',
    }),
    sameCertificate('installed', fixture, '2.0.1 M05.FR.01'),
  ]
}

/** What the CSMS told is the certificate of a fixture, and no other beside it. */
export function sameCertificate(saved: string, fixture: string, clause: string): Move {
  return does('the certificate that is to be installed', (scene) => {
    const [certificate, ...more] = readCertificates(text(scene, saved))
    const wanted = new X509Certificate(text(scene, fixture))
    const same = certificate?.raw.equals(wanted.raw) === true && more.length === 0
    scene.check('certificate', same, {
      detail: certificate ? oneLine(certificate.subject) : 'not one X.509 certificate in PEM',
      clause,
    })
  })
}

/** `hash` is from here on what a station tells of the root in a fixture. */
function hashed(fixture: string, algorithm: HashAlgorithm = 'SHA256'): Move {
  return does(`the ${algorithm} hashes of ${fixture}`, (scene) => {
    const root = new X509Certificate(text(scene, fixture))
    scene.values.set('hash', certificateHash(root, root, algorithm))
  })
}

/** The CSMS asks what is installed, of one type; the station tells of one certificate. */
function listed(certificateType: Root | 'V2GCertificateChain', children?: readonly Child[]): Move {
  return asked('GetInstalledCertificateIds', {
    order: { certificateType: [certificateType] },
    answer: {
      status: 'Accepted',
      certificateHashDataChain: [
        {
          certificateType,
          certificateHashData: value('hash'),
          ...(children && { childCertificateHashData: children }),
        },
      ],
    },
    clause: '2.0.1 M03',
  })
}

type Child = ReturnType<typeof value>

/** The hash of the CA between, in a chain whose root is in another fixture. */
function childHashed(chainFixture: string, rootFixture: string): Move {
  return does(`the hashes of ${chainFixture}`, (scene) => {
    const between = readCertificates(text(scene, chainFixture)).at(-1)
    if (!between) throw new CaseError(`${chainFixture} is not a chain of certificates`)
    const root = new X509Certificate(text(scene, rootFixture))
    const hash = certificateHash(between, root, 'SHA256')
    const responderURL = stationCrypto.responderUrl(between.toString()) ?? 'http://127.0.0.1/ocsp'
    scene.values.set('childHash', hash)
    scene.values.set('ocspRequest', { ...hash, responderURL })
  })
}

/** The certificate that was told of is to go, under the hashes that it was told with. */
function deleted(status: 'Accepted' | 'Failed'): Move {
  return asked('DeleteCertificate', {
    order: { certificateHashData: value('hash') },
    answer: { status },
    clause: '2.0.1 M04.FR.07',
  })
}

/** What is installed may be asked for by its type, by others as well, or all of it. */
const foundOut: Move = asked('GetInstalledCertificateIds', {
  order: { certificateType: ['CSMSRootCertificate'] },
  expect: { certificateType: optional({ $contains: 'CSMSRootCertificate' }) },
  answer: {
    status: 'Accepted',
    certificateHashDataChain: [
      { certificateType: 'CSMSRootCertificate', certificateHashData: value('hash') },
    ],
  },
  clause: '2.0.1 M04',
})

const algorithms: readonly HashAlgorithm[] = ['SHA256', 'SHA384', 'SHA512']

/** id-pkix-ocsp-basic, as it stands in a DER text [RFC 6960 4.2.1]. */
const basicResponse = Buffer.from('06092b0601050507300101', 'hex')

/** A successful OCSPResponse: SEQUENCE { ENUMERATED 0, [0] ... id-pkix-ocsp-basic } [RFC 6960 4.2.1]. */
const ocspResponse = does('the OCSP response', (scene) => {
  const der = Buffer.from(text(scene, 'ocspResult'), 'base64')
  scene.check('ocspResult', isOcspResponse(der), {
    detail: `${der.length} bytes in base64, ${der.subarray(0, 12).toString('hex')}…`,
    clause: '2.0.1 M06.FR.08, M06.FR.09',
  })
})

function isOcspResponse(der: Buffer): boolean {
  try {
    const { tag, start, end } = elementAt(der, 0)
    const status = der.subarray(start, start + 3).toString('hex')
    return tag === 0x30 && end === der.length && status === '0a0100' && der.includes(basicResponse)
  } catch {
    return false
  }
}

/** A vehicle wants a contract: what it said is passed on, and what it is answered with. */
function evCertificate(action: 'Install' | 'Update'): Move {
  return call(
    'Get15118EVCertificate',
    {
      iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef',
      action,
      exiRequest: value('exiRequest'),
    },
    {
      expect: { status: 'Accepted', exiResponse: regex('^[A-Za-z0-9+/]{16,}=*$') },
      clause: action === 'Install' ? '2.0.1 M01.FR.01' : '2.0.1 M02.FR.01',
    },
  )
}

interface Installation {
  readonly id: string
  readonly title: string
  readonly profile: 'Core' | 'ISO 15118'
  readonly type: Root
  readonly fixture: string
}

const roots: readonly Installation[] = [
  {
    id: 'M_01',
    title: 'A root of the CSMS is installed',
    profile: 'Core',
    type: 'CSMSRootCertificate',
    fixture: 'centralRoot',
  },
  {
    id: 'M_02',
    title: 'A root of the manufacturer is installed',
    profile: 'Core',
    type: 'ManufacturerRootCertificate',
    fixture: 'manufacturerRoot',
  },
  {
    id: 'M_03',
    title: 'A root of V2G is installed',
    profile: 'ISO 15118',
    type: 'V2GRootCertificate',
    fixture: 'v2gRoot',
  },
  {
    id: 'M_04',
    title: 'A root of contracts is installed',
    profile: 'ISO 15118',
    type: 'MORootCertificate',
    fixture: 'v2gRoot',
  },
]

const lists: readonly Installation[] = [
  {
    id: 'M_13',
    title: 'The CSMS asks for roots of the manufacturer',
    profile: 'Core',
    type: 'ManufacturerRootCertificate',
    fixture: 'manufacturerRoot',
  },
  {
    id: 'M_14',
    title: 'The CSMS asks for roots of V2G',
    profile: 'ISO 15118',
    type: 'V2GRootCertificate',
    fixture: 'v2gRoot',
  },
  {
    id: 'M_16',
    title: 'The CSMS asks for roots of contracts',
    profile: 'ISO 15118',
    type: 'MORootCertificate',
    fixture: 'v2gRoot',
  },
]

/** M. Certificates that stations trust, and those of vehicles. */
export const certificateManagement201: readonly ConformanceCase[] = [
  ...roots.map(({ type, fixture, ...row }) =>
    case201({
      ...row,
      needs: [fixture],
      moves: [...booted201, ...installed(type, fixture), stillThere],
    }),
  ),
  case201({
    id: 'M_05',
    title: 'A station cannot install a root',
    profile: 'Core',
    needs: ['centralRoot'],
    moves: [...booted201, ...installed('CSMSRootCertificate', 'centralRoot', 'Failed'), stillThere],
  }),
  case201({
    id: 'M_12',
    title: 'The CSMS asks for its roots, and takes hashes of every algorithm',
    profile: 'Optional',
    needs: ['centralRoot'],
    moves: [
      ...booted201,
      ...algorithms.flatMap((algorithm) => [
        hashed('centralRoot', algorithm),
        listed('CSMSRootCertificate'),
        stillThere,
      ]),
    ],
  }),
  ...lists.map(({ type, fixture, ...row }) =>
    case201({
      ...row,
      needs: [fixture],
      moves: [...booted201, hashed(fixture), listed(type), stillThere],
    }),
  ),
  case201({
    id: 'M_15',
    title: 'The CSMS asks for chains of V2G, and takes those with certificates between',
    profile: 'ISO 15118',
    needs: ['v2gRoot', 'contractChain'],
    moves: [
      ...booted201,
      hashed('v2gRoot'),
      childHashed('contractChain', 'v2gRoot'),
      listed('V2GCertificateChain', [value('childHash')]),
      stillThere,
    ],
  }),
  case201({
    id: 'M_17',
    title: 'The CSMS asks for two types at once',
    profile: 'Optional',
    needs: ['centralRoot'],
    moves: [
      ...booted201,
      hashed('centralRoot'),
      asked('GetInstalledCertificateIds', {
        order: { certificateType: ['CSMSRootCertificate', 'ManufacturerRootCertificate'] },
        expect: {
          certificateType: inAnyOrder(['CSMSRootCertificate', 'ManufacturerRootCertificate']),
        },
        answer: {
          status: 'Accepted',
          certificateHashDataChain: [
            { certificateType: 'CSMSRootCertificate', certificateHashData: value('hash') },
            { certificateType: 'ManufacturerRootCertificate', certificateHashData: value('hash') },
          ],
        },
        clause: '2.0.1 M03',
      }),
      stillThere,
    ],
  }),
  case201({
    id: 'M_18',
    title: 'The CSMS asks for everything that is installed',
    profile: 'Core',
    needs: ['centralRoot'],
    moves: [
      ...booted201,
      hashed('centralRoot'),
      asked('GetInstalledCertificateIds', {
        order: {},
        expect: { certificateType: absent },
        answer: {
          status: 'Accepted',
          certificateHashDataChain: [
            { certificateType: 'CSMSRootCertificate', certificateHashData: value('hash') },
            { certificateType: 'V2GCertificateChain', certificateHashData: value('hash') },
          ],
        },
        clause: '2.0.1 M03',
      }),
      stillThere,
    ],
  }),
  case201({
    id: 'M_19',
    title: 'Nothing of the type that the CSMS asks for is installed',
    profile: 'Core',
    moves: [
      ...booted201,
      asked('GetInstalledCertificateIds', {
        order: { certificateType: ['ManufacturerRootCertificate'] },
        answer: { status: 'NotFound' },
        clause: '2.0.1 M03.FR.02',
      }),
      stillThere,
    ],
  }),
  case201({
    id: 'M_20',
    title: 'A root is deleted, under the hashes of the algorithm that the station uses',
    profile: 'Core',
    needs: ['centralRoot'],
    moves: [
      ...booted201,
      ...algorithms.flatMap((algorithm) => [
        ...installed('CSMSRootCertificate', 'centralRoot'),
        hashed('centralRoot', algorithm),
        foundOut,
        deleted('Accepted'),
      ]),
      stillThere,
    ],
  }),
  case201({
    id: 'M_21',
    title: 'A station cannot delete a root',
    profile: 'Core',
    needs: ['centralRoot'],
    moves: [
      ...booted201,
      ...installed('CSMSRootCertificate', 'centralRoot'),
      hashed('centralRoot'),
      foundOut,
      deleted('Failed'),
      stillThere,
    ],
  }),
  case201({
    id: 'M_24',
    title: 'The CSMS finds out whether a certificate of the station is good',
    profile: 'ISO 15118',
    needs: ['v2gRoot', 'contractChain'],
    moves: [
      ...booted201,
      childHashed('contractChain', 'v2gRoot'),
      call(
        'GetCertificateStatus',
        { ocspRequestData: value('ocspRequest') },
        {
          expect: { status: 'Accepted', ocspResult: any },
          save: { ocspResult: '$.ocspResult' },
          clause: '2.0.1 M06.FR.02, M06.FR.03',
        },
      ),
      ocspResponse,
    ],
  }),
  case201({
    id: 'M_26',
    title: 'A vehicle gets its first contract certificate',
    profile: 'ISO 15118',
    needs: ['exiRequest'],
    moves: [...booted201, evCertificate('Install')],
  }),
  case201({
    id: 'M_28',
    title: 'A vehicle gets its contract certificate anew',
    profile: 'ISO 15118',
    needs: ['exiRequest'],
    moves: [...booted201, evCertificate('Update')],
  }),
]
