import {
  answers,
  away,
  does,
  drop,
  mutantsOf,
  omits,
  plus,
  pretends,
  sends,
  set,
  stuck,
} from './rows.ts'

const refused = (action: string, when?: object) =>
  does('heard', { do: 'refuse', code: 'InternalError' }, { action, ...(when && { when }) })

const period = '$.chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0]'

/** Profiles whose first period is of this mode; `$absent` for none. */
const ofMode = (operationMode: string) => ({
  chargingProfile: { chargingSchedule: [{ chargingSchedulePeriod: [{ operationMode }] }] },
})

/** Profiles that a transaction has in the mode. */
const ofTransaction = (operationMode: string) => ({
  chargingProfile: {
    ...ofMode(operationMode).chargingProfile,
    chargingProfilePurpose: 'TxProfile',
  },
})

const ofKind = (chargingProfileKind: string, operationMode: string) => ({
  chargingProfile: { ...ofMode(operationMode).chargingProfile, chargingProfileKind },
})

/** OCPP 2.1, what is new in blocks M to S. */
export const energy21Mutants = mutantsOf('ocpp2.1', {
  'contracts-never-end': [
    'Never has fewer contracts left',
    '2.1 M01.FR.07',
    answers('Get15118EVCertificate', [stuck('$.remainingContracts')], {
      when: { maximumContractCertificateChains: '$any' },
    }),
  ],
  'contracts-uncounted': [
    'Does not say how many contracts there are',
    '2.1 M01.FR.04',
    answers('Get15118EVCertificate', [drop('$.remainingContracts')]),
  ],
  'oem-root-other': [
    'Installs roots of vehicle makers as those of contracts',
    '2.1 M05.FR.01',
    sends('InstallCertificate', [set('$.certificateType', 'MORootCertificate')], {
      when: { certificateType: 'OEMRootCertificate' },
    }),
  ],
  'data-collector-log-other': [
    'Asks for diagnostics where the data collector is meant',
    '2.1 N01',
    sends('GetLog', [set('$.logType', 'DiagnosticsLog')], {
      when: { logType: 'DataCollectorLog' },
    }),
  ],
  'log-credentials-lost': [
    'Keeps the password for itself that an upload needs',
    '2.1 N01.FR.17, FR.25',
    sends('GetLog', [set('$.log.remoteLocation', 'http://127.0.0.1/uploads/')]),
  ],
  'log-fragment': [
    'Has logs brought to a place with a fragment',
    '2.1 N01.FR.27',
    sends('GetLog', [set('$.log.remoteLocation', 'http://a:b@127.0.0.1/uploads/#logs')]),
  ],
  'log-query-slash': [
    'Has logs brought to a place whose query ends with a slash',
    '2.1 N01.FR.28',
    sends('GetLog', [set('$.log.remoteLocation', 'http://a:b@127.0.0.1/put?to=logs/')]),
  ],
  'log-unencrypted': [
    'Has logs brought over HTTP where HTTPS is meant',
    '2.1 N01',
    sends('GetLog', [set('$.log.remoteLocation', 'http://a:b@127.0.0.1/uploads/')]),
  ],
  'target-monitors-refused': [
    'Knows no monitors that follow a target',
    '2.1 N02.FR.23',
    refused('NotifyMonitoringReport', {
      monitor: {
        $contains: { variableMonitoring: { $contains: { type: 'TargetDelta' } } },
      },
    }),
  ],
  'stream-refused': [
    'Wants a stream, and refuses it',
    '2.1 N11.FR.06',
    answers('OpenPeriodicEventStream', [set('$.status', 'Rejected')]),
  ],
  'stream-parameters-lost': [
    'Sets a monitor without the stream that belongs to it',
    '2.1 N11.FR.09',
    sends('SetVariableMonitoring', [drop('$.setMonitoringData[0].periodicEventStream')]),
  ],
  'stream-adjusted-other': [
    'Changes another stream',
    '2.1 N14.FR.01',
    sends('AdjustPeriodicEventStream', [plus('$.id', 1)]),
  ],
  'stream-interval-lost': [
    'Changes a stream without saying how often',
    '2.1 N14.FR.01',
    sends('AdjustPeriodicEventStream', [drop('$.params.interval')]),
  ],
  'stream-answered': [
    'Answers values of a stream',
    '2.1 N15.FR.02',
    pretends('NotifyPeriodicEventStream', {}),
  ],
  'stream-end-refused': [
    'Lets no stream end',
    '2.1 N13.FR.02',
    refused('ClosePeriodicEventStream'),
  ],
  'streams-omitted': [
    'Never asks which streams there are',
    '2.1 N12',
    omits('GetPeriodicEventStream'),
  ],
  'language-lost': [
    'Does not say which language a message is in',
    '2.1 O01.FR.17',
    sends('SetDisplayMessage', [drop('$.message.message.language')]),
  ],
  'message-state-added': [
    'Shows in one state what is to be shown in all of them',
    '2.1 O02',
    sends('SetDisplayMessage', [set('$.message.state', 'Charging')], {
      when: { message: { transactionId: '$any', startDateTime: '$absent', state: '$absent' } },
    }),
  ],
  'other-languages-lost': [
    'Shows a message in one language only',
    '2.1 O01',
    sends('SetDisplayMessage', [drop('$.message.messageExtra')]),
  ],
  'transfers-empty': [
    'Allows no energy transfer where it does not know yet',
    '2.1 Q01.FR.08',
    answers('Authorize', [set('$.allowedEnergyTransfer', [])]),
  ],
  'evccid-refused': [
    'Refuses a token that says which EV it is with',
    '2.1 Q01.FR.02',
    answers('TransactionEvent', [set('$.idTokenInfo.status', 'Invalid')], {
      when: { idToken: { additionalInfo: { $contains: { type: 'EVCCID' } } } },
    }),
  ],
  'charging-refused': [
    'Refuses an EV that only charges',
    '2.1 Q01.FR.07',
    answers('NotifyEVChargingNeeds', [set('$.status', 'Rejected')], {
      when: { chargingNeeds: { requestedEnergyTransfer: 'AC_single_phase' } },
    }),
  ],
  'transfer-always': [
    'Accepts every energy transfer, allowed or not',
    '2.1 Q01.FR.04, K18.FR.22',
    answers('NotifyEVChargingNeeds', [set('$.status', 'Accepted')], {
      when: { chargingNeeds: { requestedEnergyTransfer: 'AC_BPT' } },
    }),
  ],
  'transfer-no-profile': [
    'Says that there is no profile where the energy transfer is what it refuses',
    '2.1 Q01.FR.04, K18.FR.22',
    answers('NotifyEVChargingNeeds', [set('$.status', 'NoChargingProfile')]),
  ],
  'charging-only-discharges': [
    'Lets an EV give energy back that only charges',
    '2.1 Q02.FR.02',
    sends('SetChargingProfile', [set(`${period}.dischargeLimit`, -1000)], {
      when: ofTransaction('$absent'),
    }),
  ],
  'charging-only-setpoint': [
    'Gives an EV a setpoint that only charges',
    '2.1 Q02.FR.01',
    sends('SetChargingProfile', [set(`${period}.operationMode`, 'CentralSetpoint')], {
      when: ofTransaction('$absent'),
    }),
  ],
  'allowed-transfers-other': [
    'Tells another transaction what it may',
    '2.1 Q02.FR.05',
    sends('NotifyAllowedEnergyTransfer', [set('$.transactionId', 'another')]),
  ],
  'allowed-transfers-fewer': [
    'Forgets one of the energy transfers that are allowed',
    '2.1 Q02.FR.05',
    sends('NotifyAllowedEnergyTransfer', [drop('$.allowedEnergyTransfer[1]')]),
  ],
  'setpoint-as-limit': [
    'Limits an EV where it has a setpoint',
    '2.1 Q03.FR.02',
    sends('SetChargingProfile', [drop(`${period}.setpoint`), set(`${period}.limit`, 10_000)], {
      when: ofTransaction('CentralSetpoint'),
    }),
  ],
  'setpoint-mode-lost': [
    'Gives a setpoint without its operation mode',
    '2.1 Q03.FR.01',
    sends('SetChargingProfile', [drop(`${period}.operationMode`)], {
      when: ofMode('CentralSetpoint'),
    }),
  ],
  'setpoint-asleep': [
    'Has an EVSE sleep that is to charge',
    '2.1 Q03.FR.01',
    sends('SetChargingProfile', [set(`${period}.evseSleep`, true)], {
      when: ofMode('CentralSetpoint'),
    }),
  ],
  'setpoint-fixed': [
    'Makes a setpoint that changes a fixed one',
    '2.1 K28.FR.01',
    sends('SetChargingProfile', [set('$.chargingProfile.chargingProfileKind', 'Relative')], {
      when: ofKind('Dynamic', 'CentralSetpoint'),
    }),
  ],
  'update-omitted': ['Never changes a setpoint', '2.1 K28', omits('UpdateDynamicSchedule')],
  'update-direction': [
    'Has an EV take what it is to give',
    '2.1 Q04',
    sends('UpdateDynamicSchedule', [set('$.scheduleUpdate.setpoint', 3000)], {
      when: { scheduleUpdate: { setpoint: -3000 } },
    }),
  ],
  'update-other-profile': [
    'Changes the setpoint of another profile',
    '2.1 K28',
    sends('UpdateDynamicSchedule', [plus('$.chargingProfileId', 1)]),
  ],
  'pull-interval-lost': [
    'Does not say when the station is to ask for another setpoint',
    '2.1 K28.FR.10',
    sends('SetChargingProfile', [drop('$.chargingProfile.dynUpdateInterval')]),
  ],
  'pull-refused': [
    'Has no setpoint for a station that asks',
    '2.1 K28.FR.07',
    answers('PullDynamicScheduleUpdate', [set('$.status', 'Rejected'), drop('$.scheduleUpdate')]),
  ],
  'pull-empty': [
    'Accepts that a station asks, and says nothing',
    '2.1 K28.FR.07',
    answers('PullDynamicScheduleUpdate', [set('$.scheduleUpdate', {})], {
      when: { chargingProfileId: { $not: 999_721 } },
    }),
  ],
  'pull-unknown': [
    'Has a setpoint for a profile that nobody knows',
    '2.1 K28.FR.12',
    pretends(
      'PullDynamicScheduleUpdate',
      { status: 'Accepted', scheduleUpdate: { setpoint: 0 } },
      { when: { chargingProfileId: 999_721 } },
    ),
  ],
  'external-setpoint-central': [
    'Keeps the setpoint to itself that somebody else is to give',
    '2.1 Q05.FR.01',
    sends('SetChargingProfile', [set(`${period}.operationMode`, 'CentralSetpoint')], {
      when: ofMode('ExternalSetpoint'),
    }),
  ],
  'external-limits-setpoint': [
    'Gives a setpoint where somebody else is to limit',
    '2.1 Q05.FR.02',
    sends('SetChargingProfile', [set(`${period}.setpoint`, 5000)], {
      when: ofMode('ExternalLimits'),
    }),
  ],
  'external-dynamic-start': [
    'Begins a profile late that holds at once',
    '2.1 K28.FR.02',
    sends('SetChargingProfile', [set(`${period}.startPeriod`, 60)], {
      when: ofKind('Dynamic', 'ExternalLimits'),
    }),
  ],
  'frequency-mode-other': [
    'Takes support of the grid for a plan of its own',
    '2.1 Q07',
    sends('SetChargingProfile', [set(`${period}.operationMode`, 'CentralSetpoint')], {
      when: ofMode('CentralFrequency'),
    }),
  ],
  'signal-curve-lost': [
    'Does not say what the signal of the grid means',
    '2.1 Q08.FR.10',
    sends('SetChargingProfile', [drop(`${period}.v2xSignalWattCurve`)]),
  ],
  'signal-other': [
    'Passes on another signal than that of the grid',
    '2.1 Q08.FR.10',
    sends('AFRRSignal', [plus('$.signal', -80)]),
  ],
  'signal-late': [
    'Passes the signal of the grid on for another time',
    '2.1 Q08.FR.10',
    sends('AFRRSignal', [away('$.timestamp', 3600)]),
  ],
  'frequency-baseline-lost': [
    'Does not say what frequencies are added to',
    '2.1 Q08.FR.02',
    sends('SetChargingProfile', [drop(`${period}.v2xBaseline`)], {
      when: ofTransaction('LocalFrequency'),
    }),
  ],
  'frequency-unit': [
    'Supports the grid in amperes',
    '2.1 Q08.FR.05',
    sends(
      'SetChargingProfile',
      [set('$.chargingProfile.chargingSchedule[0].chargingRateUnit', 'A')],
      { when: ofTransaction('LocalFrequency') },
    ),
  ],
  'frequency-limited': [
    'Limits an EV that follows the frequency of the grid',
    '2.1 Q08.FR.01',
    sends('SetChargingProfile', [set(`${period}.limit`, 6000)], {
      when: ofTransaction('LocalFrequency'),
    }),
  ],
  'threshold-other': [
    'Sets another threshold of load balancing',
    '2.1 Q09',
    sends('SetVariables', [set('$.setVariableData[0].attributeValue', '5')], {
      when: { setVariableData: { $contains: { variable: { name: 'LocalLoadBalancing' } } } },
    }),
  ],
  'balancing-setpoint': [
    'Gives a setpoint where the station is to balance loads',
    '2.1 Q09',
    sends('SetChargingProfile', [set(`${period}.setpoint`, 0)], {
      when: ofMode('LocalLoadBalancing'),
    }),
  ],
  'idle-limited': [
    'Limits an EV to nothing that is to rest',
    '2.1 Q10.FR.01',
    sends('SetChargingProfile', [set(`${period}.limit`, 0)], { when: ofMode('Idle') }),
  ],
  'sleep-lost': [
    'Keeps an EVSE awake that is to sleep',
    '2.1 Q10',
    sends('SetChargingProfile', [drop(`${period}.evseSleep`)], { when: ofMode('Idle') }),
  ],
  'der-default-planned': [
    'Plans for a while what is to hold always',
    '2.1 R04.FR.02',
    sends('SetDERControl', [set('$.isDefault', false)], { when: { controlType: 'FreqDroop' } }),
  ],
  'der-curve-short': [
    'Forgets a point of a curve',
    '2.1 R04.FR.05',
    sends('SetDERControl', [drop('$.curve.curveData[3]')]),
  ],
  'der-curve-late': [
    'Begins a planned control an hour late',
    '2.1 R04.FR.05',
    sends('SetDERControl', [away('$.curve.startTime', 3600)]),
  ],
  'der-priority': [
    'Puts every control first',
    '2.1 R04.FR.03',
    sends('SetDERControl', [set('$.freqDroop.priority', 0)], { when: { freqDroop: '$any' } }),
  ],
  'der-clear-one': [
    'Clears controls of one type where all are meant',
    '2.1 R04.FR.44',
    sends('ClearDERControl', [set('$.controlType', 'FreqDroop')]),
  ],
  'der-get-all': [
    'Reads all controls where one is meant',
    '2.1 R04.FR.35',
    sends('GetDERControl', [drop('$.controlId')]),
  ],
  'der-reports-refused': [
    'Asks for controls, and does not take them',
    '2.1 R04.FR.31',
    refused('ReportDERControl'),
  ],
  'der-start-refused': [
    'Does not want to know that a control begins',
    '2.1 R04.FR.20',
    refused('NotifyDERStartStop'),
  ],
  'der-alarm-refused': [
    'Does not want to know what the grid makes stations do',
    '2.1 R05.FR.01',
    refused('NotifyDERAlarm'),
  ],
  'swap-token-other': [
    'Has a battery swapped for somebody else',
    '2.1 S02.FR.03',
    sends('RequestBatterySwap', [set('$.idToken.idToken', 'SOMEBODY')]),
  ],
  'swap-refused': [
    'Does not want to know which batteries come and go',
    '2.1 S03.FR.01, FR.03',
    refused('BatterySwap'),
  ],
  'battery-unauthorized': [
    'Wants batteries authorized that charge',
    '2.1 C02.FR.02',
    answers('TransactionEvent', [set('$.idTokenInfo.status', 'Invalid')], {
      when: { idToken: { type: 'NoAuthorization' } },
    }),
  ],
})
