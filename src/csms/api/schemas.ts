import { authorizationStatuses } from '../../ocpp/authorization-status.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import { certificateRoles, revocationReasons } from '../../platform/pki/ledger.ts'
import { eventTypes } from '../events.ts'
import {
  instant,
  list,
  map,
  number,
  oneOf,
  record,
  ref,
  type Schema,
  text,
  whole,
  yesNo,
} from './schema.ts'
import { stationSchemas } from './station-schemas.ts'

const stationFields = {
  id: text('Its identity.'),
  connected: yesNo('It has a WebSocket now.'),
  connectors: list('The last status of every connector.', ref('Connector')),
}

const stationFacts = {
  protocol: oneOf('The OCPP version it speaks.', ocppVersions),
  registration: oneOf('Absent until its first BootNotification was answered.', [
    'Accepted',
    'Pending',
    'Rejected',
  ]),
  vendor: text('As it told at boot.'),
  model: text('As it told at boot.'),
  serialNumber: text('As it told at boot.'),
  firmwareVersion: text('As it told at boot.'),
  bootReason: text('2.x: why it booted.'),
  bootedAt: instant('Its last BootNotification.'),
  connectedSince: instant('Absent while it is not connected.'),
  lastSeen: instant('When something last came from it.'),
}

const transactionId: Schema = {
  oneOf: [
    whole('1.6: made by the management system; 0 and -1 where the station had none.'),
    text('2.x: made by the station.'),
  ],
}

