import { ordersAreDemanded } from '../../../../test/helpers/demands-of-orders.ts'
import { defaultFixtures } from '../../run/fixtures.ts'
import { casesOf } from '../catalogue.ts'

const at = '2026-01-01T00:00:00Z'

/** What moves would have found out before. */
const found = {
  ...defaultFixtures,
  transactionId: 7,
  reservationId: 46,
  nobodysId: 1046,
  firmwareCertificate: 'PEM',
  firmwareSignature: 'c2lnbmF0dXJl',
  centralRoot: 'PEM',
  manufacturerRoot: 'PEM',
  hash: {
    hashAlgorithm: 'SHA256',
    issuerNameHash: '00',
    issuerKeyHash: '01',
    serialNumber: '02',
  },
  when: at,
  until: at,
  validFrom: at,
  validTo: at,
  startSchedule: at,
}

/** A password may be the choice of the CSMS. */
const cases = casesOf('ocpp1.6').filter(({ id }) => id.startsWith('TC_') && id !== 'TC_073_CSMS')

ordersAreDemanded(cases, {
  found,
  /** What a CSMS may choose for itself; at times and certificates cases look by what they are. */
  itsOwn: [
    'chargingProfileId',
    'reservationId',
    'requestId',
    'expiryDate',
    'validFrom',
    'validTo',
    'startSchedule',
    'retrieveDate',
    'retrieveDateTime',
    'certificate',
  ],
  /** Three phases go without saying. */
  mayBeMissing: ['numberPhases'],
  /** Lists hold what else a CSMS has in them. */
  except: ['SendLocalList'],
})
