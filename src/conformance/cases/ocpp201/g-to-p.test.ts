import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { change, FaultyTarget, type SeenFault } from '../../../../test/helpers/faulty-target.ts'
import { shortId } from '../../../../test/helpers/red-cases.ts'
import { hookedActions } from '../case.ts'
import { casesOf } from '../catalogue.ts'

const cases = casesOf('ocpp2.0.1').filter(({ id }) => /^TC_[G-LOP]_/.test(id))

test('blocks G to L, O and P are whole: the 104 cases of the set', () => {
  const perBlock = Object.fromEntries(
    Array.from('GHIJKLOP', (letter) => [
      letter,
      cases.filter(({ group }) => group === letter).length,
    ]),
  )
  expect(perBlock).toEqual({ G: 10, H: 9, I: 2, J: 9, K: 32, L: 19, O: 21, P: 2 })
})

test('what only listens runs against any CSMS: nobody has to make it act', () => {
  const handsFree = cases.filter((one) => hookedActions(one).length === 0)
  expect(handsFree.map(({ id }) => shortId(id)).join(' ')).toBe(
    'G_20 I_01 I_02 J_01 J_02 J_03 J_04 J_07 J_08 J_09 J_10 J_11 K_48 K_50 K_51 K_53 K_55 K_57 P_02 P_03',
  )
})

const component = (name: string) => ({ eventData: [{ component: { name } }] })

const faults: readonly SeenFault[] = [
  {
    is: 'locks are no news to it',
    action: 'NotifyEvent',
    when: component('ConnectorPlugRetentionLock'),
    ids: /_G_(07|20)/,
    red: 'G_20',
  },
  {
    is: 'connectors are not for events',
    action: 'NotifyEvent',
    when: component('Connector'),
    ids: /_G_/,
    red: 'G_03 G_04 G_05 G_06 G_07 G_08 G_11 G_14 G_17',
  },
  {
    is: 'no event takes a connector away from drivers',
    action: 'NotifyEvent',
    when: { eventData: [{ actualValue: { $oneOf: ['Reserved', 'Faulted'] } }] },
    ids: /_H_(01|08|1|20|22)/,
    red: 'H_01 H_14 H_15 H_17 H_19 H_20',
  },
  {
    is: 'it does not want to know what became of reservations',
    action: 'ReservationStatusUpdate',
    ids: /_H_(01|20)/,
    red: 'H_20',
  },
  {
    is: 'a charge costs nothing',
    action: 'TransactionEvent',
    what: change({ totalCost: '$absent' }),
    ids: /_I_02/,
    red: 'I_02',
  },
  {
    is: 'nobody may measure where nobody charges',
    action: 'MeterValues',
    ids: /_J_/,
    red: 'J_01 J_02',
  },
  {
    is: 'readings are no events',
    action: 'NotifyEvent',
    when: component('FiscalMetering'),
    ids: /_J_0/,
    red: 'J_01 J_02',
  },
  {
    is: 'signed readings are too long for it',
    action: 'TransactionEvent',
    when: { meterValue: { $contains: { sampledValue: [{ signedMeterValue: '$any' }] } } },
    ids: /_J_/,
    red: 'J_04 J_11',
  },
  {
    is: 'a transaction has an EVSE from the start',
    action: 'TransactionEvent',
    when: { eventType: 'Started', evse: '$absent' },
    ids: /_J_/,
    red: 'J_08',
  },
  {
    is: 'it knows who starts, whoever it is',
    action: 'TransactionEvent',
    what: change({ idTokenInfo: { status: 'Unknown' } }),
    when: { triggerReason: 'RemoteStart' },
    ids: /_K_(37|60)/,
    red: 'K_37',
  },
  {
    is: 'reports come in one part',
    action: 'ReportChargingProfiles',
    when: { tbc: true },
    ids: /_K_(29|3)/,
    red: 'K_31',
  },
  {
    is: 'nobody limits but itself',
    action: 'NotifyChargingLimit',
    ids: /_K_(48|50)/,
    red: 'K_48',
  },
  {
    is: 'no limit is ever lifted',
    action: 'ClearedChargingLimit',
    ids: /_K_(48|50|51)/,
    red: 'K_50 K_51',
  },
  {
    is: 'it reports of its own limits only',
    action: 'ReportChargingProfiles',
    when: { chargingLimitSource: 'EMS' },
    ids: /_K_(05|29|52)/,
    red: 'K_52',
  },
  {
    is: 'EVs may want what they like',
    action: 'NotifyEVChargingSchedule',
    what: change({ status: 'Accepted' }),
    ids: /_K_5[3-9]/,
    red: 'K_55',
  },
  {
    is: 'no EV does it right',
    action: 'NotifyEVChargingSchedule',
    what: change({ status: 'Rejected' }),
    ids: /_K_5[3-9]/,
    red: 'K_53 K_55 K_57 K_58 K_59',
  },
  {
    is: 'EVs need nothing',
    action: 'NotifyEVChargingNeeds',
    what: change({ status: 'Rejected' }),
    ids: /_K_5[3-9]/,
    red: 'K_53 K_55 K_57 K_58 K_59',
  },
  {
    is: 'it lets nobody in after an update',
    action: 'BootNotification',
    what: change({ status: 'Rejected' }),
    when: { reason: 'FirmwareUpdate' },
    ids: /_L_(01|0[4-9]|1)/,
    red: 'L_01 L_09 L_10 L_11 L_13',
  },
  {
    is: 'after an update it takes no events of connectors',
    action: 'NotifyEvent',
    when: component('Connector'),
    ids: /_(L_(01|0[4-9]|1)|I_)/,
    red: 'I_02 L_01 L_09 L_10 L_11 L_13',
  },
  {
    is: 'it has never heard of a reboot',
    action: 'FirmwareStatusNotification',
    when: { status: 'InstallRebooting' },
    ids: /_L_(01|0[4-9]|1)/,
    red: 'L_01 L_09 L_10 L_11 L_13',
  },
  {
    is: 'installing does not fail',
    action: 'FirmwareStatusNotification',
    when: { status: { $oneOf: ['InstallationFailed', 'InstallVerificationFailed'] } },
    ids: /_L_0[1-9]/,
    red: 'L_08 L_09',
  },
  {
    is: 'it takes no alarms',
    action: 'SecurityEventNotification',
    ids: /_L_0[4-9]/,
    red: 'L_05 L_06',
  },
  {
    is: 'publishing does not fail',
    action: 'PublishFirmwareStatusNotification',
    when: { status: { $oneOf: ['InvalidChecksum', 'PublishFailed', 'DownloadFailed'] } },
    ids: /_L_(1[79]|2)/,
    red: 'L_24 L_19 L_20 L_22',
  },
  {
    is: 'it does not care what is displayed',
    action: 'NotifyDisplayMessages',
    ids: /_O_0/,
    red: 'O_02 O_07 O_08 O_09',
  },
  {
    is: 'it understands every vendor',
    action: 'DataTransfer',
    what: change({ status: 'Accepted' }),
    ids: /_P_/,
    red: 'P_02',
  },
  {
    is: 'it takes no custom data',
    action: 'TransactionEvent',
    when: { customData: '$any' },
    ids: /_P_/,
    red: 'P_03',
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
