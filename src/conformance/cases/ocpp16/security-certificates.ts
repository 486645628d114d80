import { X509Certificate } from 'node:crypto'
import type { KeyKind } from '../../../ocpp/station-crypto.ts'
import { certificateHash } from '../../../platform/pki/certificate-hash.ts'
import { readCertificates } from '../../../platform/pki/read-certificates.ts'
import type { Scene } from '../../play/scene.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { connects, does } from '../moves.ts'
import { chainFits, requestMade } from '../signing.ts'
import { absent, any, now, value } from '../values.ts'
import { asked, call, case16 } from './moves16.ts'
import { alive, boot, booted16, connectors } from './states16.ts'

const group = 'Security'

function text({ values }: Scene, name: string): string {
  const found = values.get(name)
  return typeof found === 'string' ? found : ''
}

const wanted = { name: 'secureStation', root: 'centralRoot', clause: '1.6 SWP A02.FR.06' }

/** Asked for a request, the station makes one, and a certificate comes of it. */
function certificateSigned(kind: KeyKind, answer: 'Accepted' | 'Rejected'): readonly Move[] {
  return [
    asked('ExtendedTriggerMessage', {
      order: { requestedMessage: 'SignChargePointCertificate' },
      expect: { requestedMessage: 'SignChargePointCertificate', connectorId: absent },
      answer: { status: 'Accepted' },
      clause: '1.6 SWP A02',
    }),
    requestMade(kind, wanted),
    call(
      'SignCertificate',
      { csr: value('csr') },
      { expect: { status: 'Accepted' }, clause: '1.6 SWP A02.FR.11' },
    ),
    asked('CertificateSigned', {
      expect: { certificateChain: any },
      save: { chain: '$.certificateChain' },
      answer: { status: answer },
      clause: '1.6 SWP A02, A02.FR.04',
    }),
    chainFits(wanted),
  ]
}

function entersWithNew(kind: KeyKind): Move {
  return connects(
    `upgrade with the new ${kind} certificate`,
    { id: value('secureStation'), tls: { cert: value('chain'), key: value('newKey') } },
    { clause: '1.6 SWP A02.FR.08, A00.FR.403', protocol: 'ocpp1.6' },
  )
}

const secureNeeds = [
  'tlsUrl',
  'secureStation',
  'clientCert',
  'clientKey',
  'organization',
  'centralRoot',
]

const entersWithOld: readonly Move[] = [
  connects(
    'upgrade with the certificate',
    { id: value('secureStation'), tls: { cert: value('clientCert'), key: value('clientKey') } },
    { clause: '1.6 SWP A00.FR.402', protocol: 'ocpp1.6' },
  ),
  boot,
  ...connectors,
]

function securityEvent(type: string): Move {
  return call(
    'SecurityEventNotification',
    { type, timestamp: now() },
    { clause: '1.6 SWP A04.FR.03' },
  )
}

type Root = 'CentralSystemRootCertificate' | 'ManufacturerRootCertificate'

/** Line ends of PEM are nobody's business: what is compared is the certificate. */
function installed(certificateType: Root, fixture: string, answer: 'Accepted' | 'Rejected') {
  return [
    asked('InstallCertificate', {
      order: { certificateType, certificate: value(fixture) },
      expect: { certificateType, certificate: any },
      save: { installed: '$.certificate' },
      answer: { status: answer },
      clause: '1.6 SWP M05, A00.FR.507',
    }),
    does('the certificate that is to be installed', (scene) => {
      const [ordered, came] = [fixture, 'installed'].map((name) => text(scene, name).trim())
      const [certificate] = readCertificates(came ?? '')
      const same = certificate?.raw.equals(new X509Certificate(ordered ?? '').raw) ?? false
      if (certificate && same) {
        scene.values.set('hash', certificateHash(certificate, certificate, 'SHA256'))
      }
      scene.check('certificate', same, {
        detail: certificate ? oneLine(certificate.subject) : 'not one X.509 certificate in PEM',
        clause: '1.6 SWP M05, A00.FR.507',
      })
    }),
  ]
}

const oneLine = (name: string): string => name.replaceAll('\n', ', ')

function listed(certificateType: Root): Move {
  return asked('GetInstalledCertificateIds', {
    order: { certificateType },
    answer: { status: 'Accepted', certificateHashData: [value('hash')] },
    clause: '1.6 SWP M03',
  })
}

function rootInstalled(certificateType: Root, fixture: string): readonly Move[] {
  return [
    ...booted16,
    ...installed(certificateType, fixture, 'Accepted'),
    listed(certificateType),
    alive,
  ]
}

/** Certificates of stations, and roots that they trust. */
export const securityCertificates16: readonly ConformanceCase[] = [
  case16({
    id: '074',
    title: 'A station gets a new certificate for a key of its own, and comes in with it',
    group,
    needs: secureNeeds,
    tags: ['alone'],
    moves: [
      ...entersWithOld,
      ...certificateSigned('rsa', 'Accepted'),
      entersWithNew('rsa'),
      boot,
      ...certificateSigned('ecdsa', 'Accepted'),
      entersWithNew('ecdsa'),
      boot,
    ],
  }),
  case16({
    id: '075_1',
    title: 'A root of the manufacturer is installed',
    group,
    needs: ['manufacturerRoot'],
    moves: rootInstalled('ManufacturerRootCertificate', 'manufacturerRoot'),
  }),
  case16({
    id: '075_2',
    title: 'A root of the operator is installed',
    group,
    needs: ['centralRoot'],
    moves: rootInstalled('CentralSystemRootCertificate', 'centralRoot'),
  }),
  case16({
    id: '076',
    title: 'A root is deleted: by the hash that the station told',
    group,
    needs: ['centralRoot'],
    moves: [
      ...booted16,
      ...installed('CentralSystemRootCertificate', 'centralRoot', 'Accepted'),
      listed('CentralSystemRootCertificate'),
      asked('DeleteCertificate', {
        order: { certificateHashData: value('hash') },
        answer: { status: 'Accepted' },
        clause: '1.6 SWP M04, M04.FR.07',
      }),
      alive,
    ],
  }),
  case16({
    id: '077',
    title: 'The station refuses the certificate that was signed for it',
    group,
    needs: secureNeeds,
    tags: ['alone'],
    moves: [
      ...entersWithOld,
      ...certificateSigned('ecdsa', 'Rejected'),
      securityEvent('InvalidChargePointCertificate'),
      alive,
    ],
  }),
  case16({
    id: '078',
    title: 'The station refuses a root',
    group,
    needs: ['centralRoot'],
    moves: [
      ...booted16,
      ...installed('CentralSystemRootCertificate', 'centralRoot', 'Rejected'),
      securityEvent('InvalidCentralSystemCertificate'),
      alive,
    ],
  }),
]
