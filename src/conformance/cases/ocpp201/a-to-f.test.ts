import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Distortion, distorted } from '../../../../test/helpers/distorted-hooks.ts'
import { change, FaultyTarget, type SeenFault } from '../../../../test/helpers/faulty-target.ts'
import { shortId } from '../../../../test/helpers/red-cases.ts'
import { hookedActions } from '../case.ts'
import { casesOf } from '../catalogue.ts'

const cases = casesOf('ocpp2.0.1').filter(({ id }) => /^TC_[A-F]_/.test(id))

test('blocks A to F are whole: the 99 cases of the set, and no A_13, which was withdrawn', () => {
  const perBlock = Object.fromEntries(
    ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => [
      letter,
      cases.filter(({ group }) => group === letter).length,
    ]),
  )
  expect(perBlock).toEqual({ A: 13, B: 22, C: 16, D: 6, E: 27, F: 15 })
})

test('46 of them run against any CSMS: nobody has to make it act', () => {
  const handsFree = cases.filter((one) => hookedActions(one).length === 0)
  const ids = handsFree.map(({ id }) => shortId(id))
  expect(ids.sort().join(' ')).toBe(
    'A_01 A_02 A_03 A_04 A_06 A_07 A_08 B_01 B_02 B_30 B_58 C_02 C_06 C_07 C_08 ' +
      'C_20 C_39 C_40 C_43 C_47 C_48 C_49 C_50 C_51 C_52 E_01 E_02 E_03 E_04 E_07 E_08 ' +
      'E_09 E_10 E_11 E_12 E_14 E_15 E_16 E_17 E_19 E_20 E_22 E_26 E_38 E_39 E_53',
  )
})

/** Faults of answers; which cases have to see them. */
const faults: readonly SeenFault[] = [
  {
    is: 'it lets every token charge',
    action: 'Authorize',
    what: change({ idTokenInfo: { status: 'Accepted' } }),
    ids: /_C_/,
    red: 'C_02 C_06 C_07 C_51',
  },
  {
    is: 'it forgets groups',
    action: 'Authorize',
    what: change({ idTokenInfo: { groupIdToken: '$absent' } }),
    ids: /_C_/,
    red: 'C_39 C_43 C_47 C_48 C_49',
  },
  {
    is: 'it forgets groups in transactions',
    action: 'TransactionEvent',
    what: change({ idTokenInfo: { groupIdToken: '$absent' } }),
    when: { idToken: '$any' },
    ids: /_C_/,
    red: 'C_39 C_40 C_43 C_47 C_48 C_49',
  },
  {
    is: 'it does not look at tokens of transactions',
    action: 'TransactionEvent',
    what: { kind: 'with', payload: {} },
    ids: /_C_/,
    red: 'C_08 C_20 C_39 C_40 C_43 C_47 C_48 C_49 C_50 C_52',
  },
  {
    is: 'it trusts revoked contracts',
    action: 'Authorize',
    what: change({ idTokenInfo: { status: 'Accepted' }, certificateStatus: 'Accepted' }),
    when: { iso15118CertificateHashData: '$any' },
    ids: /_C_5/,
    red: 'C_51',
  },
  {
    is: 'it takes the hashes of contracts, and not those of who signed them',
    action: 'Authorize',
    when: { iso15118CertificateHashData: { $length: 2 } },
    ids: /_C_5/,
    red: 'C_50 C_51',
  },
  {
    is: 'it wants no events of the past',
    action: 'TransactionEvent',
    when: { offline: true },
    ids: /_E_/,
    red: 'E_29 E_31 E_33',
  },
  {
    is: 'it knows no second transaction',
    action: 'TransactionEvent',
    when: { eventType: 'Started', evse: { id: 2 } },
    ids: /_[CE]_/,
    red: 'C_47 C_48 C_49',
  },
  {
    is: 'it takes sequence number 0 once',
    action: 'TransactionEvent',
    when: { seqNo: 0 },
    after: 1,
    ids: /_E_53/,
    red: 'E_53',
  },
  {
    is: 'it wants a token at the end',
    action: 'TransactionEvent',
    when: { eventType: 'Ended', idToken: '$absent' },
    ids: /_[BCE]_/,
    red: 'B_21 B_22 B_26 B_27 C_39 C_40 C_43 E_53 E_07 E_08 E_14 E_16 E_17 E_19 E_20 E_21 E_22 E_39 E_31',
  },
  {
    is: 'it answers a status with a status',
    action: 'StatusNotification',
    what: { kind: 'with', payload: { status: 'Accepted' } },
    ids: /_B_[04]/,
    red: 'B_01 B_06 B_07 B_08 B_09 B_42 B_44',
  },
  {
    is: 'it accepts nobody after a reset',
    action: 'BootNotification',
    what: change({ status: 'Rejected' }),
    when: { reason: { $oneOf: ['RemoteReset', 'ScheduledReset'] } },
    ids: /_B_2/,
    red: 'B_20 B_21 B_22',
  },
  {
    is: 'it takes the first part of reports only',
    action: 'NotifyReport',
    when: { seqNo: 1 },
    ids: /_B_1/,
    red: 'B_12 B_13 B_14',
  },
  {
    is: 'it does not know what a log status is',
    action: 'LogStatusNotification',
    what: { kind: 'callError', code: 'NotSupported', description: '' },
    ids: /_F_1/,
    red: 'F_15',
  },
]

