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
  everyConnector,
  stillThere,
  stopAuthorized,
  told,
  unplugged,
} from './states201.ts'

type Reset = RequestOf<Actions201, 'Reset'>

/** The CSMS resets the station, or EVSE 1 of it. */
function resetAsked(
  type: Reset['type'],
  of: 'station' | 'EVSE 1',
  { answer, clause }: { readonly answer: 'Accepted' | 'Scheduled'; readonly clause: string },
): Move {
  const wanted = of === 'station' ? { type } : { type, evseId: 1 }
  return asked('Reset', {
    order: wanted,
    expect: of === 'station' ? { type, evseId: absent } : wanted,
    answer: { status: answer },
    clause,
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

function endedByReset(clause: string): Move {
  return event('Ended', 'ResetCommand', {
    info: { chargingState: 'EVConnected', stoppedReason: 'ImmediateReset' },
    clause,
  })
}

const resets: readonly ConformanceCase[] = [
  case201({
    id: 'B_20',
    title: 'The CSMS resets an idle station',
    profile: 'Core',
    moves: [
      ...booted201,
      resetAsked('OnIdle', 'station', { answer: 'Accepted', clause: '2.0.1 B11.FR.03' }),
      ...bootsAgain('RemoteReset'),
      ...everyConnector,
    ],
  }),
  case201({
    id: 'B_21',
    title: 'The CSMS resets a station as soon as nobody charges any more',
    profile: 'Core',
    moves: [
      ...charging,
      resetAsked('OnIdle', 'station', { answer: 'Scheduled', clause: '2.0.1 B12.FR.01' }),
      ...endsNormally,
      ...bootsAgain('ScheduledReset'),
      ...everyConnector,
    ],
  }),
  case201({
    id: 'B_22',
    title: 'The CSMS resets a station at once, whoever charges',
    profile: 'Core',
    moves: [
      ...charging,
      resetAsked('Immediate', 'station', { answer: 'Accepted', clause: '2.0.1 B12.FR.02' }),
      endedByReset('2.0.1 B12.FR.04'),
      ...bootsAgain('RemoteReset'),
      ...told(1, 'Occupied'),
      ...told(2, 'Available'),
    ],
  }),
  case201({
    id: 'B_25',
    title: 'The CSMS resets an idle EVSE',
    profile: 'Core',
    feature: 'C-13',
    moves: [
      ...booted201,
      resetAsked('OnIdle', 'EVSE 1', { answer: 'Accepted', clause: '2.0.1 B11.FR.08' }),
      stillThere,
    ],
  }),
  case201({
    id: 'B_26',
    title: 'The CSMS resets an EVSE as soon as nobody charges there any more',
    profile: 'Core',
    feature: 'C-13',
    moves: [
      ...charging,
      resetAsked('OnIdle', 'EVSE 1', { answer: 'Scheduled', clause: '2.0.1 B12.FR.07' }),
      ...endsNormally,
    ],
  }),
  case201({
    id: 'B_27',
    title: 'The CSMS resets an EVSE at once, whoever charges there',
    profile: 'Core',
    feature: 'C-13',
    moves: [
      ...charging,
      resetAsked('Immediate', 'EVSE 1', { answer: 'Accepted', clause: '2.0.1 B12.FR.08' }),
      endedByReset('2.0.1 B12.FR.08'),
    ],
  }),
]

/** The CSMS tells the station where else it may connect to. */
function networkProfileSet(answer: 'Accepted' | 'Failed', clause: string): Move {
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
    clause,
  })
}

const networkProfiles: readonly ConformanceCase[] = [
  case201({
    id: 'B_42',
    title: 'The CSMS sets a network connection profile',
    profile: 'Core',
    moves: [...booted201, networkProfileSet('Accepted', '2.0.1 B09.FR.01'), stillThere],
  }),
  case201({
    id: 'B_44',
    title: 'A network connection profile that a station cannot set disturbs nobody',
    profile: 'Core',
    moves: [...booted201, networkProfileSet('Failed', '2.0.1 B09.FR.03'), stillThere],
  }),
]

/** Resets, and network connection profiles. */
export const resets201: readonly ConformanceCase[] = [...resets, ...networkProfiles]
