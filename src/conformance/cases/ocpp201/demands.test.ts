import { ordersAreDemanded } from '../../../../test/helpers/demands-of-orders.ts'
import { defaultFixtures } from '../../run/fixtures.ts'
import { security201 } from './a-security.ts'
import { provisioning201 } from './b-provisioning.ts'
import { authorization201 } from './c-authorization.ts'
import { localList201 } from './d-local-list.ts'
import { transactions201 } from './e-transactions.ts'
import { remoteControl201 } from './f-remote-control.ts'
import { availability201 } from './g-availability.ts'
import { reservation201 } from './h-reservation.ts'
import { smartCharging201 } from './k-smart-charging.ts'
import { firmware201 } from './l-firmware.ts'
import { display201 } from './o-display.ts'

/** What moves would have found out before. */
const found = {
  ...defaultFixtures,
  firmwareCertificate: 'PEM',
  firmwareSignature: 'c2lnbmF0dXJl',
  stackLevel: 0,
  profileId: 11,
  ...Object.fromEntries(
    [
      'expiry',
      'profileFrom',
      'profileTo',
      'installAt',
      'retrieveAt',
      'shownFrom',
      'shownUntil',
    ].map((name) => [name, '2026-01-01T00:00:00Z']),
  ),
}

/** What a CSMS may choose for itself; of times cases look at what they are, not how they are written. */
const itsOwn = [
  'id',
  'requestId',
  'remoteStartId',
  'versionNumber',
  'checksum',
  'expiryDateTime',
  'validFrom',
  'validTo',
  'startSchedule',
  'retrieveDateTime',
  'installDateTime',
  'startDateTime',
  'endDateTime',
]
/** Three phases go without saying; that an update is to be installed later is looked at as a time. */
const mayBeMissing = ['numberPhases', 'installDateTime']

/** A CSMS may choose passwords and slots: these look at what it did. */
const byItself = new Set(['TC_A_09_CSMS', 'TC_A_10_CSMS', 'TC_A_19_CSMS'])

const cases = [
  ...security201,
  ...provisioning201,
  ...authorization201,
  ...localList201,
  ...transactions201,
  ...remoteControl201,
  ...availability201,
  ...reservation201,
  ...smartCharging201,
  ...firmware201,
  ...display201,
].filter(({ id }) => !byItself.has(id))

ordersAreDemanded(cases, { found, itsOwn, mayBeMissing })
