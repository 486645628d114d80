import { beforeAll, describe, expect, test } from 'vitest'
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
import { Signer } from '../../../platform/pki/issue.ts'
import { newKeyPair } from '../../../platform/pki/keys.ts'
import { groupTitle } from '../../report/words.ts'
import { defaultFixtures, type Fixtures } from '../../run/fixtures.ts'
import { casesOf } from '../catalogue.ts'
import { contracts21 } from './m-contracts.ts'
import { logs21 } from './n-logs.ts'
import { streams21 } from './n-streams.ts'
import { languages21 } from './o-languages.ts'
import { energyTransfers21 } from './q-energy-transfers.ts'
import { operationModes21 } from './q-operation-modes.ts'
import { derControl21 } from './r-der-control.ts'
import { batterySwap21 } from './s-battery-swap.ts'

/** Otherwise than in 2.0.1. */
const other21 = casesOf('ocpp2.1').filter(({ id }) => id === 'TC_O_28_CSMS')

const cases = [
  ...contracts21,
  ...logs21,
  ...streams21,
  ...languages21,
  ...energyTransfers21,
  ...operationModes21,
  ...derControl21,
  ...batterySwap21,
  ...other21,
]

test('what 2.1 has beside 2.0.1 is whole in blocks M to S', () => {
  expect(cases.map(({ id }) => shortId(id)).join(' ')).toBe(
    'M_100 M_101 N_100 N_102 N_103 N_104 N_105 N_107 O_100 O_101 Q_102 Q_103 Q_107 ' +
      'Q_108 Q_109 Q_110 Q_111 Q_112 Q_117 Q_120 Q_121 Q_124 Q_125 R_107 R_108 S_102 S_103 O_28',
  )
})

test('reports call their blocks by names', () => {
  const titles = new Set(cases.map(({ version, group }) => groupTitle(version, group)))
  expect([...titles]).toEqual([
    'M. Certificate management',
    'N. Diagnostics',
    'O. Display messages',
    'Q. Bidirectional power transfer',
    'R. DER control',
    'S. Battery swapping',
  ])
})

let fixtures: Partial<Fixtures>
beforeAll(async () => {
  const { keyPem } = await newKeyPair('ecdsa')
  const { certificatePem } = Signer.ofKey(keyPem).issue({
    role: 'root',
    subject: { commonName: 'vehicles', organization: 'csms' },
    publicKey: undefined,
    notBeforeMs: Date.UTC(2025, 0, 1),
    notAfterMs: Date.UTC(2035, 0, 1),
  })
  fixtures = {
    v2gRoot: certificatePem,
    exiRequest: 'ZXhpUmVxdWVzdA==',
    emaid: 'DECSMC1',
    emaid2: 'DECSMC2',
  }
})

/** What asks an authority is played with one made up, below. */
const pool = 'M_100'

async function redOf(fault: Fault, among: (id: string) => boolean): Promise<string> {
  const played = cases.filter(({ id }) => among(shortId(id)))
  const results = await playedInMemory({ version: 'ocpp2.1', cases: played, fault, fixtures })
  return redCases(results)
}

test('csms passes them', async () => {
  expect(await redOf({}, (id) => id !== pool)).toBe('')
})

/** Another first period in the profiles of a mode; undefined: in those without one. */
function periods(mode: string | undefined, instead: (period: Payload) => Payload): Fault {
  return sending('SetChargingProfile', (payload) => {
    const profile = payload['chargingProfile'] as Payload
    const [schedule] = profile['chargingSchedule'] as readonly [Payload]
    const [period] = schedule['chargingSchedulePeriod'] as readonly [Payload]
    if (period['operationMode'] !== mode) return payload
    const chargingSchedule = [{ ...schedule, chargingSchedulePeriod: [instead(period)] }]
    return { ...payload, chargingProfile: { ...profile, chargingSchedule } }
  })
}

/** A contract certificate pool that says how many contracts are left, one answer after the other. */
function contractsLeft(...left: readonly (number | undefined)[]): Fault {
  const answers = [...left]
  return answering('Get15118EVCertificate', (id) => [
    3,
    id,
    {
      status: 'Accepted',
      exiResponse: 'ZXhpUmVzcG9uc2U0Mg==',
      remainingContracts: answers.shift(),
    },
  ])
}

interface Row {
  readonly is: string
  readonly fault: Fault
  readonly among: RegExp
  readonly red: string
}

