import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment } from '../moments.ts'
import { transactionId } from '../transaction-events.ts'
import { absent, any, type Matching, optional, value } from '../values.ts'
import { reports } from './device-model21.ts'
import { iso15118p20 } from './k-iso15118-20.ts'
import { asked, call, case21 } from './moves21.ts'
import { profileCleared, pulled } from './q-profiles.ts'
import { booted21, charging, event, stillThere, unplugged } from './states21.ts'

type Profile = RequestOf<Actions21, 'SetChargingProfile'>['chargingProfile']
type Schedule = Profile['chargingSchedule'][0]
type Period = Schedule['chargingSchedulePeriod'][0]

/** What cases tell apart about a profile. */
interface Row {
  readonly id: number
  /** Default 1. */
  readonly evseId?: number
  /** Default TxDefaultProfile. */
  readonly purpose?: Profile['chargingProfilePurpose']
  /** Default Absolute. */
  readonly kind?: Profile['chargingProfileKind']
  /** What else the profile has. */
  readonly of?: Pick<
    Partial<Profile>,
    'maxOfflineDuration' | 'invalidAfterOfflineDuration' | 'dynUpdateInterval' | 'recurrencyKind'
  >
  readonly schedule?: Pick<Partial<Schedule>, 'limitAtSoC' | 'randomizedDelay' | 'useLocalTime'>
  /** Default: 6 A. */
  readonly periods?: readonly Period[]
}

interface Judged {
  readonly clause: string
  readonly id?: Matching<number>
  readonly expect?: Matching<Schedule>
}

/** The CSMS sets a profile, whole and for the right EVSE; A. Its id is `profileId`. */
function sets(row: Row, { clause, id = any, expect = {} }: Judged): readonly Move[] {
  const { evseId = 1, kind = 'Absolute', schedule = {}, of = {} } = row
  const { periods = [{ startPeriod: 0, limit: 6 }] } = row
  const dated = kind === 'Absolute' || kind === 'Recurring'
  const which = {
    stackLevel: 0,
    chargingProfilePurpose: row.purpose ?? 'TxDefaultProfile',
    chargingProfileKind: kind,
    ...of,
  } as const
  const order = {
    chargingRateUnit: 'A',
    ...schedule,
    chargingSchedulePeriod: periods,
  } as const
  return [
    moment('profileFrom', 0),
    asked('SetChargingProfile', {
      order: {
        evseId,
        chargingProfile: {
          id: row.id,
          ...which,
          chargingSchedule: [
            { id: 1, ...(dated && { startSchedule: value('profileFrom') }), ...order },
          ],
        },
      },
      expect: {
        evseId,
        chargingProfile: {
          // Of Dynamic ones alone [2.1 K01.FR.122].
          ...(kind !== 'Dynamic' && { dynUpdateInterval: absent, dynUpdateTime: absent }),
          ...which,
          id,
          transactionId: absent,
          chargingSchedule: [
            {
              ...(dated && { startSchedule: any }),
              ...order,
              ...(expect as object),
            },
          ],
        },
      },
      answer: { status: 'Accepted' },
      save: { profileId: '$.chargingProfile.id' },
      clause,
    }),
  ]
}

/** A profile for every transaction of EVSE 1; what other cases left there has the same id. */
const ofEvse: Row = { id: 11 }

const feature = (instance: string) =>
  reports({ [`SmartChargingCtrlr.SupportsFeature[${instance}]`]: true })

/** Lasts until the transaction ends, or the driver has had enough [2.1 K01.FR.70, FR.71]. */
const priority: readonly Move[] = [
  ...reports({ 'SmartChargingCtrlr.SupportedAdditionalPurposes': ['PriorityCharging'] }),
  ...sets(
    {
      id: 41,
      evseId: 0,
      purpose: 'PriorityCharging',
      periods: [{ startPeriod: 0, limit: 32 }],
    },
    {
      expect: {
        duration: absent,
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 32, operationMode: optional('ChargingOnly') },
        ],
      },
      clause: '2.1 K01.FR.70, FR.71',
    },
  ),
]

/** The CSMS turns priority on or off, and the station tells that it is so [2.1 K21]. */
function prioritized(activate: boolean): readonly Move[] {
  return [
    asked('UsePriorityCharging', {
      order: { transactionId: transactionId(), activate },
      answer: { status: 'Accepted' },
      clause: '2.1 K21',
    }),
    call(
      'NotifyPriorityCharging',
      { transactionId: transactionId(), activated: activate },
      { clause: '2.1 K21.FR.09' },
    ),
    event('Updated', 'ChargingRateChanged', { info: { chargingState: 'Charging' } }),
  ]
}

/** Profiles up to this id are somebody else's: who counts from 1 has to look [2.1 K01.FR.80]. */
const mostExternalId = 2_147_400_000
/** The station keeps no ids for others any more. */
const noExternalIds = reports({ 'SmartChargingCtrlr.MaxExternalConstraintsId': 0 })

