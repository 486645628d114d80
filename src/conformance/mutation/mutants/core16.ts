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

/** Core of OCPP 1.6. */
export const core16Mutants = mutantsOf('ocpp1.6', {
  'boot-rejected': [
    'Rejects every boot',
    '1.6 4.2',
    answers('BootNotification', [set('$.status', 'Rejected')]),
  ],
  'boot-pending': [
    'Leaves every station Pending',
    '1.6 4.2',
    answers('BootNotification', [set('$.status', 'Pending')]),
  ],
  'boot-second-rejected': [
    'Takes a second boot for a stranger’s',
    '1.6 4.2',
    answers('BootNotification', [set('$.status', 'Rejected')], { after: 1 }),
  ],
  'boot-without-time': [
    'Does not tell the time to who boots',
    '1.6 6.4',
    answers('BootNotification', [drop('$.currentTime')]),
  ],
  'boot-interval-text': [
    'Tells the heartbeat interval as a text',
    '1.6 6.4',
    answers('BootNotification', [retyped('$.interval')]),
  ],
  'boot-interval-negative': [
    'Tells a heartbeat interval below 0',
    '1.6 6.4',
    answers('BootNotification', [set('$.interval', -1)]),
  ],
  'boot-time-local': [
    'Tells the time of day without a time zone, in words',
    '1.6 6.4',
    answers('BootNotification', [set('$.currentTime', '21 November 2026, 21:30')]),
  ],
  'boot-refused': [
    'Answers boots with InternalError',
    '1.6 4.2',
    does('heard', { do: 'refuse', code: 'InternalError' }, { action: 'BootNotification' }),
  ],
  'heartbeat-empty': [
    'Answers heartbeats without a time',
    '1.6 4.6',
    answers('Heartbeat', [drop('$.currentTime')]),
  ],
  'heartbeat-hour-ahead': [
    'Its clock is an hour ahead',
    '1.6 4.6',
    answers('Heartbeat', [away('$.currentTime', 3600)]),
  ],
  'heartbeat-day-behind': [
    'Its clock is a day behind',
    '1.6 4.6',
    answers('Heartbeat', [away('$.currentTime', -86_400)]),
  ],
  'heartbeat-frozen': [
    'Tells the same time for ever',
    '1.6 4.6',
    answers('Heartbeat', [set('$.currentTime', '2020-01-01T00:00:00.000Z')]),
  ],
  'heartbeat-seconds': [
    'Tells the time as seconds since 1970',
    '1.6 4.6',
    answers('Heartbeat', [set('$.currentTime', 1_795_000_000)]),
  ],
  'heartbeat-ignored': [
    'Never answers a heartbeat',
    '1.6 4.6',
    does('heard', { do: 'swallow' }, { action: 'Heartbeat' }),
  ],
  'authorize-everybody': [
    'Accepts every idTag',
    '1.6 4.1',
    answers('Authorize', [set('$.idTagInfo.status', 'Accepted')]),
  ],
  'authorize-nobody': [
    'Accepts no idTag',
    '1.6 4.1',
    answers('Authorize', [set('$.idTagInfo.status', 'Invalid')]),
  ],
  'authorize-blocked-invalid': [
    'Says Invalid where a token is blocked',
    '1.6 4.1, 7.2',
    answers('Authorize', [set('$.idTagInfo.status', 'Invalid')], {
      when: { idTag: 'CSMS_CONF_BLOCKED' },
    }),
  ],
  'authorize-ignores-expiry': [
    'Does not look at the expiry of a token',
    '1.6 4.1, 7.2',
    answers('Authorize', [set('$.idTagInfo.status', 'Accepted')], {
      when: { idTag: 'CSMS_CONF_EXPIRED' },
    }),
  ],
  'authorize-unknown-accepted': [
    'Lets idTags charge that it does not know',
    '1.6 4.1',
    answers('Authorize', [set('$.idTagInfo.status', 'Accepted')], {
      when: { idTag: 'CSMS_CONF_NOBODY' },
    }),
  ],
  'authorize-status-outside': [
    'Puts the status beside idTagInfo',
    '1.6 6.2',
    answers('Authorize', [drop('$.idTagInfo'), set('$.status', 'Accepted')]),
  ],
  'authorize-wrong-word': [
    'Says Authorized where it means Accepted',
    '1.6 7.2',
    answers('Authorize', [set('$.idTagInfo.status', 'Authorized')]),
  ],
  'authorize-concurrent': [
    'Says ConcurrentTx though nothing runs',
    '1.6 4.1',
    answers('Authorize', [set('$.idTagInfo.status', 'ConcurrentTx')], {
      when: { idTag: 'CSMS_CONF_TOKEN1' },
    }),
  ],
  'authorize-parent-lost': [
    'Does not tell the parent of an idTag',
    '1.6 3.10, 7.27',
    answers('Authorize', [drop('$.idTagInfo.parentIdTag')]),
  ],
  'authorize-parent-itself': [
    'Tells of every idTag another parent than it has',
    '1.6 3.10, 7.27',
    answers('Authorize', [set('$.idTagInfo.parentIdTag', 'SOMEBODY_ELSE')]),
  ],
  'authorize-expired-past': [
    'Accepts with an expiry of the past',
    '1.6 7.27',
    answers('Authorize', [set('$.idTagInfo.expiryDate', '2001-01-01T00:00:00Z')], {
      when: { idTag: 'CSMS_CONF_TOKEN1' },
    }),
  ],
  'start-id-missing': [
    'Starts a transaction without an id',
    '1.6 6.46',
    answers('StartTransaction', [drop('$.transactionId')]),
  ],
  'start-id-text': [
    'Transaction ids are texts',
    '1.6 6.46',
    answers('StartTransaction', [retyped('$.transactionId')]),
  ],
  'start-id-zero': [
    'Every transaction has the id 0',
    '1.6 errata 3.54',
    answers('StartTransaction', [set('$.transactionId', 0)]),
    'SHOULD',
  ],
  'start-id-negative': [
    'Transaction ids fall below 0',
    '1.6 errata 3.54',
    answers('StartTransaction', [set('$.transactionId', -7)]),
    'SHOULD',
  ],
  'start-id-reused': [
    'Gives a transaction the id of one before',
    '1.6 4.8',
    answers('StartTransaction', [stuck('$.transactionId')]),
  ],
  'start-id-huge': [
    'Transaction ids need more than 32 bits',
    '1.6 errata 3.54',
    answers('StartTransaction', [set('$.transactionId', 2 ** 40)]),
    'SHOULD',
  ],
  'start-invalid': [
    'Invalidates the idTag when its transaction starts',
    '1.6 4.8',
    answers('StartTransaction', [set('$.idTagInfo.status', 'Invalid')], {
      when: { idTag: 'CSMS_CONF_TOKEN1' },
    }),
  ],
  'start-offline-unchecked': [
    'Accepts an invalid idTag where the transaction began offline',
    '1.6 4.8',
    answers('StartTransaction', [set('$.idTagInfo.status', 'Accepted')], {
      when: { idTag: 'CSMS_CONF_NOBODY' },
    }),
  ],
  'start-offline-refused': [
    'Refuses a transaction whose idTag is invalid, and gives it no id',
    '1.6 4.8',
    does(
      'heard',
      { do: 'refuse', code: 'SecurityError' },
      { action: 'StartTransaction', when: { idTag: 'CSMS_CONF_NOBODY' } },
    ),
  ],
  'start-ignored': [
    'Never answers StartTransaction',
    '1.6 4.8',
    does('heard', { do: 'swallow' }, { action: 'StartTransaction' }),
  ],
  'stop-refused': [
    'Does not know the transaction that is to stop',
    '1.6 4.10',
    does(
      'heard',
      { do: 'refuse', code: 'PropertyConstraintViolation' },
      { action: 'StopTransaction' },
    ),
  ],
  'stop-driver-invalid': [
    'Calls the idTag that stops its own transaction Invalid',
    '1.6 4.10',
    answers('StopTransaction', [set('$.idTagInfo', { status: 'Invalid' })]),
  ],
  'stop-status-bare': [
    'Answers StopTransaction with a bare status',
    '1.6 6.50',
    answers('StopTransaction', [set('$.status', 'Accepted')]),
  ],
  'meter-values-refused': [
    'Does not implement MeterValues',
    '1.6 4.7',
    does('heard', { do: 'refuse', code: 'NotImplemented' }, { action: 'MeterValues' }),
  ],
  'status-with-status': [
    'Answers StatusNotification with a status that no schema has',
    '1.6 6.48',
    answers('StatusNotification', [set('$.status', 'Accepted')]),
  ],
  'status-station-refused': [
    'Refuses the status of connector 0',
    '1.6 4.9',
    does(
      'heard',
      { do: 'refuse', code: 'PropertyConstraintViolation' },
      { action: 'StatusNotification', when: { connectorId: 0 } },
    ),
  ],
  'status-faulted-hangs-up': [
    'Hangs up on a connector that is faulted',
    '1.6 4.9',
    does('heard', { do: 'hangUp' }, { action: 'StatusNotification', when: { status: 'Faulted' } }),
  ],
  'data-transfer-accepted': [
    'Accepts the data of every vendor',
    '1.6 4.3',
    answers('DataTransfer', [set('$.status', 'Accepted')]),
    'SHOULD',
  ],
  'data-transfer-refused': [
    'Answers an unknown vendor with a CALLERROR',
    '1.6 4.3',
    does('heard', { do: 'refuse', code: 'NotImplemented' }, { action: 'DataTransfer' }),
  ],
  'remote-start-omitted': ['Starts nothing from afar', '1.6 5.11', omits('RemoteStartTransaction')],
  'remote-start-other-tag': [
    'Starts for another idTag than it was told',
    '1.6 5.11',
    sends('RemoteStartTransaction', [set('$.idTag', 'SOMEBODY_ELSE')]),
  ],
  'remote-start-other-connector': [
    'Starts at the connector beside',
    '1.6 5.11',
    sends('RemoteStartTransaction', [plus('$.connectorId', 1)]),
  ],
  'remote-start-tag-missing': [
    'Starts for nobody',
    '1.6 6.33',
    sends('RemoteStartTransaction', [drop('$.idTag')]),
  ],
  'remote-start-profile-lost': [
    'Starts without the charging profile that belongs to it',
    '1.6 5.11',
    sends('RemoteStartTransaction', [drop('$.chargingProfile')]),
  ],
  'remote-start-twice': [
    'Sends the CALL that starts a transaction twice over',
    '1.6J 4.1.4',
    does('call', { do: 'repeat' }, { action: 'RemoteStartTransaction' }),
  ],
  'remote-stop-omitted': ['Stops nothing from afar', '1.6 5.12', omits('RemoteStopTransaction')],
  'remote-stop-other': [
    'Stops another transaction',
    '1.6 5.12',
    sends('RemoteStopTransaction', [plus('$.transactionId', 1)]),
  ],
  'remote-stop-text': [
    'Names the transaction to stop by a text',
    '1.6 6.35',
    sends('RemoteStopTransaction', [retyped('$.transactionId')]),
  ],
  'reset-harder': [
    'Resets hard, whatever was wanted',
    '1.6 5.14',
    sends('Reset', [set('$.type', 'Hard')]),
  ],
  'reset-softer': [
    'Resets softly, whatever was wanted',
    '1.6 5.14',
    sends('Reset', [set('$.type', 'Soft')]),
  ],
  'reset-2x': [
    'Speaks of OnIdle as 2.0.1 does',
    '1.6 7.42',
    sends('Reset', [set('$.type', 'OnIdle')]),
  ],
  'unlock-omitted': ['Never unlocks', '1.6 5.18', omits('UnlockConnector')],
  'unlock-first': [
    'Always unlocks connector 1',
    '1.6 5.18',
    sends('UnlockConnector', [set('$.connectorId', 1)]),
  ],
  'unlock-station': [
    'Unlocks connector 0, which has no lock',
    '1.6 5.18',
    sends('UnlockConnector', [set('$.connectorId', 0)]),
  ],
  'configuration-all-again': [
    'Reads every key where one is wanted',
    '1.6 5.8',
    sends('GetConfiguration', [drop('$.key')]),
  ],
  'configuration-one-again': [
    'Reads one key where all are wanted',
    '1.6 5.8',
    sends('GetConfiguration', [set('$.key', ['HeartbeatInterval'])]),
  ],
  'configuration-key-text': [
    'Names the key to read as a text, not in a list',
    '1.6 6.23',
    sends('GetConfiguration', [set('$.key', 'HeartbeatInterval')]),
  ],
  'change-other-value': [
    'Sets another value',
    '1.6 5.3',
    sends('ChangeConfiguration', [set('$.value', '0')]),
  ],
  'change-number': [
    'Sets a number where values are texts',
    '1.6 6.9',
    sends('ChangeConfiguration', [set('$.value', 60)]),
  ],
  'change-other-key': [
    'Misspells the key',
    '1.6 5.3',
    sends('ChangeConfiguration', [set('$.key', 'metervaluesampleinterval')]),
  ],
  'clear-cache-omitted': ['Never clears a cache', '1.6 5.4', omits('ClearCache')],
  'hears-other-tag': [
    'Takes every idTag for one that is blocked',
    '1.6 4.1',
    hears('Authorize', [set('$.idTag', 'CSMS_CONF_BLOCKED')]),
  ],
  'boot-forgotten': [
    'Accepts a boot, and knows nothing of it',
    '1.6 4.2',
    pretends('BootNotification', {
      status: 'Accepted',
      currentTime: '2026-01-01T00:00:00Z',
      interval: 300,
    }),
  ],
  'start-forgotten': [
    'Starts a transaction, and knows nothing of it',
    '1.6 4.8',
    pretends('StartTransaction', { transactionId: 77, idTagInfo: { status: 'Accepted' } }),
  ],
  'authorize-forgotten': [
    'Lets charge without a look at its tokens',
    '1.6 4.1',
    pretends('Authorize', { idTagInfo: { status: 'Accepted' } }),
  ],
  'start-other-tag': [
    'Books transactions on an idTag that is blocked',
    '1.6 4.8',
    hears('StartTransaction', [set('$.idTag', 'CSMS_CONF_BLOCKED')]),
  ],
  'setup-unknown-tokens': [
    'Is set up to let anybody charge',
    '1.6 4.1',
    setUp(['TC_0*'], { unknownTokens: 'accept' }),
  ],
  'setup-tokens-lost': ['Has lost its tokens', '1.6 4.1', setUp(['TC_0*'], { tokens: [] })],
  'setup-small-frames': [
    'Takes frames of 512 bytes at most',
    '1.6J 4',
    setUp(['X_*', 'TC_0*'], { maxPayloadBytes: 512 }),
  ],
})