const rows: readonly Row[] = [
  { is: 'has two contracts', fault: contractsLeft(1, 0), among: /M_100/, red: '' },
  { is: 'loses one', fault: contractsLeft(0), among: /M_100/, red: 'M_100' },
  { is: 'counts it twice', fault: contractsLeft(1, 1, 0), among: /M_100/, red: 'M_100' },
  { is: 'does not count them', fault: contractsLeft(), among: /M_100/, red: 'M_100' },
  {
    is: 'installs every root as that of contracts',
    fault: sending('InstallCertificate', (payload) => ({
      ...payload,
      certificateType: 'MORootCertificate',
    })),
    among: /M_101/,
    red: 'M_101',
  },
  {
    is: 'wants diagnostics, whatever it is asked for',
    fault: sending('GetLog', (payload) => ({ ...payload, logType: 'DiagnosticsLog' })),
    among: /N_/,
    red: 'N_100',
  },
  {
    is: 'keeps passwords for itself',
    fault: sending('GetLog', (payload) => ({
      ...payload,
      log: { remoteLocation: 'http://127.0.0.1/uploads/' },
    })),
    among: /N_/,
    red: 'N_102, N_103',
  },
  {
    is: 'has logs brought to a query that ends with a slash',
    fault: sending('GetLog', (payload) => ({
      ...payload,
      log: { remoteLocation: 'http://a:b@127.0.0.1/put?to=uploads/' },
    })),
    among: /N_102/,
    red: 'N_102',
  },
  {
    is: 'wants no news of monitors',
    fault: refusing('NotifyMonitoringReport'),
    among: /N_/,
    red: 'N_104',
  },
  {
    is: 'refuses the streams that it wants',
    fault: answering('OpenPeriodicEventStream', (id) => [3, id, { status: 'Rejected' }]),
    among: /N_/,
    red: 'N_105',
  },
  {
    is: 'answers the values of streams',
    fault: answering('NotifyPeriodicEventStream', (id) => [3, id, {}]),
    among: /N_/,
    red: 'N_105',
  },
  {
    is: 'lets no stream end',
    fault: refusing('ClosePeriodicEventStream'),
    among: /N_/,
    red: 'N_105, N_107',
  },
  {
    is: 'has messages shown in one state, whoever asks for one',
    fault: sending('SetDisplayMessage', ({ message }) => ({
      message: { ...(message as Payload), state: 'Charging' },
    })),
    among: /O_28/,
    red: 'O_28',
  },
  {
    is: 'has messages shown from a time on, though they are to be shown at once',
    fault: sending('SetDisplayMessage', ({ message }) => ({
      message: { ...(message as Payload), startDateTime: '2026-01-01T00:00:00Z' },
    })),
    among: /O_28/,
    red: 'O_28',
  },
  {
    is: 'knows one language',
    fault: sending('SetDisplayMessage', ({ message }) => ({
      message: without('messageExtra')(message as Payload),
    })),
    among: /O_/,
    red: 'O_101',
  },
  {
    is: 'allows nothing where it does not know yet',
    fault: answering('Authorize', (id) => [
      3,
      id,
      { idTokenInfo: { status: 'Accepted' }, allowedEnergyTransfer: [] },
    ]),
    among: /Q_10[23]/,
    red: 'Q_102, Q_103',
  },
  {
    is: 'knows no EV',
    fault: answering('TransactionEvent', (id, { eventType }) =>
      eventType === 'Started' ? [3, id, { idTokenInfo: { status: 'Invalid' } }] : undefined,
    ),
    among: /Q_102|S_/,
    red: 'Q_102, S_103',
  },
  {
    is: 'gives every EV what it wants',
    fault: answering('NotifyEVChargingNeeds', (id, { chargingNeeds }) =>
      (chargingNeeds as Payload)['requestedEnergyTransfer'] === 'AC_BPT'
        ? [3, id, { status: 'Accepted' }]
        : undefined,
    ),
    among: /Q_103/,
    red: 'Q_103',
  },
  {
    is: 'has EVs discharge that only charge',
    fault: periods(undefined, (period) => ({ ...period, dischargeLimit: -1000 })),
    among: /Q_107/,
    red: 'Q_107',
  },
  {
    is: 'lets EVs do less than was allowed',
    fault: sending('NotifyAllowedEnergyTransfer', (payload) => ({
      ...payload,
      allowedEnergyTransfer: ['AC_single_phase'],
    })),
    among: /Q_10/,
    red: 'Q_103, Q_107',
  },
  {
    is: 'limits where it is to set',
    fault: periods('CentralSetpoint', (period) => ({ ...period, limit: 10_000 })),
    among: /Q_/,
    red: 'Q_108, Q_109, Q_110',
  },
  {
    is: 'has EVSEs sleep that are to charge',
    fault: periods('CentralSetpoint', (period) => ({ ...period, evseSleep: true })),
    among: /Q_/,
    red: 'Q_108, Q_109, Q_110',
  },
  {
    is: 'never sets the same twice',
    fault: sending('UpdateDynamicSchedule', (payload) => ({
      ...payload,
      scheduleUpdate: { setpoint: 1 },
    })),
    among: /Q_1[01]/,
    red: 'Q_109, Q_117',
  },
  {
    is: 'has values for every profile',
    fault: answering('PullDynamicScheduleUpdate', (id) => [
      3,
      id,
      { status: 'Accepted', scheduleUpdate: { setpoint: 1 } },
    ]),
    among: /Q_110/,
    red: 'Q_110',
  },
  {
    is: 'sets what others are to set',
    fault: periods('ExternalLimits', (period) => ({ ...period, setpoint: 5000 })),
    among: /Q_11/,
    red: 'Q_112',
  },
  {
    is: 'knows no curves',
    fault: periods('LocalFrequency', without('v2xFreqWattCurve', 'v2xSignalWattCurve')),
    among: /Q_12/,
    red: 'Q_120, Q_121',
  },
  {
    is: 'turns signals of the grid around',
    fault: sending('AFRRSignal', (payload) => ({ ...payload, signal: -40 })),
    among: /Q_12/,
    red: 'Q_120',
  },
  {
    is: 'sets one threshold of four',
    fault: sending('SetVariables', ({ setVariableData }) => ({
      setVariableData: (setVariableData as readonly unknown[]).slice(0, 1),
    })),
    among: /Q_124/,
    red: 'Q_124',
  },
  {
    is: 'sets every threshold to one value',
    fault: sending('SetVariables', ({ setVariableData }) => ({
      setVariableData: (setVariableData as readonly Payload[]).map((one) => ({
        ...one,
        attributeValue: '200',
      })),
    })),
    among: /Q_124/,
    red: 'Q_124',
  },
  {
    is: 'keeps EVSEs awake',
    fault: periods('Idle', without('evseSleep')),
    among: /Q_125/,
    red: 'Q_125',
  },
  {
    is: 'plans what is to hold always',
    fault: sending('SetDERControl', (payload) => ({ ...payload, isDefault: false })),
    among: /R_/,
    red: 'R_107',
  },
  {
    is: 'reads every control, whatever it wants to know',
    fault: sending('GetDERControl', without('isDefault', 'controlType', 'controlId')),
    among: /R_/,
    red: 'R_107',
  },
  {
    is: 'wants no alarms of the grid',
    fault: refusing('NotifyDERAlarm'),
    among: /R_/,
    red: 'R_108',
  },
  {
    is: 'has batteries swapped for somebody else',
    fault: sending('RequestBatterySwap', (payload) => ({
      ...payload,
      idToken: { idToken: 'SOMEBODY', type: 'Central' },
    })),
    among: /S_/,
    red: 'S_102, S_103',
  },
  {
    is: 'does not say whether a battery may leave',
    fault: answering('TransactionEvent', (id, { eventType }) =>
      eventType === 'Ended' ? [3, id, {}] : undefined,
    ),
    among: /S_/,
    red: 'S_103',
  },
  {
    is: 'wants no news of batteries',
    fault: refusing('BatterySwap'),
    among: /S_/,
    red: 'S_103',
  },
]

describe('a CSMS that', () => {
  test.each(rows)('$is', async ({ fault, among, red }) => {
    expect(await redOf(fault, (id) => among.test(id))).toBe(red)
  })
})

/** What moves would have found out before. */
const found = {
  ...defaultFixtures,
  v2gRoot: 'PEM',
  profileId: 11,
  stackLevel: 3,
  requestId: 5,
  curveId: 'curve',
  droopId: 'droop',
  signalAt: '2026-01-01T00:00:00Z',
  curveFrom: '2026-01-01T00:00:00Z',
  shownUntil: '2026-01-01T00:00:00Z',
  uploadPlace: 'http://station:secret@127.0.0.1/uploads/',
}

ordersAreDemanded(cases, {
  found,
  itsOwn: [
    'id',
    'requestId',
    'controlId',
    'certificate',
    'timestamp',
    'startTime',
    'endDateTime',
    'remoteLocation',
  ],
  /** False goes without saying. */
  mayBeMissing: ['evseSleep'],
})