/** What profiles of 2.1 can say. */
const shapes: readonly ConformanceCase[] = [
  case21({
    id: 'K_100',
    title: 'The CSMS sends a profile that does not hold for a station that is offline for long',
    profile: 'Smart Charging',
    moves: [
      ...booted21,
      ...feature('MaxOfflineDuration'),
      ...sets(
        { ...ofEvse, of: { maxOfflineDuration: 300, invalidAfterOfflineDuration: true } },
        { clause: '2.1 K01.FR.101, FR.102' },
      ),
      profileCleared,
      stillThere,
    ],
  }),
  case21({
    id: 'K_101',
    title: 'The CSMS sends a profile whose periods differ in their mode, and hears of the change',
    profile: 'Bidirectional Power Transfer',
    moves: [
      ...charging,
      ...reports({ 'V2XChargingCtrlr.SupportedOperationModes': ['ChargingOnly', 'Idle'] }),
      ...sets(
        {
          ...ofEvse,
          periods: [
            { startPeriod: 0, operationMode: 'Idle' },
            { startPeriod: 600, limit: 8, operationMode: 'ChargingOnly' },
          ],
        },
        {
          expect: {
            chargingSchedulePeriod: [
              { startPeriod: 0, operationMode: 'Idle', limit: absent, setpoint: absent },
              { startPeriod: 600, limit: 8, operationMode: optional('ChargingOnly') },
            ],
          },
          clause: '2.1 K01.FR.110, Q10.FR.01',
        },
      ),
      event('Updated', 'OperationModeChanged', {
        info: { chargingState: 'SuspendedEVSE', operationMode: 'Idle' },
        clause: '2.1 K01.FR.110',
      }),
      profileCleared,
      ...unplugged,
    ],
  }),
  case21({
    id: 'K_102',
    title: 'The CSMS sends a profile that slows an EV down whose battery is nearly full',
    profile: 'Smart Charging',
    feature: 'SC-3',
    moves: [
      ...booted21,
      ...feature('LimitAtSoC'),
      ...sets(
        {
          ...ofEvse,
          schedule: { limitAtSoC: { soc: 80, limit: 8 } },
          periods: [{ startPeriod: 0, limit: 16 }],
        },
        { clause: '2.1 K01.FR.100' },
      ),
      profileCleared,
      stillThere,
    ],
  }),
  case21({
    id: 'K_104',
    title: 'The CSMS sends a profile for those who are in a hurry',
    profile: 'Smart Charging',
    feature: 'SC-6',
    moves: [...booted21, ...priority, profileCleared, stillThere],
  }),
  case21({
    id: 'K_106',
    title: 'The CSMS sends a profile in local time, whose periods do not begin everywhere at once',
    profile: 'Smart Charging',
    feature: 'SC-7',
    moves: [
      ...booted21,
      ...feature('RandomizedDelay'),
      ...feature('UseLocalTime'),
      ...sets(
        {
          ...ofEvse,
          kind: 'Recurring',
          of: { recurrencyKind: 'Daily' },
          schedule: { useLocalTime: true, randomizedDelay: 60 },
          periods: [
            { startPeriod: 0, limit: 6 },
            { startPeriod: 3600, limit: 10 },
          ],
        },
        { clause: '2.1 K01.FR.90, FR.92' },
      ),
      profileCleared,
      stillThere,
    ],
  }),
  case21({
    id: 'K_109',
    title: 'The CSMS takes no id for its profiles that the station keeps for others',
    profile: 'Smart Charging',
    feature: 'SC-10',
    moves: [
      ...booted21,
      ...reports({ 'SmartChargingCtrlr.MaxExternalConstraintsId': mostExternalId }),
      ...sets(
        { id: mostExternalId + 11 },
        { id: { $between: [mostExternalId + 1, 2_147_483_647] }, clause: '2.1 K01.FR.80' },
      ),
      profileCleared,
      ...noExternalIds,
      stillThere,
    ],
  }),
]

/** What is done with them. */
const uses: readonly ConformanceCase[] = [
  case21({
    id: 'K_118',
    title: 'The CSMS puts a driver first, and later no more',
    profile: 'Smart Charging',
    feature: 'SC-6',
    moves: [
      ...charging,
      ...priority,
      ...prioritized(true),
      ...prioritized(false),
      profileCleared,
      ...unplugged,
    ],
  }),
  case21({
    id: 'K_121',
    title: 'The station asks for the limit of a profile, and for that of one that is not there',
    profile: 'Smart Charging',
    feature: 'SC-8',
    moves: [
      ...booted21,
      ...feature('DynamicProfiles'),
      ...sets(
        {
          ...ofEvse,
          kind: 'Dynamic',
          of: { dynUpdateInterval: 60 },
          periods: [{ startPeriod: 0, limit: 8 }],
        },
        { clause: '2.1 K28.FR.01, FR.02' },
      ),
      pulled(value('profileId'), 'Accepted', { limit: any }),
      pulled(998_121, 'Rejected'),
      profileCleared,
      stillThere,
    ],
  }),
]

/** K. Smart charging. */
export const smartCharging21: readonly ConformanceCase[] = [...shapes, ...uses, ...iso15118p20]
