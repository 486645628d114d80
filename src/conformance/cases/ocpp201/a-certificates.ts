import type { KeyKind } from '../../../ocpp/station-crypto.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { connects } from '../moves.ts'
import { chainFits, requestMade, type WantedCertificate } from '../signing.ts'
import { any, now, optional, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import { accepted201, booted201, everyStatus } from './states201.ts'

interface Renewal extends WantedCertificate {
  readonly requestedMessage: 'SignChargingStationCertificate' | 'SignV2GCertificate'
  readonly certificateType: 'ChargingStationCertificate' | 'V2GCertificate'
}

const ofStation: Renewal = {
  requestedMessage: 'SignChargingStationCertificate',
  certificateType: 'ChargingStationCertificate',
  name: 'secureStation',
  root: 'centralRoot',
  clause: '2.0.1 A02.FR.06',
}

/** Who signs for vehicles is mostly nobody of the CSMS: a chain that does not fit is a warning. */
const ofCharging: Renewal = {
  requestedMessage: 'SignV2GCertificate',
  certificateType: 'V2GCertificate',
  name: 'stationId',
  root: 'v2gRoot',
  peer: 'client',
  level: 'SHOULD',
  clause: '2.0.1 A02',
}

/** Asked for a request, the station makes one, and a certificate comes of it [2.0.1 A02]. */
function renewed(kind: KeyKind, what: Renewal, answer: 'Accepted' | 'Rejected'): readonly Move[] {
  const { requestedMessage, certificateType } = what
  return [
    asked('TriggerMessage', {
      order: { requestedMessage },
      answer: { status: 'Accepted' },
      clause: '2.0.1 A02, F06.FR.01',
    }),
    requestMade(kind, what),
    call(
      'SignCertificate',
      { csr: value('csr'), certificateType },
      { expect: { status: 'Accepted' }, clause: '2.0.1 A02.FR.11' },
    ),
    asked('CertificateSigned', {
      expect: { certificateChain: any, certificateType: optional(certificateType) },
      prefer: { certificateType },
      save: { chain: '$.certificateChain' },
      answer: { status: answer },
      clause: '2.0.1 A02.FR.14',
    }),
    chainFits(what),
  ]
}

const needs = [
  'tlsUrl',
  'tlsCa',
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
    { clause: '2.0.1 A00.FR.403', protocol: 'ocpp2.0.1' },
  ),
  accepted201(),
  ...everyStatus,
]

function entersWithNew(kind: KeyKind): readonly Move[] {
  return [
    connects(
      `upgrade with the new ${kind} certificate`,
      { id: value('secureStation'), tls: { cert: value('chain'), key: value('newKey') } },
      { clause: '2.0.1 A02.FR.08', protocol: 'ocpp2.0.1' },
    ),
    accepted201(),
  ]
}

/** Certificates that are signed for stations. */
export const certificates201: readonly ConformanceCase[] = [
  case201({
    id: 'A_11',
    title: 'A station gets a new certificate for a key of its own, and comes in with it',
    profile: 'Advanced Security',
    needs,
    tags: ['alone'],
    moves: [
      ...entersWithOld,
      ...renewed('rsa', ofStation, 'Accepted'),
      ...entersWithNew('rsa'),
      ...renewed('ecdsa', ofStation, 'Accepted'),
      ...entersWithNew('ecdsa'),
    ],
  }),
  case201({
    id: 'A_12',
    title: 'A station gets a certificate that it shows to vehicles',
    profile: 'ISO 15118',
    needs: ['organization', 'v2gRoot'],
    moves: [...booted201, ...renewed('ecdsa', ofCharging, 'Accepted')],
  }),
  case201({
    id: 'A_14',
    title: 'The station refuses the certificate that was signed for it',
    profile: 'Advanced Security',
    needs,
    tags: ['alone'],
    moves: [
      ...entersWithOld,
      ...renewed('ecdsa', ofStation, 'Rejected'),
      call(
        'SecurityEventNotification',
        { type: 'InvalidChargingStationCertificate', timestamp: now() },
        { clause: '2.0.1 A02.FR.07' },
      ),
      ...everyStatus,
    ],
  }),
]