let target: FaultyTarget
beforeAll(async () => {
  target = await FaultyTarget.start('ocpp2.0.1', faults)
})
afterAll(() => target[Symbol.asyncDispose]())

describe('a CSMS that answers wrongly turns exactly these cases red', () => {
  test.each(faults.map((fault, at) => ({ ...fault, at })))('$is', async ({ at, ids, red }) => {
    const concerned = cases.filter(({ id }) => ids.test(id))
    expect(await target.redOf({ cases: concerned, fault: at })).toBe(red)
  })
})

const without =
  (key: string): Distortion =>
  ({ [key]: _left, ...rest }) =>
    rest

const orders: readonly (readonly [string, string, Distortion, string])[] = [
  [
    'it stops another transaction',
    'RequestStopTransaction',
    () => ({ transactionId: 'X' }),
    'E_21',
  ],
  [
    'it asks about every transaction',
    'GetTransactionStatus',
    without('transactionId'),
    'E_29 E_30 E_31',
  ],
  [
    'it asks about one it made up',
    'GetTransactionStatus',
    () => ({ transactionId: 'X' }),
    'E_29 E_30 E_31 E_33 E_34',
  ],
  ['it resets the whole station', 'Reset', without('evseId'), 'B_25 B_26 B_27'],
  [
    'it resets at once',
    'Reset',
    (payload) => ({ ...payload, type: 'Immediate' }),
    'B_20 B_21 B_25 B_26',
  ],
  [
    'it resets the wrong EVSE',
    'Reset',
    (payload) => ({ ...payload, evseId: 2 }),
    'B_20 B_21 B_22 B_25 B_26 B_27',
  ],
  ['it names no EVSE to trigger', 'TriggerMessage', without('evse'), 'F_11 F_13 F_23 F_24'],
  [
    'it names no connector to trigger',
    'TriggerMessage',
    (payload) => ({ ...payload, ...(payload['evse'] !== undefined && { evse: { id: 1 } }) }),
    'F_23 F_24',
  ],
  [
    'it triggers heartbeats only',
    'TriggerMessage',
    (payload) => ({ ...payload, requestedMessage: 'Heartbeat' }),
    'A_12 F_11 F_12 F_13 F_14 F_15 F_18 F_23 F_24',
  ],
  [
    'it starts for another token',
    'RequestStartTransaction',
    (payload) => ({ ...payload, idToken: { idToken: 'X', type: 'Central' } }),
    'F_01 F_02 F_03 F_04',
  ],
  [
    'it starts at another EVSE',
    'RequestStartTransaction',
    (payload) => ({ ...payload, evseId: 2 }),
    'F_01 F_02 F_03 F_04',
  ],
  [
    'it unlocks another connector',
    'UnlockConnector',
    (payload) => ({ ...payload, connectorId: 2 }),
    'F_06',
  ],
  [
    'it changes lists into empty ones',
    'SendLocalList',
    without('localAuthorizationList'),
    'D_01 D_02 D_03',
  ],
  [
    'it sends whole lists only',
    'SendLocalList',
    (payload) => ({ ...payload, updateType: 'Full' }),
    'D_02 D_03',
  ],
  [
    'it counts no versions',
    'SendLocalList',
    (payload) => ({ ...payload, versionNumber: 1 }),
    'D_02 D_03',
  ],
  [
    'its lists are version 0',
    'SendLocalList',
    (payload) => ({ ...payload, versionNumber: 0 }),
    'D_01 D_02 D_03 D_04',
  ],
  [
    'it asks for summaries only',
    'GetBaseReport',
    (payload) => ({ ...payload, reportBase: 'SummaryInventory' }),
    'B_12 B_13',
  ],
  ['it asks for every component', 'GetReport', without('componentVariable'), 'B_18'],
  [
    'it sets the first variable only',
    'SetVariables',
    (payload) => ({ setVariableData: [payload['setVariableData']].flat().slice(0, 1) }),
    'B_10',
  ],
  [
    'it reads the first variable only',
    'GetVariables',
    (payload) => ({ getVariableData: [payload['getVariableData']].flat().slice(0, 1) }),
    'B_07 B_08',
  ],
  [
    'it sets profiles in a slot of its own',
    'SetNetworkProfile',
    (payload) => ({ ...payload, configurationSlot: 7 }),
    'B_42 B_44',
  ],
]

describe('a CSMS that sends what nobody ordered turns exactly these cases red', () => {
  test.each(orders)('%s', async (_fault, action, distortion, red) => {
    const concerned = cases.filter((one) => hookedActions(one).includes(action))
    const hooks = distorted(target.hooks, action, distortion)
    expect(await target.redOf({ cases: concerned, hooks, timeoutMs: 3000 })).toBe(red)
  })
})
