import type { ConformanceCase, Move } from '../case.ts'
import { timeOfNow } from '../moments.ts'
import { connects, does, turnedAway, wait } from '../moves.ts'
import { any, now, oneOf, value } from '../values.ts'
import { asked, call, case201, refused } from './moves201.ts'
import { accepted201, booted201, everyConnector, notice, stillThere } from './states201.ts'

/** Longest wait until a station asks again whether it is accepted, seconds. */
const longestWaitSeconds = 10

/** BootNotification of a station that the CSMS does not accept yet. */
function notYetAccepted(...statuses: readonly string[]): readonly Move[] {
  return [
    connects('upgrade', {}, { clause: '2.0.1 Part 4 3.2' }),
    call(
      'BootNotification',
      {
        reason: 'PowerUp',
        chargingStation: { vendorName: 'csms', model: value('pendingModel') },
      },
      {
        expect: { status: oneOf(...statuses), interval: any },
        save: { interval: '$.interval' },
        clause: '2.0.1 B01.FR.02',
      },
    ),
  ]
}

/** What is answered to whoever says more than his name [2.0.1 B02.FR.09, B03.FR.07]. */
const notYetClause = '2.0.1 B01.FR.10, B02.FR.09, B03.FR.07'

const waitsItsInterval: readonly Move[] = [
  does('the station waits as long as it was told, or as it likes', ({ values }) => {
    const toldSeconds = Number(values.get('interval'))
    const seconds = toldSeconds > 0 ? toldSeconds : 1
    values.set('intervalMs', Math.min(seconds, longestWaitSeconds) * 1000)
  }),
  wait(value('intervalMs')),
]

/** Boots, and what a CSMS makes of stations before it accepts them. */
export const boots201: readonly ConformanceCase[] = [
  case201({
    id: 'B_01',
    title: 'A station boots, is accepted and hears what time it is',
    profile: 'Core',
    moves: [...booted201, timeOfNow('bootTime', '2.0.1 B01.FR.06'), ...everyConnector, stillThere],
  }),
  case201({
    id: 'B_02',
    title: 'A station is Pending, asks again, and is accepted',
    profile: 'Core',
    feature: 'C-44',
    needs: ['pendingModel'],
    tags: ['slow'],
    moves: [...notYetAccepted('Pending'), ...waitsItsInterval, accepted201(), ...everyConnector],
  }),
  case201({
    id: 'B_30',
    title: 'A station that is not accepted yet may not tell its status',
    profile: 'Core',
    feature: 'C-44',
    needs: ['pendingModel'],
    moves: [
      ...notYetAccepted('Pending', 'Rejected'),
      refused(
        'StatusNotification',
        { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp: now() },
        ['SecurityError'],
        notYetClause,
      ),
      refused(
        'NotifyEvent',
        notice('Connector', 'AvailabilityState', { evseId: 1, actualValue: 'Available' }),
        ['SecurityError'],
        notYetClause,
      ),
    ],
  }),
  case201({
    id: 'B_31',
    title: 'The CSMS has a Pending station boot again, and accepts it',
    profile: 'Core',
    feature: 'C-44',
    needs: ['pendingModel'],
    moves: [
      ...notYetAccepted('Pending'),
      asked('TriggerMessage', {
        order: { requestedMessage: 'BootNotification' },
        answer: { status: 'Accepted' },
        clause: '2.0.1 B02.FR.01, F06.FR.01',
      }),
      accepted201('Triggered'),
      ...everyConnector,
    ],
  }),
  case201({
    id: 'B_58',
    title: 'The CSMS picks the subprotocol that it speaks, and turns others away',
    profile: 'Core',
    stability: 'provisional',
    moves: [
      turnedAway(
        'a subprotocol that nobody speaks',
        { protocols: ['ocpp0.1'] },
        '2.0.1 Part 4 3.1.2, 3.2',
      ),
      connects(
        'one that it speaks, named last',
        { protocols: ['ocpp0.1', 'ocpp2.0.1'] },
        { protocol: 'ocpp2.0.1', clause: '2.0.1 Part 4 3.1.2, 3.2' },
      ),
      accepted201(),
    ],
  }),
]
