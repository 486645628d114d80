import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { absent, any, type Filled, type Matching, now, oneOf, value } from '../values.ts'
import { type Profile, sets } from './charging-profiles.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201, charging, event, stillThere, unplugged } from './states201.ts'

type Criteria = RequestOf<Actions201, 'GetChargingProfiles'>['chargingProfile']

/** Ids, or at least one of the others, and never both [2.0.1 K09.FR.03]. */
export const anyCriteria: Matching<Criteria> = oneOf(
  {
    chargingProfileId: any,
    stackLevel: absent,
    chargingLimitSource: absent,
    chargingProfilePurpose: absent,
  },
  { chargingProfileId: absent, stackLevel: any },
  { chargingProfileId: absent, chargingLimitSource: any },
  { chargingProfileId: absent, chargingProfilePurpose: any },
)

/** These criteria and no others. */
function only(criteria: Matching<Criteria>): Matching<Criteria> {
  return {
    chargingProfileId: absent,
    stackLevel: absent,
    chargingLimitSource: absent,
    chargingProfilePurpose: absent,
    ...(criteria as object),
  }
}

/** The CSMS asks for profiles of an EVSE, of the station (0), or of all (undefined). */
export function reads(
  evseId: number | undefined,
  criteria: Filled<Criteria>,
  expected: Matching<Criteria> = only(criteria as Matching<Criteria>),
): Move {
  return asked('GetChargingProfiles', {
    order: { requestId: 29, ...(evseId !== undefined && { evseId }), chargingProfile: criteria },
    expect: { requestId: any, evseId: evseId ?? absent, chargingProfile: expected },
    answer: { status: 'Accepted' },
    save: { requestId: '$.requestId' },
    clause: '2.0.1 K09.FR.03',
  })
}

interface Reported {
  readonly evseId: number
  readonly purpose?: Profile['chargingProfilePurpose']
  readonly id?: number
  readonly more?: boolean
}

/** The station tells of a profile, and that more of them follow. */
export function reported({ evseId, purpose = 'TxDefaultProfile', id = 11, more }: Reported): Move {
  const external = purpose === 'ChargingStationExternalConstraints'
  return call(
    'ReportChargingProfiles',
    {
      requestId: value('requestId'),
      chargingLimitSource: external ? 'EMS' : 'CSO',
      evseId,
      ...(more !== undefined && { tbc: more }),
      chargingProfile: [
        {
          id,
          stackLevel: 0,
          chargingProfilePurpose: purpose,
          chargingProfileKind: 'Absolute',
          chargingSchedule: [
            {
              id: 1,
              startSchedule: now(),
              chargingRateUnit: 'A',
              chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
            },
          ],
        },
      ],
    },
    { clause: '2.0.1 K09' },
  )
}

export const purpose = { chargingProfilePurpose: 'TxDefaultProfile' } as const
const stackLevel = { stackLevel: 0 } as const
const ofStation = { chargingProfilePurpose: 'ChargingStationMaxProfile' } as const

/** Criteria of one EVSE, each a case. */
const byCriteria: readonly ConformanceCase[] = (
  [
    ['K_33', 'of a stack level', stackLevel],
    ['K_34', 'of a source', { chargingLimitSource: ['CSO'] }],
    ['K_35', 'of a purpose', purpose],
    ['K_36', 'of a purpose and a stack level', { ...purpose, ...stackLevel }],
  ] as const
).map(([id, which, criteria]) =>
  case201({
    id,
    title: `The CSMS reads the profiles ${which} at an EVSE`,
    profile: 'Smart Charging',
    moves: [...booted201, reads(1, criteria), reported({ evseId: 1 })],
  }),
)

