import { readCertificates, subjectField } from '../../../platform/pki/read-certificates.ts'
import { CaseError } from '../../play/stage.ts'
import type { Move } from '../case.ts'
import { connects, does } from '../moves.ts'
import { type ValueRef, value } from '../values.ts'
import { accepted201 } from './states201.ts'

/** Longest ChargingStation.serialNumber. */
const longestSerialNumber = 25

/**
 * The CN of the station's certificate, which is its serial number: `certificateName`, and as far as a
 * BootNotification can tell it `serialNumber` [2.0.1 A00.FR.511].
 */
const serialNumberKnown: Move = does('the serial number that the certificate names', (scene) => {
  const [leaf] = readCertificates(String(scene.values.get('clientCert')))
  const [name] = leaf ? subjectField(leaf, 'CN') : []
  if (name === undefined) throw new CaseError('clientCert is no certificate with a CN')
  scene.values.set('certificateName', name)
  scene.values.set('serialNumber', name.length <= longestSerialNumber ? name : undefined)
})

/** The station of the certificate comes in, and boots with the serial number that it names [2.0.1 B01.FR.11]. */
export function entersAs(
  name: string,
  tls: { readonly cert: ValueRef; readonly key: ValueRef },
  clause: string,
): readonly Move[] {
  return [
    serialNumberKnown,
    connects(name, { id: value('secureStation'), tls }, { clause, protocol: 'ocpp2.0.1' }),
    accepted201('PowerUp', { serialNumber: value('serialNumber') }),
  ]
}

/** Comes in over TLS with the certificate of the fixtures. */
export const entersWithCertificate: readonly Move[] = entersAs(
  'upgrade with the certificate',
  { cert: value('clientCert'), key: value('clientKey') },
  '2.0.1 A00.FR.403, A00.FR.405',
)
