import {
  answers,
  away,
  does,
  drop,
  hears,
  mutantsOf,
  omits,
  plus,
  pretends,
  retyped,
  sends,
  set,
  setUp,
  stuck,
} from './rows.ts'

const refused = (action: string, when?: object) =>
  does('heard', { do: 'refuse', code: 'InternalError' }, { action, ...(when && { when }) })
const ignored = (action: string, when?: object) =>
  does('heard', { do: 'swallow' }, { action, ...(when && { when }) })

const token = (idToken: string) => ({ when: { idToken: { idToken } } })

/** OCPP 2.0.1, blocks A to F. */
export const ocpp201Mutants = mutantsOf('ocpp2.0.1', {
  'boot-rejected': [
    'Rejects every boot',
    '2.0.1 B01.FR.02',
    answers('BootNotification', [set('$.status', 'Rejected')]),
  ],
  'boot-status-missing': [
    'Does not say whether a boot is accepted',
    '2.0.1 B01.FR.02',
    answers('BootNotification', [drop('$.status')]),
  ],
  'boot-never-pending': [
    'Accepts at once whom it should look at first',
    '2.0.1 B02',
    answers('BootNotification', [set('$.status', 'Accepted')]),
  ],
  'boot-for-ever-pending': [
    'Leaves a station Pending for ever',
    '2.0.1 B02',
    answers('BootNotification', [set('$.status', 'Pending')]),
  ],
  'boot-pending-served': [
    'Takes the status of a station that is only Pending',
    '2.0.1 B02.FR.09',
    does('error', { do: 'say', text: '[3,"{id}",{}]' }, { action: 'StatusNotification' }),
  ],
  'boot-pending-noticed': [
    'Takes the events of a station that is only Pending',
    '2.0.1 B02.FR.09',
    does('error', { do: 'say', text: '[3,"{id}",{}]' }, { action: 'NotifyEvent' }),
  ],
  'boot-other-code': [
    'Refuses a Pending station with NotImplemented',
    '2.0.1 B02.FR.09',
    does(
      'error',
      { do: 'say', text: '[4,"{id}","NotImplemented","",{}]' },
      { action: 'StatusNotification' },
    ),
  ],
  'heartbeat-empty': [
    'Answers heartbeats without a time',
    '2.0.1 G02.FR.03',
    answers('Heartbeat', [drop('$.currentTime')]),
  ],
  'status-ignored': [
    'Never answers StatusNotification',
    '2.0.1 G01',
    ignored('StatusNotification'),
  ],
  'base-report-other': [
    'Asks for the whole inventory, whatever was wanted',
    '2.0.1 B07',
    sends('GetBaseReport', [set('$.reportBase', 'FullInventory')]),
  ],
  'base-report-id-missing': [
    'Asks for a report without an id for it',
    '2.0.1 B07.FR.04',
    sends('GetBaseReport', [drop('$.requestId')]),
  ],
  'base-report-omitted': ['Never asks for a report', '2.0.1 B07', omits('GetBaseReport')],
  'notify-report-refused': [
    'Does not take the parts of a report',
    '2.0.1 B07.FR.03',
    refused('NotifyReport'),
  ],
  'report-criteria-lost': [
    'Forgets the criteria of a report',
    '2.0.1 B08.FR.05',
    sends('GetReport', [drop('$.componentCriteria')]),
  ],
  'report-variable-lost': [
    'Forgets the components of a report',
    '2.0.1 B08.FR.11',
    sends('GetReport', [drop('$.componentVariable')]),
  ],
  'variables-one-only': [
    'Reads the first variable of several',
    '2.0.1 B06',
    sends('GetVariables', [drop('$.getVariableData[1]')]),
  ],
  'variables-component-other': [
    'Reads the variable of another component',
    '2.0.1 B06',
    sends('GetVariables', [set('$.getVariableData[0].component.name', 'Connector')]),
  ],
  'variables-without-component': [
    'Reads variables of no component',
    '2.0.1 B06',
    sends('GetVariables', [drop('$.getVariableData[0].component')]),
  ],
  'set-variable-other-value': [
    'Sets another value',
    '2.0.1 B05',
    sends('SetVariables', [set('$.setVariableData[0].attributeValue', '0')]),
  ],
  'set-variable-number': [
    'Sets a number where values are texts',
    '2.0.1 B05',
    sends('SetVariables', [set('$.setVariableData[0].attributeValue', 123)]),
  ],
  'set-variable-one-only': [
    'Sets the first variable of several',
    '2.0.1 B05',
    sends('SetVariables', [drop('$.setVariableData[1]')]),
  ],
  'reset-type-other': [
    'Resets at once, whoever charges',
    '2.0.1 B11, B12',
    sends('Reset', [set('$.type', 'Immediate')]),
  ],
  'reset-evse-lost': [
    'Resets the station where an EVSE is meant',
    '2.0.1 B11.FR.08',
    sends('Reset', [drop('$.evseId')]),
  ],
  'reset-16': [
    'Speaks of Hard and Soft as 1.6 does',
    '2.0.1 B11',
    sends('Reset', [set('$.type', 'Soft')]),
  ],
  'network-profile-slot': [
    'Puts a network profile into another slot',
    '2.0.1 B09',
    sends('SetNetworkProfile', [plus('$.configurationSlot', 1)]),
  ],
  'network-profile-version': [
    'Names another OCPP version for a network profile',
    '2.0.1 B09',
    sends('SetNetworkProfile', [set('$.connectionData.ocppVersion', 'OCPP16')]),
  ],
  'network-profile-omitted': [
    'Never sets a network profile',
    '2.0.1 B09',
    omits('SetNetworkProfile'),
  ],
  'authorize-everybody': [
    'Accepts every idToken',
    '2.0.1 C01.FR.07',
    answers('Authorize', [set('$.idTokenInfo.status', 'Accepted')]),
  ],
  'authorize-nobody': [
    'Accepts no idToken',
    '2.0.1 C01.FR.07',
    answers('Authorize', [set('$.idTokenInfo.status', 'Invalid')]),
  ],
  'authorize-blocked': [
    'Accepts who is blocked',
    '2.0.1 C01.FR.07',
    answers('Authorize', [set('$.idTokenInfo.status', 'Accepted')], token('CSMS_CONF_BLOCKED')),
  ],
  'authorize-expired': [
    'Does not look at the expiry of a token',
    '2.0.1 C01.FR.07',
    answers('Authorize', [set('$.idTokenInfo.status', 'Accepted')], token('CSMS_CONF_EXPIRED')),
  ],
  'authorize-group-lost': [
    'Does not tell the group of a token',
    '2.0.1 C01.FR.06, C09.FR.09',
    answers('Authorize', [drop('$.idTokenInfo.groupIdToken')]),
  ],
  'authorize-group-text': [
    'Tells the group of a token as a text',
    '2.0.1 C09.FR.09',
    answers('Authorize', [set('$.idTokenInfo.groupIdToken', 'CSMS_CONF_GROUP')]),
  ],
  'authorize-16': [
    'Answers with idTagInfo as 1.6 does',
    '2.0.1 C01',
    answers('Authorize', [drop('$.idTokenInfo'), set('$.idTagInfo', { status: 'Accepted' })]),
  ],
  'contract-revoked-unseen': [
    'Does not see that a contract certificate was revoked',
    '2.0.1 C07.FR.05, C07.FR.16',
    answers('Authorize', [set('$.certificateStatus', 'Accepted')]),
  ],
  'contract-status-lost': [
    'Says nothing of the contract certificate',
    '2.0.1 C07.FR.14',
    answers('Authorize', [drop('$.certificateStatus')]),
  ],
  'cache-omitted': ['Never clears a cache', '2.0.1 C11.FR.01', omits('ClearCache')],
  'master-group-lost': [
    'Does not tell that a token is the master pass',
    '2.0.1 C09.FR.12',
    answers('TransactionEvent', [drop('$.idTokenInfo.groupIdToken')]),
  ],
  'list-update-type': [
    'Sends every list as a whole one',
    '2.0.1 D01.FR.01',
    sends('SendLocalList', [set('$.updateType', 'Full')]),
  ],
  'list-version-zero': [
    'Gives a list the version 0',
    '2.0.1 D01.FR.18',
    sends('SendLocalList', [set('$.versionNumber', 0)]),
  ],
  'list-version-stuck': [
    'Never raises the version of a list',
    '2.0.1 D01.FR.19',
    sends('SendLocalList', [stuck('$.versionNumber')]),
  ],
  'list-removed-kept': [
    'Keeps on the list who was taken off',
    '2.0.1 D01.FR.17',
    sends('SendLocalList', [
      set('$.localAuthorizationList[0].idTokenInfo', { status: 'Accepted' }),
    ]),
  ],
  'list-never-emptied': [
    'Cannot empty a list',
    '2.0.1 D01.FR.04',
    sends('SendLocalList', [
      set('$.localAuthorizationList', [
        {
          idToken: { idToken: 'CSMS_CONF_TOKEN1', type: 'Central' },
          idTokenInfo: { status: 'Accepted' },
        },
      ]),
    ]),
  ],
  'list-version-omitted': [
    'Never asks for the version of a list',
    '2.0.1 D02',
    omits('GetLocalListVersion'),
  ],
  'event-token-unjudged': [
    'Does not judge the token of a TransactionEvent',
    '2.0.1 E01.FR.12',
    answers('TransactionEvent', [drop('$.idTokenInfo')]),
  ],
  'event-token-accepted': [
    'Accepts every token of a transaction',
    '2.0.1 E01.FR.11',
    answers('TransactionEvent', [set('$.idTokenInfo', { status: 'Accepted' })], {
      when: { idToken: { idToken: 'CSMS_CONF_NOBODY' } },
    }),
  ],
  'event-token-invalid': [
    'Accepts a token, and calls it Invalid in its transaction',
    '2.0.1 E01.FR.11',
    answers('TransactionEvent', [set('$.idTokenInfo', { status: 'Invalid' })], {
      when: { idToken: { idToken: 'CSMS_CONF_TOKEN1' } },
    }),
  ],
  'event-started-ignored': [
    'Never answers the start of a transaction',
    '2.0.1 E01',
    ignored('TransactionEvent', { eventType: 'Started' }),
  ],
  'event-ended-refused': [
    'Does not take the end of a transaction',
    '2.0.1 E06',
    refused('TransactionEvent', { eventType: 'Ended' }),
  ],
  'event-signed-refused': [
    'Refuses signed meter values',
    '2.0.1 J02.FR.19, J02.FR.21',
    refused('TransactionEvent', {
      meterValue: [{ sampledValue: [{ signedMeterValue: '$any' }] }],
    }),
  ],
  'event-bay-refused': [
    'Does not know that a vehicle can be in a bay',
    '2.0.1 E01',
    refused('TransactionEvent', { triggerReason: 'EVDetected' }),
  ],
  'event-cost-text': [
    'Tells the cost of a transaction as a text',
    '2.0.1 I02.FR.01, I03.FR.02',
    answers('TransactionEvent', [retyped('$.totalCost')]),
  ],
  'event-cost-lost': [
    'Does not tell what a transaction cost',
    '2.0.1 I03.FR.02',
    answers('TransactionEvent', [drop('$.totalCost')]),
  ],
  'cost-negative': [
    'Pays back who charges',
    '2.0.1 I02.FR.01',
    answers('TransactionEvent', [set('$.totalCost', -1)]),
  ],
  'event-unknown-field': [
    'Answers events with a field that no schema has',
    '2.0.1 E01',
    answers('TransactionEvent', [set('$.transactionId', '1')]),
  ],
  'remote-stop-other': [
    'Stops another transaction',
    '2.0.1 F03.FR.01',
    sends('RequestStopTransaction', [set('$.transactionId', 'another')]),
  ],
  'transaction-status-lost': [
    'Asks for any transaction where one is meant',
    '2.0.1 E14',
    sends('GetTransactionStatus', [drop('$.transactionId')]),
  ],
  'transaction-status-more': [
    'Asks for one transaction where any is meant',
    '2.0.1 E14',
    sends('GetTransactionStatus', [set('$.transactionId', 'another')]),
  ],
  'remote-start-evse': [
    'Starts at the EVSE beside',
    '2.0.1 F01.FR.06',
    sends('RequestStartTransaction', [plus('$.evseId', 1)]),
  ],
  'remote-start-token': [
    'Starts for another token than it was told',
    '2.0.1 F01.FR.04',
    sends('RequestStartTransaction', [set('$.idToken.idToken', 'SOMEBODY_ELSE')]),
  ],
  'remote-start-id-lost': [
    'Starts without an id of the request',
    '2.0.1 F01',
    sends('RequestStartTransaction', [drop('$.remoteStartId')]),
  ],
  'remote-start-omitted': [
    'Starts nothing from afar',
    '2.0.1 F01',
    omits('RequestStartTransaction'),
  ],
  'unlock-other': [
    'Unlocks the connector beside',
    '2.0.1 F05',
    sends('UnlockConnector', [plus('$.connectorId', 1)]),
  ],
  'unlock-connector-lost': [
    'Does not say which connector it unlocks',
    '2.0.1 F05',
    sends('UnlockConnector', [drop('$.connectorId')]),
  ],
  'trigger-other': [
    'Triggers heartbeats only',
    '2.0.1 F06.FR.01',
    sends('TriggerMessage', [set('$.requestedMessage', 'Heartbeat')]),
  ],
  'trigger-evse-lost': [
    'Triggers all EVSEs where one is meant',
    '2.0.1 F06.FR.02',
    sends('TriggerMessage', [drop('$.evse')]),
  ],
  'log-status-refused': [
    'Does not take the status of a log upload',
    '2.0.1 N01',
    refused('LogStatusNotification'),
  ],
  'sign-certificate-rejected': [
    'Signs for nobody',
    '2.0.1 A02.FR.11',
    answers('SignCertificate', [set('$.status', 'Rejected')]),
  ],
  'certificate-never-signed': [
    'Takes a signing request, and sends no certificate',
    '2.0.1 A02',
    omits('CertificateSigned'),
  ],
  'certificate-type-other': [
    'Sends the certificate of a station as that for vehicles',
    '2.0.1 A02.FR.14',
    sends('CertificateSigned', [set('$.certificateType', 'V2GCertificate')]),
  ],
  'security-event-refused': [
    'Does not take security events',
    '2.0.1 A04.FR.03',
    refused('SecurityEventNotification'),
  ],
  'setup-station-open': [
    'Forgets that a station has a password',
    '2.0.1 A00.FR.207',
    setUp(['TC_A_*'], {
      stations: [{ id: 'CSMS_CONF_SECURE' }, { id: 'CSMS_CONF_UPGRADE' }],
    }),
  ],
  'time-falls-back': [
    'Tells the time of an hour ago to who boots',
    '2.0.1 B01',
    answers('BootNotification', [away('$.currentTime', -3600)]),
  ],
  'boot-forgotten': [
    'Accepts a boot, and knows nothing of it',
    '2.0.1 B01',
    pretends('BootNotification', {
      status: 'Accepted',
      currentTime: '2026-01-01T00:00:00Z',
      interval: 300,
    }),
  ],
  'event-forgotten': [
    'Answers the events of a transaction, and knows nothing of them',
    '2.0.1 E01',
    pretends('TransactionEvent', {}),
  ],
  'event-never-ends': [
    'Takes the end of a transaction for one more reading',
    '2.0.1 E06',
    hears('TransactionEvent', [set('$.eventType', 'Updated')], { when: { eventType: 'Ended' } }),
    'MUST',
    'No frame depends on what a CSMS keeps of a transaction that is over: an answer to Ended looks as one to Updated, and nobody has to refuse a token or a transaction for it.',
  ],
  'event-energy-lost': [
    'Forgets how much energy was told',
    '2.0.1 I02',
    hears('TransactionEvent', [drop('$.meterValue')]),
    'MUST',
    'Energy comes back as its price only, and the tariff is the business of the CSMS: 0 is a legal total [2.0.1 I03.FR.04].',
  ],
  'needs-forgotten': [
    'Accepts what an EV needs, and does nothing about it',
    '2.0.1 K15.FR.07',
    pretends('NotifyEVChargingNeeds', { status: 'Accepted' }),
  ],
  'sign-forgotten': [
    'Accepts a signing request, and forgets it',
    '2.0.1 A02',
    pretends('SignCertificate', { status: 'Accepted' }),
  ],
  'setup-unknown-tokens': [
    'Is set up to let anybody charge',
    '2.0.1 C01.FR.07',
    setUp(['TC_C_*'], { unknownTokens: 'accept' }),
  ],
  'setup-groups-lost': [
    'Has lost the groups of its tokens',
    '2.0.1 C01.FR.06, C09.FR.09',
    setUp(['TC_C_*'], {
      tokens: [
        { idToken: 'CSMS_CONF_TOKEN1', status: 'Accepted' },
        { idToken: 'CSMS_CONF_TOKEN2', status: 'Accepted' },
        { idToken: 'CSMS_CONF_MASTER', status: 'Accepted' },
        { idToken: 'CSMS_CONF_BLOCKED', status: 'Blocked' },
        { idToken: 'CSMS_CONF_EXPIRED', status: 'Accepted', expiry: '2020-01-01T00:00:00Z' },
      ],
    }),
  ],
})