const reports: readonly ConformanceCase[] = [
  case201({
    id: 'K_29',
    title: 'The CSMS reads the profiles of the station itself',
    profile: 'Smart Charging',
    moves: [
      ...charging,
      reads(0, ofStation),
      reported({ evseId: 0, purpose: 'ChargingStationMaxProfile', id: 20 }),
      ...unplugged,
    ],
  }),
  case201({
    id: 'K_30',
    title: 'The CSMS reads the profiles of one EVSE',
    profile: 'Smart Charging',
    moves: [...booted201, reads(1, purpose, anyCriteria), reported({ evseId: 1 })],
  }),
  case201({
    id: 'K_31',
    title: 'The CSMS reads the profiles of all EVSEs, which come one after the other',
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      reads(undefined, purpose, anyCriteria),
      reported({ evseId: 1, more: true }),
      reported({ evseId: 2, id: 13, more: false }),
    ],
  }),
  case201({
    id: 'K_32',
    title: 'The CSMS reads one profile by its id',
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      ...sets({ id: 11, evseId: 1, purpose: 'TxDefaultProfile' }),
      asked('GetChargingProfiles', {
        order: { requestId: 32, chargingProfile: { chargingProfileId: [value('profileId')] } },
        expect: {
          requestId: any,
          chargingProfile: only({ chargingProfileId: [value('profileId')] }),
        },
        answer: { status: 'Accepted' },
        save: { requestId: '$.requestId' },
        clause: '2.0.1 K09.FR.03',
      }),
      reported({ evseId: 1 }),
    ],
  }),
  ...byCriteria,
]

/** The CSMS asks what holds over the next minutes. */
function composite(id: string, title: string, evseId: number): ConformanceCase {
  return case201({
    id,
    title,
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      asked('GetCompositeSchedule', {
        order: { evseId, duration: 300, chargingRateUnit: 'A' },
        answer: {
          status: 'Accepted',
          schedule: {
            evseId,
            duration: 300,
            scheduleStart: now(),
            chargingRateUnit: 'A',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
          },
        },
        clause: '2.0.1 K08.FR.01',
      }),
      stillThere,
    ],
  })
}

const limitCleared: Move = call(
  'ClearedChargingLimit',
  { chargingLimitSource: 'EMS' },
  { clause: '2.0.1 K13' },
)

const fromOutside: readonly ConformanceCase[] = [
  case201({
    id: 'K_48',
    title: 'A limit from outside is told, and the CSMS takes note',
    profile: 'Optional',
    moves: [
      ...booted201,
      call(
        'NotifyChargingLimit',
        { chargingLimit: { chargingLimitSource: 'EMS', isGridCritical: false } },
        { clause: '2.0.1 K12' },
      ),
      stillThere,
    ],
  }),
  case201({
    id: 'K_50',
    title: 'A limit from outside is lifted while nobody charges',
    profile: 'Optional',
    moves: [...booted201, limitCleared, stillThere],
  }),
  case201({
    id: 'K_51',
    title: 'A limit from outside is lifted, and the EV charges faster',
    profile: 'Optional',
    moves: [
      ...charging,
      limitCleared,
      event('Updated', 'ChargingRateChanged', {
        info: { chargingState: 'Charging' },
        clause: '2.0.1 K13.FR.03',
      }),
      ...unplugged,
    ],
  }),
  case201({
    id: 'K_52',
    title: 'A limit from outside is among the profiles that the CSMS reads',
    profile: 'Optional',
    moves: [
      ...booted201,
      reads(0, { chargingProfilePurpose: 'ChargingStationExternalConstraints' }, anyCriteria),
      reported({ evseId: 0, purpose: 'ChargingStationExternalConstraints', id: -1 }),
      stillThere,
    ],
  }),
]

/** Reading profiles, composite schedules, and limits from outside [2.0.1 K08, K09, K11-K13]. */
export const profileReports201: readonly ConformanceCase[] = [
  ...reports,
  composite('K_43', 'The CSMS asks for the composite schedule of an EVSE', 1),
  composite('K_44', 'The CSMS asks for the composite schedule of a station', 0),
  ...fromOutside,
]
