import { answers, does, drop, mutantsOf, omits, plus, sends, set } from './rows.ts'

const ignored = (action: string, when?: object) =>
  does('heard', { do: 'swallow' }, { action, ...(when && { when }) })
const refused = (action: string, when?: object) =>
  does('heard', { do: 'refuse', code: 'InternalError' }, { action, ...(when && { when }) })

const limitSet = { when: { triggerReason: 'LimitSet' } }
/** The profile of the cases that are about going on; those of blocks K and Q are of other kinds. */
const ofTransaction = {
  chargingProfile: { chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' },
}
const resumed = { triggerReason: 'TxResumed' }
const setting = {
  when: { setVariableData: { $contains: { component: { name: 'NetworkConfiguration' } } } },
}

/** OCPP 2.1, blocks B and E to G: what 2.0.1 does not have. */
export const ocpp21Mutants = mutantsOf('ocpp2.1', {
  'network-identity-missing': [
    'Leaves the identity out of a network connection profile',
    '2.1 B09.FR.14',
    sends('SetNetworkProfile', [drop('$.connectionData.identity')]),
  ],
  'network-password-short': [
    'Sends a password that is too short for 2.1',
    '2.1 B09.FR.14',
    sends('SetNetworkProfile', [set('$.connectionData.basicAuthPassword', 'secret')]),
  ],
  'network-variable-missing': [
    'Leaves out one of the variables of a network connection',
    '2.1 B09.FR.30',
    sends('SetVariables', [drop('$.setVariableData[1]')], setting),
  ],
  'network-apn-user-missing': [
    'Does not say by what name a station enters a mobile network',
    '2.1 B09.FR.29',
    sends('SetVariables', [drop('$.setVariableData[11]')], setting),
  ],
  'network-apn-off': [
    'Configures a mobile network, and leaves it switched off',
    '2.1 B09.FR.29',
    sends('SetVariables', [set('$.setVariableData[9].attributeValue', 'false')], setting),
  ],
  'network-vpn-on': [
    'Switches a VPN on that nobody wants',
    '2.1 B09.FR.30',
    sends('SetVariables', [set('$.setVariableData[10].attributeValue', 'true')], setting),
  ],
  'reset-without-resuming': [
    'Ends what goes on at a station with its reset',
    '2.1 B13',
    sends('Reset', [set('$.type', 'Immediate')], { when: { type: 'ImmediateAndResume' } }),
  ],
  'reset-command-unanswered': [
    'Does not answer that a transaction waits for a reset',
    '2.1 B13.FR.04',
    ignored('TransactionEvent', { triggerReason: 'ResetCommand' }),
  ],
  'resumed-refused': [
    'Refuses a transaction that goes on after a reboot',
    '2.1 E17.FR.14',
    refused('TransactionEvent', resumed),
  ],
  'profile-not-again': [
    'Does not send the profile of a transaction again after a reboot',
    '2.1 E17.FR.15',
    omits('SetChargingProfile', { when: ofTransaction, after: 1 }),
  ],
  'profile-again-for-all': [
    'Sends the profile of a transaction again as one for every transaction',
    '2.1 E17.FR.15',
    sends(
      'SetChargingProfile',
      [set('$.chargingProfile.chargingProfilePurpose', 'TxDefaultProfile')],
      { when: ofTransaction, after: 1 },
    ),
  ],
  'profile-again-other': [
    'Sends the profile of a transaction again with another limit',
    '2.1 E17.FR.15',
    sends(
      'SetChargingProfile',
      [plus('$.chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].limit', 3)],
      { when: ofTransaction, after: 1 },
    ),
  ],
  'limit-cost-missing': [
    'Does not say how much of a credit is left',
    '2.1 E16.FR.02',
    answers('TransactionEvent', [drop('$.transactionLimit.maxCost')]),
  ],
  'limit-energy-missing': [
    'Does not say how much energy a driver may have',
    '2.1 E16.FR.02',
    answers('TransactionEvent', [drop('$.transactionLimit.maxEnergy')]),
  ],
  'limit-time-missing': [
    'Does not say how long a driver may charge',
    '2.1 E16.FR.02',
    answers('TransactionEvent', [drop('$.transactionLimit.maxTime')]),
  ],
  'limit-time-invented': [
    'Limits the time of who is limited in energy',
    '2.1 E16.FR.02',
    answers('TransactionEvent', [set('$.transactionLimit.maxTime', 3600)], {
      when: { idToken: { idToken: 'CSMS_CONF_ENERGY' }, eventType: 'Started' },
    }),
  ],
  'limit-energy-above': [
    'Overrules the limit of a driver by a higher one',
    '2.1 E16.FR.08',
    answers('TransactionEvent', [set('$.transactionLimit', { maxEnergy: 9000 })], limitSet),
  ],
  'limit-time-above': [
    'Overrules the time of a driver by a longer one',
    '2.1 E16.FR.08',
    answers('TransactionEvent', [set('$.transactionLimit', { maxTime: 7200 })], limitSet),
  ],
  'limit-cost-above': [
    'Overrules the cost of a driver by a higher one',
    '2.1 E16.FR.08',
    answers('TransactionEvent', [set('$.transactionLimit', { maxCost: 100 })], limitSet),
  ],
  'limit-told-again': [
    'Says with every token how much energy its driver may have',
    '2.1 E16.FR.02',
    answers('TransactionEvent', [set('$.transactionLimit', { maxEnergy: 5000 })], {
      when: { triggerReason: 'StopAuthorized' },
    }),
  ],
  'limit-no-cost-so-far': [
    'Limits the cost of a transaction, and never says what it costs',
    '2.1 E16.FR.11',
    answers('TransactionEvent', [drop('$.totalCost')]),
  ],
  'limit-reached-refused': [
    'Refuses to hear that a transaction is at its limit',
    '2.1 E16.FR.06',
    refused('TransactionEvent', { triggerReason: { $regex: 'LimitReached$' } }),
  ],
  'custom-trigger-other': [
    'Triggers another message than that of the vendor',
    '2.1 F06.FR.20',
    sends('TriggerMessage', [set('$.requestedMessage', 'Heartbeat'), drop('$.customTrigger')]),
  ],
  'custom-trigger-unnamed': [
    'Does not say which message of the vendor it wants',
    '2.1 F06.FR.20',
    sends('TriggerMessage', [drop('$.customTrigger')]),
  ],
  'custom-trigger-anywhere': [
    'Does not say which EVSE the message of the vendor is to be about',
    '2.1 F06.FR.02',
    sends('TriggerMessage', [drop('$.evse')], { when: { requestedMessage: 'CustomTrigger' } }),
  ],
  'connector-event-ignored': [
    'Does not answer the event of a connector',
    '2.1 N07.FR.03',
    ignored('NotifyEvent', {
      eventData: [{ component: { name: 'Connector' }, variable: { name: 'AvailabilityState' } }],
    }),
  ],
  'connector-event-not-empty': [
    'Answers an event with a status, as if it could be refused',
    '2.1 N07.FR.03',
    answers('NotifyEvent', [set('$.status', 'Accepted')]),
  ],
})
