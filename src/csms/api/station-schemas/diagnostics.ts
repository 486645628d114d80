import { instant, list, map, number, record, type Schema, text, whole, yesNo } from '../schema.ts'

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

/** What is known of the software of one station, its logs, monitors and events. */
export const diagnosticsSchemas: Readonly<Record<string, Schema>> = {
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
}
