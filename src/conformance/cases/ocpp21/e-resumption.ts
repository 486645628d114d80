import type { ConformanceCase, Move } from '../case.ts'
import { connects } from '../moves.ts'
import { type ProfileRow, sets } from '../ocpp201/charging-profiles.ts'
import { transactionId } from '../transaction-events.ts'
import { counted, now, value } from '../values.ts'
import { moveOf21 } from './inherited21.ts'
import { asked, call, case21 } from './moves21.ts'
import {
  accepted21,
  charging,
  event,
  everyConnector,
  stopAuthorized,
  told,
  unplugged,
} from './states21.ts'

type BootReason = Parameters<typeof accepted21>[0]

/** The security event that goes with a boot; both are critical [2.1 A04.FR.01]. */
const securityEvents = { PowerUp: 'StartupOfTheDevice', RemoteReset: 'ResetOrReboot' } as const

/** Gone without a word, and back within the time that it has for it; the cable is still in. */
export function comesBack(reason: BootReason & keyof typeof securityEvents): readonly Move[] {
  return [
    connects('after the interruption', {}, { clause: '2.1 Part 4 3.3' }),
    accepted21(reason),
    ...told(1, 'Occupied'),
    ...told(2, 'Available'),
    call(
      'SecurityEventNotification',
      { type: securityEvents[reason], timestamp: now() },
      { clause: '2.1 A04.FR.03' },
    ),
  ]
}

/** Why it was gone: the mains failed, in the middle of a transaction. */
const mainsFailed: readonly Move[] = ['true', 'false'].map((actualValue) =>
  call(
    'NotifyEvent',
    {
      generatedAt: now(),
      seqNo: 0,
      eventData: [
        {
          eventId: counted('event'),
          timestamp: now(),
          trigger: 'Delta',
          actualValue,
          transactionId: transactionId(),
          eventNotificationType: 'HardWiredNotification',
          severity: 3,
          component: { name: 'ElectricalFeed' },
          variable: { name: 'Problem' },
        },
      ],
    },
    { clause: '2.1 N07.FR.03' },
  ),
)

/** The transaction that went on before goes on [2.1 B13.FR.30, E17.FR.14]. */
export function resumes(clause: string): Move {
  return event('Updated', 'TxResumed', {
    evse: { id: 1, connectorId: 1 },
    info: { chargingState: 'Charging' },
    clause,
  })
}

/** Its driver ends it like any other. */
export const endsNormally: readonly Move[] = [...stopAuthorized, ...unplugged]

const profile: ProfileRow = {
  id: 31,
  evseId: 1,
  purpose: 'TxProfile',
  kind: 'Relative',
  limit: 7,
  transactionId: transactionId(),
}

/** The CSMS limits the transaction by a profile of its own. */
export const limitedByProfile: readonly Move[] = sets(profile, {
  save: { schedule: '$.chargingProfile.chargingSchedule[0].chargingSchedulePeriod' },
}).map(moveOf21)

/**
 * The station may have forgotten it: the CSMS sends it once more, and nobody has to tell it to; a
 * relative one of one period is the same whenever it comes [2.1 B13.FR.31, E17.FR.15].
 */
export function profileAgain(clause: string): Move {
  return asked('SetChargingProfile', {
    expect: {
      evseId: 1,
      chargingProfile: {
        chargingProfilePurpose: 'TxProfile',
        transactionId: transactionId(),
        chargingSchedule: [{ chargingSchedulePeriod: value('schedule') }],
      },
    },
    answer: { status: 'Accepted' },
    clause,
  })
}

/** Transactions that outlive a reboot which nobody ordered [2.1 E17]. */
export const resumption21: readonly ConformanceCase[] = [
  case21({
    id: 'E_113',
    title: 'A station that was without power for a moment goes on with its transaction',
    profile: 'Core',
    moves: [
      ...charging,
      ...comesBack('PowerUp'),
      ...mainsFailed,
      resumes('2.1 E17.FR.10, E17.FR.14'),
      ...endsNormally,
      ...everyConnector,
    ],
  }),
  case21({
    id: 'E_117',
    title:
      'A station that was without power for a moment gets the profile of its transaction again',
    profile: 'Smart Charging',
    moves: [
      ...charging,
      ...limitedByProfile,
      ...comesBack('PowerUp'),
      ...mainsFailed,
      resumes('2.1 E17.FR.10, E17.FR.14'),
      profileAgain('2.1 E17.FR.15'),
      ...endsNormally,
    ],
  }),
]
