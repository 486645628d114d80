import type { Move } from '../case.ts'
import { does } from '../moves.ts'
import { sets } from '../ocpp201/charging-profiles.ts'
import { planned } from '../ocpp201/k-ev-charging.ts'
import { purpose, reads, reported } from '../ocpp201/k-profile-reports.ts'
import { everyDay, everyWeek, ofEveryEvse, ofEvse, ofStation } from '../ocpp201/k-smart-charging.ts'
import { absent, any, not, value } from '../values.ts'
import { moveOf21, type Otherwise } from './inherited21.ts'
import { asked } from './moves21.ts'
import { booted21, charging, stillThere, unplugged } from './states21.ts'

type Setting = NonNullable<Parameters<typeof sets>[1]>

/** Only a case that is about the validity of a profile demands it. */
function setsFreely(row: Parameters<typeof sets>[0], setting: Setting): readonly Move[] {
  return sets(row, { validity: 'preferred', ...setting }).map(moveOf21)
}

/** Around what is asked of a station where nobody charges. */
const idle = (...moves: readonly Move[]): Otherwise => ({
  moves: [...booted21, ...moves, stillThere],
})

/** Every schedule begins with its first period. */
const clause = '2.1 K01.FR.31'

/** Two profiles, ids and stack levels: one for every transaction, and one for the station. */
const severalProfiles: Otherwise = {
  title: 'A profile for transactions and one for the whole station: two ids, two stack levels',
  moves: [
    ...charging,
    ...setsFreely(ofEvse, { clause }),
    ...setsFreely(
      { ...ofStation, id: 21, stackLevel: 1 },
      { id: not(value('profileId')), clause: '2.1 K01.FR.06, FR.38' },
    ),
    ...unplugged,
  ],
}

/** Ids are enough to find profiles: nothing else may narrow the search. */
const readsOne: readonly Move[] = [
  asked('GetChargingProfiles', {
    order: { requestId: 32, chargingProfile: { chargingProfileId: [value('profileId')] } },
    expect: {
      requestId: any,
      evseId: absent,
      chargingProfile: {
        chargingProfileId: [value('profileId')],
        stackLevel: absent,
        chargingLimitSource: absent,
        chargingProfilePurpose: absent,
      },
    },
    answer: { status: 'Accepted' },
    save: { requestId: '$.requestId' },
    clause: '2.1 K09.FR.03',
  }),
  moveOf21(reported({ evseId: 1 })),
]

/** Nothing has changed: an EV that charges is left alone. What else a CSMS plans with no frame tells. */
const leftAlone: Move = does(
  'the EV is left alone',
  async (scene) => {
    const incoming = await scene.probe.arrivals.next('SetChargingProfile', scene.stage.silenceMs)
    if (incoming) scene.probe.result(incoming, { status: 'Accepted' })
    scene.check('left alone', !incoming, {
      detail: incoming
        ? 'another SetChargingProfile came, and the EV needs nothing else than before'
        : 'no other SetChargingProfile came',
      clause: '2.1 K15, K16',
      level: 'SHOULD',
      frame: incoming?.frame,
    })
  },
  [],
  ['SetChargingProfile'],
)

/** Smart charging as Part 6 of 2.1 has it, where its steps or its demands are not those of 2.0.1. */
export const smartChargingOtherwise: Readonly<Record<string, Otherwise>> = {
  K_03: idle(...setsFreely(ofStation, { clause: '2.1 K01.FR.38' })),
  K_04: idle(
    ...setsFreely({ ...ofEvse, limit: 8 }, {}),
    ...setsFreely(
      { ...ofEvse, id: value('profileId') },
      { id: value('profileId'), clause: '2.1 K01.FR.05' },
    ),
  ),
  K_10: idle(...setsFreely(ofEveryEvse, { clause })),
  K_15: idle(...setsFreely(ofEvse, { answer: 'NotSupported' })),
  K_19: idle(
    ...setsFreely(everyDay, { clause: '2.1 K01.FR.31, FR.35' }),
    ...setsFreely(everyWeek, { clause: '2.1 K01.FR.31, FR.35' }),
  ),
  K_30: idle(...[reads(1, purpose), reported({ evseId: 1 })].map(moveOf21)),
  K_31: idle(
    ...[
      reads(undefined, purpose),
      reported({ evseId: 1, more: true }),
      reported({ evseId: 2, id: 13, more: false }),
    ].map(moveOf21),
  ),
  K_32: idle(...setsFreely(ofEvse, {}), ...readsOne),
  K_53: { moves: [...planned.map(moveOf21), leftAlone, ...unplugged] },
  K_70: severalProfiles,
}
