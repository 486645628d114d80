import { describe, expect, test } from 'vitest'
import { ordersAreDemanded } from '../../../../test/helpers/demands-of-orders.ts'
import { MadeUpCsms } from '../../../../test/helpers/made-up-csms.ts'
import { defaultFixtures } from '../../run/fixtures.ts'
import { casesOf } from '../catalogue.ts'
import { smartChargingOtherwise } from './k-inherited.ts'

const cases = casesOf('ocpp2.1').filter(({ id }) => id.slice(3, -5) in smartChargingOtherwise)

ordersAreDemanded(cases, {
  found: {
    ...defaultFixtures,
    profileFrom: '2026-01-01T00:00:00Z',
    profileTo: '2026-01-01T00:05:00Z',
    profileId: 31,
  },
  itsOwn: ['id', 'requestId', 'validFrom', 'validTo', 'startSchedule'],
  mayBeMissing: ['numberPhases'],
})

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (found: unknown): Fields => found as Fields

/** It does as it is told, but for this. */
function obeying(but: (action: string, payload: Fields) => object): MadeUpCsms {
  return new MadeUpCsms(
    () => ({}),
    (action, payload) => [but(action, payload)],
  )
}

/** The verdict of a case of 2.1, and what it is about. */
function judged(csms: MadeUpCsms, id: string): Promise<readonly string[]> {
  const one = casesOf('ocpp2.1').find((any) => any.id === `TC_${id}_CSMS`)
  if (!one) throw new Error(`there is no ${id}`)
  return csms.judge(one)
}

describe('the validity of profiles', () => {
  const timeless = obeying((_action, payload) => {
    const profile = fieldsOf(payload['chargingProfile'])
    const { validFrom: _from, validTo: _to, ...chargingProfile } = profile
    return { ...payload, chargingProfile }
  })

  test.each(['K_03', 'K_04', 'K_10', 'K_15', 'K_19', 'K_70'])(
    'a profile that holds for ever is a warning in %s',
    async (id) => {
      const [verdict, ...about] = await judged(timeless, id)
      expect([verdict, about.every((detail) => detail.includes('valid'))]).toEqual(['warn', true])
    },
  )

  test('[2.1 K01.FR.36] and wrong where it was to hold for a while: K_01', async () => {
    const [verdict] = await judged(timeless, 'K_01')
    expect(verdict).toBe('fail')
  })
})

describe('what is read of profiles', () => {
  const narrowing = (criteria: object, evse: object = {}) =>
    obeying((action, payload) =>
      action === 'GetChargingProfiles'
        ? {
            ...payload,
            ...evse,
            chargingProfile: { ...fieldsOf(payload['chargingProfile']), ...criteria },
          }
        : payload,
    )

  test.each([
    ['K_30', { stackLevel: 0 }],
    ['K_31', { chargingLimitSource: ['CSO'] }],
    ['K_32', { stackLevel: 0 }],
  ])('%s: more criteria than were ordered are too many', async (id, criteria) => {
    const [verdict, detail] = await judged(narrowing(criteria), id)
    expect([verdict, detail]).toEqual([
      'fail',
      expect.stringContaining(Object.keys(criteria)[0] ?? ''),
    ])
  })

  test('K_32: an id is an id everywhere, whatever EVSE its profile is for', async () => {
    const [verdict, detail] = await judged(narrowing({}, { evseId: 1 }), 'K_32')
    expect([verdict, detail]).toEqual(['fail', expect.stringContaining('evseId')])
  })
})

test.each([
  ['an id', { id: 11 }],
  ['a purpose', { chargingProfilePurpose: 'TxDefaultProfile' }],
  ['a stack level', { stackLevel: 0 }],
])('K_70: %s for both profiles is too few', async (_what, same) => {
  const csms = obeying((_action, payload) => ({
    ...payload,
    chargingProfile: { ...fieldsOf(payload['chargingProfile']), ...same },
  }))
  const [verdict] = await judged(csms, 'K_70')
  expect(verdict).toBe('fail')
})

describe('K_53: an EV that charges by its schedule', () => {
  /** Plans for whatever an EV needs; and once more when these words are in an event. */
  function planning(again: string): MadeUpCsms {
    let known: unknown
    const asks = (id: number): readonly [string, object] => [
      'SetChargingProfile',
      {
        evseId: 1,
        chargingProfile: {
          id,
          stackLevel: 0,
          chargingProfilePurpose: 'TxProfile',
          chargingProfileKind: 'Absolute',
          transactionId: known,
          chargingSchedule: [
            {
              id: 1,
              startSchedule: '2026-01-01T00:00:00Z',
              chargingRateUnit: 'W',
              chargingSchedulePeriod: [{ startPeriod: 0, limit: 1000 }],
            },
          ],
        },
      },
    ]
    return new MadeUpCsms((action, { transactionInfo }) => {
      const info = transactionInfo as Fields | undefined
      if (info) known = info['transactionId']
      if (action === 'NotifyEVChargingSchedule') return { answer: { status: 'Accepted' } }
      if (action === 'NotifyEVChargingNeeds') {
        return { answer: { status: 'Accepted' }, asks: asks(1) }
      }
      return info?.['chargingState'] === again ? { asks: asks(1) } : {}
    })
  }

  test('is left alone', async () => {
    expect(await judged(planning('never'), 'K_53')).toEqual(['pass'])
  })

  test('and a schedule that nobody asked for is a warning', async () => {
    const csms = planning('Charging')
    expect(await judged(csms, 'K_53')).toEqual([
      'warn',
      'another SetChargingProfile came, and the EV needs nothing else than before',
    ])
    expect(csms.answered).toHaveLength(2)
  })
})
