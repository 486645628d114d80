import { describe, expect, test } from 'vitest'
import { ordersAreDemanded } from '../../../../test/helpers/demands-of-orders.ts'
import {
  answering,
  type Payload,
  refusing,
  sending,
  without,
} from '../../../../test/helpers/frame-faults.ts'
import { type Fault, playedInMemory } from '../../../../test/helpers/memory-conformance.ts'
import { redCases, shortId } from '../../../../test/helpers/red-cases.ts'
import { hookedActions } from '../case.ts'
import { network21 } from './b-network.ts'
import { resets21 } from './b-resets.ts'
import { limits21 } from './e-limits.ts'
import { resumption21 } from './e-resumption.ts'
import { customTriggers21 } from './f-custom-trigger.ts'
import { connectorStates21 } from './g-connector-states.ts'

const cases = [
  ...network21,
  ...resets21,
  ...limits21,
  ...resumption21,
  ...customTriggers21,
  ...connectorStates21,
]

test('what 2.1 has beside 2.0.1 is whole in blocks B and E to G', () => {
  expect(cases.map(({ id }) => shortId(id)).join(' ')).toBe(
    'B_100 B_105 B_103 B_104 B_116 ' +
      'E_102 E_106 E_107 E_108 E_109 E_110 E_111 E_113 E_117 F_100 G_01',
  )
})

test('what a driver limits, and what goes on after a reboot, nobody has to order', () => {
  const handsFree = cases.filter((one) => hookedActions(one).length === 0)
  expect(handsFree.map(({ id }) => shortId(id)).join(' ')).toBe('E_106 E_107 E_113 G_01')
})

const fixtures = { energyToken: 'ENERGY', timeToken: 'TIME', prepaidToken: 'PREPAID' }
const tokens = [
  { idToken: 'ENERGY', status: 'Accepted', limit: { maxEnergy: 5000 } },
  { idToken: 'TIME', status: 'Accepted', limit: { maxTime: 3600 } },
  { idToken: 'PREPAID', status: 'Accepted', balance: 20 },
] as const

/** Nothing costs anything in memory: E_109 is red for that alone. */
async function redOf(fault: Fault, among: RegExp): Promise<string> {
  const played = cases.filter(({ id }) => among.test(id))
  const results = await playedInMemory({
    version: 'ocpp2.1',
    cases: played,
    fault,
    fixtures,
    tokens,
  })
  return redCases(results)
}

test('csms passes them, but for what is paid where it knows no prices', async () => {
  expect(await redOf({}, /./)).toBe('E_109')
})

const within = (name: string, instead: (payload: Payload) => Payload) => (payload: Payload) => ({
  ...payload,
  [name]: instead(payload[name] as Payload),
})

const eachVariable = (instead: (rows: readonly Payload[]) => readonly Payload[]) =>
  sending('SetVariables', ({ setVariableData }) => ({
    setVariableData: instead(setVariableData as readonly Payload[]),
  }))

const accepted = { idTokenInfo: { status: 'Accepted' } }

interface Row {
  readonly is: string
  readonly fault: Fault
  readonly among: RegExp
  readonly red: string
}

