import type { ConformanceCase, Move } from '../case.ts'
import { oneOf, tokenOf, value } from '../values.ts'
import { contracts201 } from './c-contracts.ts'
import { asked, call, case201 } from './moves201.ts'
import {
  acceptedToken,
  authorized,
  booted201,
  charges,
  event,
  pluggedIn,
  status,
  stillThere,
  unplugged,
} from './states201.ts'

/** Authorize of a token that may not charge, for one of these reasons. */
function turnedDown(fixture: string, ...statuses: readonly string[]): Move {
  return call(
    'Authorize',
    { idToken: tokenOf(fixture) },
    { expect: { idTokenInfo: { status: oneOf(...statuses) } }, clause: '2.0.1 C01.FR.07' },
  )
}

/** Accepted, as a member of a group. */
function member(groupFixture: string) {
  return {
    idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: value(groupFixture) } },
  } as const
}

function memberAuthorized(
  fixture: string,
  groupFixture: string,
  clause = '2.0.1 C01.FR.06, C09.FR.09',
): Move {
  return call('Authorize', { idToken: tokenOf(fixture) }, { expect: member(groupFixture), clause })
}

/** The driver of a running transaction is told to be of a group. */
const memberCharges: readonly Move[] = [
  event('Updated', 'Authorized', {
    idToken: tokenOf('token'),
    expect: member('group'),
    clause: '2.0.1 C09.FR.12',
  }),
  charges('Charging'),
]

/** Another member of the group ends it. */
const otherMemberStops: readonly Move[] = [
  event('Updated', 'StopAuthorized', {
    idToken: tokenOf('token2'),
    expect: member('group'),
    clause: '2.0.1 C09.FR.12',
  }),
  charges('EVConnected'),
  ...unplugged,
]

/** A transaction runs on EVSE 1, and another one on EVSE 2. */
const bothCharging: readonly Move[] = [
  ...booted201,
  ...pluggedIn,
  authorized,
  event('Updated', 'Authorized', acceptedToken),
  charges('Charging'),
  status(2, 'Occupied'),
  event('Started', 'Authorized', {
    of: 'second',
    evse: { id: 2, connectorId: 1 },
    idToken: tokenOf('token2'),
    info: { chargingState: 'Charging' },
    expect: { idTokenInfo: { status: 'Accepted' } },
    clause: '2.0.1 E01.FR.12',
  }),
]

/** The master pass ends a transaction. */
function endedByMaster(of: string): Move {
  return event('Ended', 'StopAuthorized', {
    of,
    idToken: tokenOf('masterToken'),
    info: { stoppedReason: 'MasterPass', chargingState: 'EVConnected' },
    expect: member('masterGroup'),
    clause: '2.0.1 C09.FR.12',
  })
}

const master = memberAuthorized('masterToken', 'masterGroup', '2.0.1 C09.FR.09')

/** C. Authorization. */
export const authorization201: readonly ConformanceCase[] = [
  case201({
    id: 'C_02',
    title: 'A token that nobody knows is not accepted',
    profile: 'Core',
    needs: ['invalidToken'],
    moves: [...booted201, turnedDown('invalidToken', 'Invalid', 'Unknown')],
  }),
  case201({
    id: 'C_06',
    title: 'A token that is blocked is not accepted',
    profile: 'Core',
    needs: ['blockedToken'],
    moves: [...booted201, turnedDown('blockedToken', 'Blocked', 'Invalid')],
  }),
  case201({
    id: 'C_07',
    title: 'A token that has expired is not accepted',
    profile: 'Core',
    needs: ['expiredToken'],
    moves: [...booted201, turnedDown('expiredToken', 'Expired', 'Invalid')],
  }),
  case201({
    id: 'C_08',
    title: 'A token of the cache charges without being asked for',
    profile: 'Core',
    moves: [
      ...booted201,
      ...pluggedIn,
      event('Updated', 'Authorized', { ...acceptedToken, clause: '2.0.1 C12.FR.03, E01.FR.12' }),
    ],
  }),
  case201({
    id: 'C_20',
    title: 'A token that the cache knows and the CSMS does not is told so',
    profile: 'Core',
    needs: ['invalidToken'],
    moves: [
      ...booted201,
      ...pluggedIn,
      event('Updated', 'Authorized', {
        idToken: tokenOf('invalidToken'),
        expect: { idTokenInfo: { status: oneOf('Invalid', 'Unknown') } },
        clause: '2.0.1 C12.FR.03, E01.FR.11, E01.FR.12',
      }),
    ],
  }),
  case201({
    id: 'C_37',
    title: 'The CSMS clears the authorization cache',
    profile: 'Core',
    moves: [
      ...booted201,
      asked('ClearCache', { order: {}, answer: { status: 'Accepted' }, clause: '2.0.1 C11.FR.01' }),
      stillThere,
    ],
  }),
  case201({
    id: 'C_38',
    title: 'A station that does not clear its cache disturbs nobody',
    profile: 'Core',
    moves: [
      ...booted201,
      asked('ClearCache', { order: {}, answer: { status: 'Rejected' }, clause: '2.0.1 C11.FR.05' }),
      stillThere,
    ],
  }),
  case201({
    id: 'C_39',
    title: 'Tokens of one group: what one of them begins, another one ends',
    profile: 'Core',
    needs: ['token2', 'group'],
    moves: [
      ...booted201,
      ...pluggedIn,
      memberAuthorized('token2', 'group'),
      ...memberCharges,
      memberAuthorized('token2', 'group'),
      ...otherMemberStops,
    ],
  }),
  case201({
    id: 'C_40',
    title: 'Tokens of one group, both of them in the local list',
    profile: 'Local Auth List',
    needs: ['token2', 'group'],
    moves: [...booted201, ...pluggedIn, ...memberCharges, ...otherMemberStops],
  }),
  case201({
    id: 'C_43',
    title: 'Tokens of one group: the local list does not trust one, and the CSMS does',
    profile: 'Local Auth List',
    needs: ['token2', 'group'],
    moves: [
      ...booted201,
      ...pluggedIn,
      ...memberCharges,
      memberAuthorized('token2', 'group'),
      ...otherMemberStops,
    ],
  }),
  case201({
    id: 'C_47',
    title: 'The master pass ends every transaction',
    profile: 'Core',
    needs: ['token2', 'masterToken', 'masterGroup'],
    moves: [...bothCharging, master, endedByMaster('transaction'), endedByMaster('second')],
  }),
  case201({
    id: 'C_48',
    title: 'The master pass ends one transaction, and the other goes on',
    profile: 'Core',
    needs: ['token2', 'masterToken', 'masterGroup'],
    moves: [
      ...bothCharging,
      master,
      endedByMaster('second'),
      event('Ended', 'StopAuthorized', {
        ...acceptedToken,
        info: { stoppedReason: 'Local' },
        clause: '2.0.1 E01.FR.12',
      }),
    ],
  }),
  case201({
    id: 'C_49',
    title: 'The master pass ends every transaction of a station without buttons',
    profile: 'Core',
    needs: ['token2', 'masterToken', 'masterGroup'],
    moves: [
      ...bothCharging,
      master,
      endedByMaster('second'),
      status(2, 'Available'),
      endedByMaster('transaction'),
      status(1, 'Available'),
      stillThere,
    ],
  }),
  ...contracts201,
]
