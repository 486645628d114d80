import {
  instant,
  list,
  map,
  number,
  oneOf,
  record,
  type Schema,
  text,
  whole,
  yesNo,
} from './schema.ts'

const progress = list(
  'Its latest statuses, oldest first.',
  record(
    'A step.',
    { status: text('As the wire spells it.'), at: instant('When it was heard.') },
    { reason: text('2.1: why, as the station says it.') },
  ),
)

const transfer = {
  requestId: whole('Absent where its action knows none.'),
  location: text('Without credentials; absent: nobody ordered it here.'),
  orderedAt: instant('When the station took the order.'),
  status: text('The last that was told, as the wire spells it.'),
  since: instant('When that was heard.'),
}

const swappedBattery = record('A battery.', {
  evseId: whole('Its slot.', 1),
  serialNumber: text('As the station reads it.'),
  soC: number('State of charge, percent.'),
  soH: number('State of health, percent.'),
})

/** Schemas of what is known of one station, part by part. */
export const stationSchemas: Readonly<Record<string, Schema>> = {
  EnergyServices: record(
    'What a station that takes energy back was told.',
    {
      energyTransfers: list(
        'The latest transactions.',
        record('What the EV of a transaction may have.', {
          transactionId: text('Its id.'),
          allowed: list('EnergyTransferModeEnumType.', text('A mode.')),
          since: instant('When the station took it.'),
        }),
      ),
    },
    {
      afrrSignal: record('The last that the station follows.', {
        signal: number('As the curve of the schedule has it.'),
        timestamp: instant('From then on.'),
      }),
    },
  ),
  Der: record(
    'A station as a distributed energy resource.',
    {
      controls: list(
        'What it follows when the grid calls for it.',
        record(
          'A DER control.',
          {
            controlId: text('Its id.'),
            controlType: text('DERControlEnumType.'),
            isDefault: yesNo('Holds always; else it is scheduled.'),
            isSuperseded: yesNo('Another one of its type counts for more.'),
            content: map('As it stood on the wire, under the name of its field.'),
          },
          { startedAt: instant('A scheduled one began.') },
        ),
      ),
      alarms: list(
        'The latest, oldest first.',
        record(
          'A control that the grid made act.',
          {
            controlType: text('DERControlEnumType.'),
            startedAt: instant('By the station’s clock.'),
          },
          {
            gridEventFault: text('GridEventFaultEnumType.'),
            endedAt: instant('Absent while it lasts.'),
          },
        ),
      ),
    },
    {
      report: record('What the last GetDERControl asked for.', {
        requestId: whole('Its id.'),
        controls: whole('So many were reported.', 0),
        complete: yesNo('All of them.'),
      }),
    },
  ),
  BatterySwap: record(
    'One driver’s swap.',
    { requestId: whole('What its messages are told apart by.'), idToken: text('The driver.') },
    {
      requestedAt: instant('The station accepted our request; absent: it began by itself.'),
      batteriesIn: list('Put into slots.', swappedBattery),
      inAt: instant('When we heard of it.'),
      batteriesOut: list('Taken out of slots.', swappedBattery),
      outAt: instant('When we heard of it.'),
      notTaken: list('Offered, and nobody took them.', swappedBattery),
    },
  ),
  Reservation: record(
    'A reservation that the station accepted.',
    {
      reservationId: whole('Its id.'),
      idToken: text('Its holder.'),
      expiryDate: instant('Its end.'),
      acceptedAt: instant('Its beginning.'),
      state: oneOf('What became of it.', [
        'Active',
        'Used',
        'Cancelled',
        'Expired',
        'Removed',
        'Replaced',
        'NoTransaction',
      ]),
    },
    {
      connectorId: whole('1.6 only. 0: any connector.', 0),
      evseId: whole('2.x only. Absent: any EVSE.', 0),
      connectorType: text('2.x only. Absent: whichever.'),
      groupId: text('1.6: parentIdTag.'),
      endedAt: instant('Absent while it is Active.'),
      transactionId: { oneOf: [{ type: 'integer' }, { type: 'string' }] },
    },
  ),
  DisplayMessage: record('A message that a station shows when its time comes.', {
    message: map('As it stood on the wire.'),
    since: instant('When the station took it, or first told of it.'),
  }),
  StationTariff: record(
    'A tariff that a station has.',
    { tariffId: text('Its id.'), kind: oneOf('Whose.', ['DefaultTariff', 'DriverTariff']) },
    {
      validFrom: instant('From then on.'),
      evseIds: list('Where; absent: at every EVSE.', whole('An EVSE.', 1)),
      idTokens: list('Whose; absent: not known, or everybody’s.', text('An idToken.')),
    },
  ),
  Settlement: record(
    'What became of a payment at the terminal of a station, or on the web.',
    {
      pspRef: text('What the payment provider calls the payment.'),
      status: oneOf('What became of it.', ['Settled', 'Canceled', 'Rejected', 'Failed']),
      settlementAmount: number('In the currency of the terminal.'),
      settlementTime: instant('When, as the station says.'),
      at: instant('When it was heard of.'),
    },
    {
      transactionId: text('Absent where nobody charged.'),
      statusInfo: text('What the terminal has to say.'),
      receiptId: text('Of whoever settled it.'),
      receiptUrl: text('Of whoever settled it.'),
      vatNumber: text('Of the company that the receipt is for.'),
      vatCompany: map('Name and address of that company.'),
      by: oneOf('csms: settled here; absent: by the terminal.', ['csms']),
    },
  ),
  VatNumber: record(
    'A VAT number that the payment terminal of a station had validated.',
    {
      vatNumber: text('As the station told it.'),
      status: oneOf('Accepted: one of the companies of the tariff file has it.', [
        'Accepted',
        'Rejected',
      ]),
      at: instant('When it was asked for.'),
    },
    {
      evseId: whole('Where the driver pays.', 0),
      company: map('Name and address of the company that has it.'),
    },
  ),
  WebPayment: record('An EVSE that was kept for somebody who paid on the web.', {
    evseId: whole('0: every EVSE of the station.', 0),
    since: instant('When the station was told.'),
    until: instant('When the station gives it up unless the transaction begins.'),
  }),
  LocalList: record(
    'What is known of the local authorization list; nothing before the first answer about it.',
    {},
    {
      version: whole('0: empty; -1: there is none.'),
      knownAt: instant('When the version was last heard of.'),
      entries: list(
        'Absent where it is not known what is in it.',
        record(
          'An entry.',
          { idToken: text('The token.'), status: text('What the station answers.') },
          {
            type: text('2.x: IdTokenEnumType.'),
            expiry: instant('From then on it is Expired.'),
            groupId: text('Its group.'),
          },
        ),
      ),
    },
  ),
  ChargingProfile: record(
    'A charging profile that the station accepted and, as far as is known, still has.',
    {
      profile: map('As it stood on the wire.'),
      since: instant('When it was accepted.'),
    },
    {
      connectorId: whole('0: the station; absent: of a remote start that left it open.', 0),
      evseId: whole('2.x, likewise.', 0),
      transactionId: { oneOf: [{ type: 'integer' }, { type: 'string' }] },
      idToken: text('Of a remote start whose transaction has not begun.'),
      remoteStartId: whole('2.x, likewise.'),
      source: text('2.x: who set it, where it was not the CSMS.'),
    },
  ),
  ChargingLimit: record('A limit that somebody else set.', {
    evseId: whole('0: the whole station.', 0),
    source: text('ChargingLimitSourceEnumType.'),
    isGridCritical: yesNo('The grid is in danger otherwise.'),
    isLocalGeneration: yesNo('It adds to what others allow.'),
    schedules: list('Where the station tells them.', map('ChargingScheduleType.')),
    since: instant('When it was heard of.'),
  }),
  EvCharging: record(
    'What the EV at an EVSE told over ISO 15118.',
    {
      evseId: whole('The EVSE.', 1),
      renegotiations: whole('How often its schedule was beyond what it may.', 0),
    },
    {
      transactionId: { oneOf: [{ type: 'integer' }, { type: 'string' }] },
      needs: map('ChargingNeedsType.'),
      needsAt: instant('When they were told.'),
      answer: text('What they were answered.'),
      profileId: whole('Of the profile that was made for it.'),
      schedule: map('ChargingScheduleType: how it means to charge.'),
      scheduleStatus: text('Whether that was within what it may.'),
    },
  ),
  CompositeSchedule: record(
    'What the accepted profiles leave, from now on, by what is known here.',
    {
      scheduleStart: instant('Now.'),
      duration: whole('Seconds; less than asked for where there were too many periods.', 0),
      chargingRateUnit: oneOf('Of the limits.', ['A', 'W']),
      chargingSchedulePeriod: list(
        'Periods.',
        record(
          'A period.',
          {
            startPeriod: number('Seconds after scheduleStart.'),
            numberPhases: whole('Phases.', 0),
          },
          { limit: number('Absent: no limit.') },
        ),
      ),
    },
    {
      connectorId: whole('1.6; 0: the station as a whole.', 0),
      evseId: whole('2.x, likewise.', 0),
      minChargingRate: number('Below it charging is not efficient.'),
    },
  ),
  Firmware: record(
    'The latest firmware update; nothing before the first.',
    {},
    {
      ...transfer,
      retrieveAt: instant('Not before then.'),
      installAt: instant('Not before then.'),
      signed: yesNo('By SignedUpdateFirmware, or with a certificate.'),
      progress,
    },
  ),
  Publication: record(
    'Firmware that a local controller was told to publish.',
    { urls: list('Where it can be had, while it is published.', text('A URL.')), progress },
    {
      requestId: whole('Of the order; absent where nobody ordered it here.', 0),
      location: text('Where it is fetched, without credentials.'),
      checksum: text('MD5, in hexadecimal.'),
      status: text('The last status told, or Unpublished.'),
      since: instant('When that was heard.'),
    },
  ),
  Log: record(
    'A log that the station was asked for.',
    { type: text('Diagnostics, or a log type as the wire spells it.'), progress },
    { ...transfer, fileName: text('As the station named it.') },
  ),
  Monitoring: record(
    'The monitoring of a station, as far as it is known.',
    {
      monitors: list(
        'In the order in which they were heard of.',
        record(
          'A monitor.',
          {
            id: whole('Its id.', 0),
            component: map('ComponentType.'),
            variable: map('VariableType.'),
            type: text('MonitorEnumType.'),
            value: number('In the variable’s unit; of periodic ones seconds.'),
            severity: whole('0 is the most severe.', 0),
            transaction: yesNo('Counts only during transactions.'),
            knownAt: instant('When it was set, or last reported.'),
          },
          { kind: text('EventNotificationEnumType.') },
        ),
      ),
    },
    { base: text('Set here last.'), level: whole('Set here last.', 0) },
  ),
  StationEvent: record(
    'An event that the station told with NotifyEvent.',
    {
      eventId: whole('Its id.', 0),
      timestamp: instant('By the station’s clock.'),
      receivedAt: instant('By ours.'),
      trigger: text('Alerting, Delta or Periodic.'),
      component: map('ComponentType.'),
      variable: map('VariableType.'),
      kind: text('EventNotificationEnumType.'),
    },
    {
      actualValue: text('Absent where it is a secret.'),
      cleared: yesNo('What was told before is over.'),
      cause: whole('The event that caused it.', 0),
      techCode: text('As the station wrote it.'),
      techInfo: text('As the station wrote it.'),
      transactionId: text('The transaction that was open.'),
      monitorId: whole('The monitor that told it.', 0),
      severity: whole('0 is the most severe.', 0),
    },
  ),
  EventStream: record(
    'A periodic event stream.',
    {
      id: whole('Its id.', 0),
      monitorId: whole('The monitor whose values it carries.', 0),
      params: map('PeriodicEventStreamParamsType.'),
      openedAt: instant('When it was offered and taken.'),
      received: whole('Values that have come.', 0),
      values: list(
        'The latest, oldest first.',
        record('A value.', { at: instant('By the station’s clock.'), value: text('It.') }),
      ),
    },
    { closedAt: instant('Absent while it is open.') },
  ),
  CustomerInformation: record(
    'What a station was asked of a customer, and what it told.',
    {
      requestId: whole('Of the request.'),
      text: text('What has come so far, as the station wrote it.'),
      complete: yesNo('The last part has come.'),
    },
    {
      orderedAt: instant('When the station took the request; absent: nobody asked here.'),
      report: yesNo('It was to tell.'),
      clear: yesNo('It was to forget.'),
    },
  ),
  Certificates: record(
    'What is known of a station’s certificates.',
    {
      signed: list(
        'Signed for it, oldest first.',
        record(
          'A certificate.',
          {
            serial: text('Its serial number.'),
            commonName: text('Whom it names.'),
            notBefore: instant('Valid from.'),
            notAfter: instant('Valid until.'),
            signedAt: instant('When it was signed.'),
            state: oneOf('Whether the station has it.', [
              'Sent',
              'Installed',
              'Rejected',
              'Undelivered',
            ]),
          },
          { certificateType: text('2.x: as the request named it.') },
        ),
      ),
      roots: list(
        'Installed at it.',
        record(
          'A root.',
          {
            certificateType: text('As the version spells it.'),
            hash: map('CertificateHashDataType.'),
          },
          {
            children: list('2.x: those between it and its root.', map('CertificateHashDataType.')),
          },
        ),
      ),
    },
    {
      contracts: list(
        '2.x: of vehicles that asked for them through the station, the latest few, oldest first.',
        record('A contract certificate.', {
          emaid: text('The contract.'),
          serial: text('Its serial number.'),
          notAfter: instant('Valid until.'),
          signedAt: instant('When it was signed.'),
          action: oneOf('As the vehicle asked for it.', ['Install', 'Update']),
        }),
      ),
      statuses: list(
        '2.x: what it was told of certificates that it asked about, the latest few, oldest first.',
        record('A certificate.', {
          serial: text('Its serial number.'),
          status: oneOf('Failed: another authority issued it.', [
            'Good',
            'Revoked',
            'Unknown',
            'Failed',
          ]),
          at: instant('When it was told.'),
        }),
      ),
      refusal: record('Why its last request was not signed.', {
        at: instant('When.'),
        reason: text('Why.'),
      }),
      delivery: record('One that is sent again when the station is back.', {
        serial: text('Its serial number.'),
        attempts: whole('How often it was sent and not answered.', 0),
      }),
    },
  ),
  SecurityEvent: record(
    'A security event that the station told.',
    {
      type: text('As the station wrote it.'),
      timestamp: instant('By the station’s clock.'),
      receivedAt: instant('By ours.'),
    },
    { techInfo: text('As the station wrote it.') },
  ),
  Security: record(
    'How the station connected last, and what its next connection must be like.',
    {},
    {
      profile: whole('Its security profile.', 0),
      tlsVersion: text('Absent where it was not encrypted.'),
      cipher: text('Absent where it was not encrypted.'),
      certificateSerial: text('Of its client certificate.'),
      hasPassword: yesNo('It was given one here or over OCPP; those of --stations are not told.'),
      passwordChangedAt: instant('When it accepted its password, or was given one here.'),
      serial: text('Set here: what its client certificate may name in place of the identity.'),
      securityProfile: whole('Set here: the lowest that it may use.', 0),
      upgradeTo: whole('It accepted this profile and has not connected with it yet.', 0),
      lowestProfile: whole('It may not connect with a lower one any more.', 0),
    },
  ),
  NetworkProfile: record(
    'A connection profile that the station keeps.',
    {
      slot: whole('Its configuration slot.', 0),
      ocppCsmsUrl: text('Where it leads, without the identity.'),
      ocppInterface: text('The interface that it prefers.'),
      securityProfile: whole('Of the connection.', 0),
      messageTimeout: whole('Seconds.', 0),
      vpn: yesNo('It has one.'),
      apn: yesNo('It has one.'),
      setAt: instant('When the station took it.'),
    },
    { identity: text('2.1: whom it connects as.') },
  ),
  Availability: record(
    'What was ordered of a connector last.',
    {
      connectorId: whole(
        '1.6: 0 is the station with all its connectors; 2.x: 0 is the EVSE, or the station.',
        0,
      ),
      type: oneOf('The order.', ['Operative', 'Inoperative']),
      status: oneOf('Scheduled: after the transaction.', ['Accepted', 'Scheduled']),
      orderedAt: instant('When.'),
    },
    { evseId: whole('2.x only. 0: the station.', 0) },
  ),
  DataTransfer: record(
    'A DataTransfer.',
    {
      at: instant('When.'),
      from: oneOf('Who began it.', ['station', 'csms']),
      vendorId: text('The vendor.'),
      status: text('The answer.'),
    },
    { messageId: text('The message.'), data: text('The beginning of it.') },
  ),
}
