import type { KeyKind } from '../../../ocpp/station-crypto.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { chainFits, type KeyKindOf, requestMade, type WantedCertificate } from '../signing.ts'
import { any, now, optional, value } from '../values.ts'
import { entersAs, entersWithCertificate } from './a-entering.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201, everyConnector, stillThere } from './states201.ts'

interface Renewal extends WantedCertificate {
  readonly requestedMessage: 'SignChargingStationCertificate' | 'SignV2GCertificate'
  readonly certificateType: 'ChargingStationCertificate' | 'V2GCertificate'
}

const ofStation: Renewal = {
  requestedMessage: 'SignChargingStationCertificate',
  certificateType: 'ChargingStationCertificate',
  name: 'certificateName',
  root: 'centralRoot',
  clause: '2.0.1 A02.FR.06, A00.FR.511',
}

/** Who signs for vehicles is mostly nobody of the CSMS: a chain that does not fit is a warning. */
const ofCharging: Renewal = {
  requestedMessage: 'SignV2GCertificate',
  certificateType: 'V2GCertificate',
  name: 'stationId',
  root: 'v2gRoot',
  peer: 'client',
  level: 'SHOULD',
  clause: '2.0.1 A02.FR.11',
}

/** Asked for a request, the station makes one, and a certificate comes of it [2.0.1 A02]. */
function signed(
  kind: KeyKind | KeyKindOf,
  what: Renewal,
  answer: 'Accepted' | 'Rejected',
): readonly Move[] {
  const { requestedMessage, certificateType } = what
  return [
    asked('TriggerMessage', {
      order: { requestedMessage },
      answer: { status: 'Accepted' },
      clause: '2.0.1 F06.FR.01',
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
  ]
}

/** As `signed`; the certificate is looked at, and taken. */
function renewed(kind: KeyKind | KeyKindOf, what: Renewal): readonly Move[] {
  return [...signed(kind, what, 'Accepted'), chainFits(what)]
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

/** Certificates that are signed for stations. */
export const certificates201: readonly ConformanceCase[] = [
  case201({
    id: 'A_11',
    title: 'A station gets a new certificate for a key of its own, and comes in with it',
    profile: 'Advanced Security',
    needs,
    tags: ['alone'],
    moves: [
      ...entersWithCertificate,
      ...everyConnector,
      ...renewed({ keyOf: 'clientKey' }, ofStation),
      ...entersAs(
        'upgrade with the new certificate',
        { cert: value('chain'), key: value('newKey') },
        '2.0.1 A00.FR.403, A02.FR.08',
      ),
      stillThere,
    ],
  }),
  case201({
    id: 'A_12',
    title: 'A station gets a certificate that it shows to vehicles',
    profile: 'ISO 15118',
    needs: ['organization', 'v2gRoot'],
    moves: [...booted201, ...renewed('ecdsa', ofCharging)],
  }),
  case201({
    id: 'A_14',
    title: 'The station refuses the certificate that was signed for it',
    profile: 'Advanced Security',
    needs,
    tags: ['alone'],
    moves: [
      ...entersWithCertificate,
      ...everyConnector,
      ...signed({ keyOf: 'clientKey' }, ofStation, 'Rejected'),
      call(
        'SecurityEventNotification',
        { type: 'InvalidChargingStationCertificate', timestamp: now() },
        { clause: '2.0.1 A02.FR.07' },
      ),
      stillThere,
    ],
  }),
]