/** `components.schemas` of the document. Fields that are not required are absent where unknown. */
export const schemas: Readonly<Record<string, Schema>> = {
  ...stationSchemas,
  Problem: record(
    'Why there is no success.',
    {
      error: record('The problem.', {
        code: text('For programs.', { pattern: '^[A-Z_]+$' }),
        message: text('One sentence for people.'),
      }),
    },
    {},
  ),
  File: record('A file of the file server.', {
    name: text('As it is fetched by.'),
    kind: oneOf('Stations may fetch it, or a station brought it.', ['firmware', 'upload']),
    bytes: whole('Its length.', 0),
    modifiedAt: instant('When it was last written.'),
  }),
  Health: record('What it is and holds.', {
    status: { const: 'ok' },
    version: text('Of this program.'),
    runId: text('The salt of its message ids.'),
    uptimeSeconds: whole('Since the start.', 0),
    connections: whole('Stations that are connected.', 0),
    stations: whole('Stations that are known.', 0),
    transactions: whole('Transactions that are stored.', 0),
    speaks: list('OCPP versions.', { type: 'string' }),
    store: oneOf('What remembers.', ['memory', 'lowdb']),
  }),
  Live: record('It answers.', { status: { const: 'live' } }),
  Readiness: record('Whether it can serve stations.', {
    status: oneOf('The verdict.', ['ready', 'unavailable']),
    reasons: list('Why it cannot.', { type: 'string' }),
  }),
  Station: record('A charging station.', stationFields, stationFacts),
  StationDetails: record(
    'A charging station with what it told.',
    {
      ...stationFields,
      configuration: map('1.6 keys.', ref('ConfigurationValue')),
      variables: list('2.x device model.', ref('Variable')),
      reports: map('2.x: the latest reports by requestId.', ref('Report')),
      meterValues: list('The latest of each connector.', ref('MeterValue')),
    },
    stationFacts,
  ),
  Connector: record(
    'A connector’s last StatusNotification.',
    {
      connectorId: whole('1.6: 0 is the station itself.', 0),
      status: text('The status of its OCPP version.'),
      since: instant('When it got that status.'),
    },
    {
      evseId: whole('2.x only.', 0),
      errorCode: text('1.6 only.'),
      info: text('1.6: free text of the station.'),
    },
  ),
  ConfigurationValue: record(
    'A configuration key.',
    { readonly: yesNo('It cannot be changed.') },
    {
      value: text('Absent where it is a secret or was not told.'),
      rebootRequired: yesNo('It holds from the next boot on.'),
    },
  ),
  Variable: record(
    'A component’s variable.',
    {
      component: map('ComponentType.'),
      variable: map('VariableType.'),
      attributes: map('Values by attribute type; secrets have none.', { type: 'string' }),
    },
    {
      mutability: map('By attribute type.', { type: 'string' }),
      characteristics: map('VariableCharacteristicsType, as a report told it.'),
      rebootRequired: yesNo('What was set last holds from the next boot on.'),
    },
  ),
  Report: record('A report of the device model.', {
    variables: whole('How many component variables it listed so far.', 0),
    complete: yesNo('The last part has come.'),
  }),
  MeterValue: record(
    'A reported set of samples.',
    { meterValue: map('As it stood on the wire.') },
    { evseId: whole('2.x only.', 0), connectorId: whole('1.6 only.', 0) },
  ),
  Transaction: record(
    'A charging transaction. Instants are those of the payloads.',
    {
      ordinal: whole('Its place in the order of arrival.', 1),
      stationId: text('Where.'),
      transactionId,
      offline: yesNo('Reported after the fact.'),
    },
    {
      evseId: whole('2.x only.', 0),
      connectorId: whole('The connector.', 0),
      idToken: text('Who.'),
      authorization: oneOf('What its start was answered.', authorizationStatuses),
      startedAt: instant('Absent where the start never arrived.'),
      stoppedAt: instant('Absent while it is open.'),
      meterStartWh: number('Wh.'),
      meterStopWh: number('Wh.'),
      energyWh: number('Wh; known once both registers are.'),
      stopReason: text('The reason of its version.'),
      stopIdToken: text('Who presented himself to stop it.'),
      remoteStartId: whole('2.x: of the CALL that started it.'),
      reservationId: whole('The reservation it used.'),
      chargingState: text('2.x.'),
      tariffId: text('2.1: what its station calculates with.'),
      directPayment: yesNo('2.1: paid at a terminal or on the web; its idToken is the payment.'),
      cost: record(
        'What it costs, as far as is known.',
        {
          total: number('Taxes included.'),
          by: oneOf('Who calculated; operator: whoever sent CostUpdated.', [
            'csms',
            'station',
            'operator',
          ]),
          final: yesNo('It has ended.'),
        },
        {
          currency: text('ISO 4217, as far as it is known.'),
          tariffId: text('By which tariff.'),
          exclTax: number('Without taxes.'),
          details: map('2.1 CostDetailsType, of a transaction that has ended.'),
        },
      ),
      missingSeqNos: list('2.x: parts that have not come.', { type: 'integer' }),
    },
  ),
  Tariff: record('What charging costs.', {
    tariffId: text('Its id.'),
    currency: text('ISO 4217.'),
    isDefault: yesNo('Of tokens that name none.'),
    tariff: map('As 2.1 has it: TariffType.'),
  }),
  Token: record(
    'An idToken (1.6: idTag) that has a name here.',
    {
      idToken: text('Compared without regard to case.'),
      status: oneOf('What stations are answered.', authorizationStatuses),
    },
    {
      type: text('2.x: IdTokenEnumType; without it the token answers to every type.'),
      expiry: instant('From then on it is Expired.'),
      groupId: text('1.6: parentIdTag. Tokens of a group may stop each other’s transactions.'),
      concurrent: yesNo('false: in one transaction at a time.'),
      limit: record(
        '2.1: where each of its transactions ends its energy.',
        {},
        {
          maxCost: number('In the currency of the station.'),
          maxEnergy: number('Wh.'),
          maxTime: whole('Seconds.'),
          maxSoC: whole('Percent.'),
        },
      ),
      balance: number('Prepaid: what is left; at 0 it has NoCredit.'),
      tariffId: text('Its own prices.'),
      language1: text('2.x: what its driver reads, RFC 5646.'),
      language2: text('2.x: and what he reads instead.'),
      personalMessage: text('2.x: what the station shows him.'),
      evseId: list('2.x: the only EVSEs where it may charge.', whole('EVSE.')),
      additionalInfo: list(
        '2.x: what has to be presented with it.',
        record('A PIN, perhaps.', {
          additionalIdToken: text('What it is.'),
          type: text('What kind of thing it is, as stations call it.'),
        }),
      ),
    },
  ),
  Certificate: record(
    'A certificate that the authority issued.',
    {
      serial: text('Hexadecimal, upper case.'),
      role: oneOf('What it is for.', certificateRoles),
      commonName: text('Whom it names.'),
      notBefore: instant('Valid from.'),
      notAfter: instant('Valid until.'),
    },
    {
      station: text('The identity of the station that it is for.'),
      revoked: record('Absent where it was not revoked.', {
        reason: oneOf('Why.', revocationReasons),
        at: instant('When.'),
      }),
    },
  ),
  CommandAnswer: {
    oneOf: [
      record('A CALLRESULT.', {
        status: { const: 'answered' },
        payload: map('The CALLRESULT’s payload.'),
      }),
      record('A CALLERROR.', {
        status: { const: 'callError' },
        code: text('As the station spelled it.'),
        description: text('The station’s.'),
        details: map('The station’s.'),
      }),
    ],
  },
  Message: record(
    'A frame as it went over the wire, without its secrets.',
    {
      at: instant('Real time.'),
      stationId: text('The station.'),
      direction: oneOf('Seen from the management system.', ['in', 'out']),
      messageType: whole('2 CALL, 3 CALLRESULT, 4 CALLERROR, 6 SEND; 0: no frame.', 0),
      text: text('The frame.'),
    },
    {
      messageId: text('Of the CALL and its answer.'),
      action: text('Of an answer: that of its CALL, where it is still known.'),
    },
  ),
  Event: {
    ...record(
      'Something that happened; what else it has depends on its type.',
      { type: oneOf('What happened.', [...eventTypes, 'missed', 'dropped']) },
      { time: instant('Real time.'), stationId: text('Absent where no station is meant.') },
    ),
    additionalProperties: true,
  },
}
