import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { connects } from '../moves.ts'
import { absent } from '../values.ts'
import { asked, case201 } from './moves201.ts'
import {
  accepted201,
  booted201,
  charging,
  event,
  everyStatus,
  status,
  stillThere,
  stopAuthorized,
  unplugged,
} from './states201.ts'

type Reset = RequestOf<Actions201, 'Reset'>

/** The CSMS resets the station, or EVSE 1 of it. */
function resetAsked(
  type: Reset['type'],
  of: 'station' | 'EVSE 1',
  answer: 'Accepted' | 'Scheduled',
): Move {
  const wanted = of === 'station' ? { type } : { type, evseId: 1 }
  return asked('Reset', {
    order: wanted,
    expect: of === 'station' ? { type, evseId: absent } : wanted,
    answer: { status: answer },
    clause: '2.0.1 B11.FR.01, B12.FR.01',
  })
}

/** It goes away and comes back. */
const bootsAgain = (
  reason: RequestOf<Actions201, 'BootNotification'>['reason'],
): readonly Move[] => [
  connects('after the reset', {}, { clause: '2.0.1 B11.FR.04' }),
  accepted201(reason),
]

/** What runs comes to its normal end. */
const endsNormally: readonly Move[] = [...stopAuthorized, ...unplugged]

const endedByReset: Move = event('Ended', 'ResetCommand', {
  info: { chargingState: 'EVConnected', stoppedReason: 'ImmediateReset' },
  clause: '2.0.1 B12.FR.04',
})

const resets: readonly ConformanceCase[] = [
  case201({
    id: 'B_20',
    title: 'The CSMS resets an idle station',
    profile: 'Core',
    moves: [
      ...booted201,
      resetAsked('OnIdle', 'station', 'Accepted'),
      ...bootsAgain('RemoteReset'),
      ...everyStatus,
    ],
  }),
  case201({
    id: 'B_21',
    title: 'The CSMS resets a station as soon as nobody charges any more',
    profile: 'Core',
    moves: [
      ...charging,
      resetAsked('OnIdle', 'station', 'Scheduled'),
      ...endsNormally,
      ...bootsAgain('ScheduledReset'),
      ...everyStatus,
    ],
  }),
  case201({
    id: 'B_22',
    title: 'The CSMS resets a station at once, whoever charges',
    profile: 'Core',
    moves: [
      ...charging,
      resetAsked('Immediate', 'station', 'Accepted'),
      endedByReset,
      ...bootsAgain('RemoteReset'),
      status(1, 'Occupied'),
      status(2, 'Available'),
    ],
  }),
  case201({
    id: 'B_25',
    title: 'The CSMS resets an idle EVSE',
    profile: 'Core',
    feature: 'C-13',
    moves: [...booted201, resetAsked('OnIdle', 'EVSE 1', 'Accepted'), stillThere],
  }),
  case201({
    id: 'B_26',
    title: 'The CSMS resets an EVSE as soon as nobody charges there any more',
    profile: 'Core',
    feature: 'C-13',
    moves: [...charging, resetAsked('OnIdle', 'EVSE 1', 'Scheduled'), ...endsNormally],
  }),
  case201({
    id: 'B_27',
    title: 'The CSMS resets an EVSE at once, whoever charges there',
    profile: 'Core',
    feature: 'C-13',
    moves: [...charging, resetAsked('Immediate', 'EVSE 1', 'Accepted'), endedByReset],
  }),
]

/** The CSMS tells the station where else it may connect to. */
function networkProfileSet(answer: 'Accepted' | 'Failed'): Move {
  return asked('SetNetworkProfile', {
    order: {
      configurationSlot: 1,
      connectionData: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppCsmsUrl: 'wss://csms.example/ocpp',
        messageTimeout: 30,
        securityProfile: 2,
        ocppInterface: 'Wired0',
      },
    },
    answer: { status: answer },
    clause: '2.0.1 B09.FR.01',
  })
}

const networkProfiles: readonly ConformanceCase[] = [
  case201({
    id: 'B_42',
    title: 'The CSMS sets a network connection profile',
    profile: 'Core',
    moves: [...booted201, networkProfileSet('Accepted'), stillThere],
  }),
  case201({
    id: 'B_44',
    title: 'A network connection profile that a station cannot set disturbs nobody',
    profile: 'Core',
    moves: [...booted201, networkProfileSet('Failed'), stillThere],
  }),
]

/** Resets, and network connection profiles. */
export const resets201: readonly ConformanceCase[] = [...resets, ...networkProfiles]