const rows: readonly Row[] = [
  {
    is: 'knows no identities in network connection profiles',
    fault: sending('SetNetworkProfile', within('connectionData', without('identity'))),
    among: /B_10/,
    red: 'B_100',
  },
  {
    is: 'gives stations no password for it',
    fault: sending('SetNetworkProfile', within('connectionData', without('basicAuthPassword'))),
    among: /B_10/,
    red: 'B_100',
  },
  {
    is: 'chooses the password by itself',
    fault: sending('SetNetworkProfile', ({ connectionData, configurationSlot }) => ({
      configurationSlot,
      connectionData: { ...(connectionData as Payload), basicAuthPassword: 'x'.repeat(40) },
    })),
    among: /B_100/,
    red: '',
  },
  {
    is: 'sets one variable of a message',
    fault: eachVariable((rows) => rows.slice(0, 1)),
    among: /B_10/,
    red: 'B_105',
  },
  {
    is: 'sets variables in another order',
    fault: eachVariable((rows) => rows.toReversed()),
    among: /B_105/,
    red: '',
  },
  {
    is: 'configures a slot that nobody named',
    fault: eachVariable((rows) =>
      rows.map(({ component, ...row }) => ({
        ...row,
        component: { ...(component as Payload), instance: '9' },
      })),
    ),
    among: /B_105/,
    red: 'B_105',
  },
  {
    is: 'sets every variable to nothing',
    fault: eachVariable((rows) => rows.map((row) => ({ ...row, attributeValue: '' }))),
    among: /B_105/,
    red: 'B_105',
  },
  {
    is: 'ends what goes on with every reset',
    fault: sending('Reset', (payload) => ({ ...payload, type: 'Immediate' })),
    among: /B_1/,
    red: 'B_103, B_104, B_116',
  },
  {
    is: 'resets an EVSE in place of the station',
    fault: sending('Reset', (payload) => ({ ...payload, evseId: 1 })),
    among: /B_1/,
    red: 'B_103, B_104, B_116',
  },
  {
    is: 'wants no transaction to go on',
    fault: refusing('TransactionEvent', ({ triggerReason }) => triggerReason === 'TxResumed'),
    among: /[BE]_1/,
    red: 'B_103, B_116, E_109, E_113, E_117',
  },
  {
    is: 'does not hear that one went on',
    fault: answering('TransactionEvent', (id, { triggerReason }) =>
      triggerReason === 'TxResumed' ? [3, id, {}] : undefined,
    ),
    among: /B_1|E_11[37]/,
    red: 'B_116, E_117',
  },
  {
    is: 'sends the profile of another transaction again',
    fault: sending(
      'SetChargingProfile',
      within('chargingProfile', (profile) => ({ ...profile, transactionId: 'another' })),
    ),
    among: /B_116|E_117/,
    red: 'B_116, E_117',
  },
  {
    is: 'limits nothing',
    fault: answering('TransactionEvent', (id, { idToken }) => [3, id, idToken ? accepted : {}]),
    among: /E_1/,
    red: 'E_102, E_109, E_110, E_111, E_117',
  },
  {
    is: 'repeats the limit of the driver',
    fault: answering('TransactionEvent', (id, { triggerReason, transactionInfo }) =>
      triggerReason === 'LimitSet'
        ? [3, id, { transactionLimit: (transactionInfo as Payload)['transactionLimit'] }]
        : undefined,
    ),
    among: /E_1/,
    red: 'E_102, E_106, E_107, E_108, E_109, E_110, E_111',
  },
  {
    is: 'allows less than the driver wants',
    fault: answering('TransactionEvent', (id, { triggerReason }) =>
      triggerReason === 'LimitSet'
        ? [3, id, { transactionLimit: { maxEnergy: 1, maxTime: 1, maxCost: 1 } }]
        : undefined,
    ),
    among: /E_10[678]/,
    red: '',
  },
  {
    is: 'repeats its limit with every token',
    fault: answering('TransactionEvent', (id, { triggerReason }) =>
      triggerReason === 'StopAuthorized'
        ? [3, id, { ...accepted, transactionLimit: { maxEnergy: 5000 } }]
        : undefined,
    ),
    among: /E_11[01]/,
    red: 'E_110',
  },
  {
    is: 'does not know that limits can be reached',
    fault: refusing('TransactionEvent', ({ triggerReason }) =>
      String(triggerReason).endsWith('LimitReached'),
    ),
    among: /E_1/,
    red: 'E_102, E_106, E_107, E_108, E_109, E_110, E_111',
  },
  {
    is: 'triggers something else than the vendor has',
    fault: sending('TriggerMessage', (payload) => ({ ...payload, customTrigger: 'other' })),
    among: /F_/,
    red: 'F_100',
  },
  {
    is: 'wants no events of connectors',
    fault: refusing('NotifyEvent'),
    among: /G_/,
    red: 'G_01',
  },
]

describe('a CSMS that', () => {
  test.each(rows)('$is', async ({ fault, among, red }) => {
    expect(await redOf(fault, among)).toBe(red)
  })
})

ordersAreDemanded(cases, {
  found: {
    ...fixtures,
    profileId: 31,
    profileFrom: '2026-01-01T00:00:00Z',
    profileTo: '2026-01-01T00:05:00Z',
  },
  /** Of passwords cases look at their length. */
  itsOwn: [
    'id',
    'requestId',
    'basicAuthPassword',
    'tariffId',
    'validFrom',
    'validTo',
    'startSchedule',
  ],
  mayBeMissing: ['numberPhases'],
})
