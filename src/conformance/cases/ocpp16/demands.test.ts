import { describe, expect, test } from 'vitest'
import {
  changedUnseen,
  missedUnseen,
  ordersOf,
  wronglyRefused,
} from '../../../../test/helpers/demands-of-orders.ts'
import { defaultFixtures } from '../../run/fixtures.ts'
import type { ConformanceCase } from '../case.ts'
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

const free = {
  /** What a CSMS may choose for itself; at times and certificates cases look by what they are. */
  itsOwn: new Set([
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
  ]),
  /** Three phases go without saying. */
  mayBeMissing: new Set(['numberPhases']),
}

/** But for lists, which hold what else a CSMS has in them. */
function orders(one: ConformanceCase): ReturnType<typeof ordersOf> {
  return ordersOf(one, found).filter(({ move }) => move.action !== 'SendLocalList')
}

const cases = casesOf('ocpp1.6').filter((one) => {
  // A password may be the choice of the CSMS.
  return one.id.startsWith('TC_') && one.id !== 'TC_073_CSMS' && orders(one).length > 0
})

describe.each(cases)('$id', (one) => {
  test('a CSMS that sends what was ordered is right', () => {
    expect(wronglyRefused(orders(one))).toEqual([])
  })

  test('one that leaves a field out is not', () => {
    expect(missedUnseen(orders(one), free)).toEqual([])
  })

  test('one that says something else is not', () => {
    expect(changedUnseen(orders(one), free)).toEqual([])
  })
})
