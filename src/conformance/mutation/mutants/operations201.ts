import { answers, away, does, drop, mutantsOf, omits, plus, sends, set } from './rows.ts'

const refused = (action: string, when?: object) =>
  does('heard', { do: 'refuse', code: 'InternalError' }, { action, ...(when && { when }) })

/** OCPP 2.0.1, blocks G to P. */
export const operations201Mutants = mutantsOf('ocpp2.0.1', {
  'availability-other-way': [
    'Puts into service what is to go out of it',
    '2.0.1 G03',
    sends('ChangeAvailability', [set('$.operationalStatus', 'Operative')]),
  ],
  'availability-whole-station': [
    'Takes out the whole station where an EVSE is meant',
    '2.0.1 G03, G04.FR.01',
    sends('ChangeAvailability', [drop('$.evse')]),
  ],
  'availability-connector-lost': [
    'Takes out the EVSE where a connector is meant',
    '2.0.1 G03',
    sends('ChangeAvailability', [drop('$.evse.connectorId')]),
  ],
  'event-notification-refused': [
    'Takes no events',
    '2.0.1 G05.FR.03, N07.FR.03',
    refused('NotifyEvent'),
  ],
  'event-reserved-refused': [
    'Takes no event of a connector that is reserved',
    '2.0.1 G01.FR.07, N07.FR.03',
    refused('NotifyEvent', { eventData: [{ actualValue: 'Reserved' }] }),
  ],
  'reserve-evse-lost': [
    'Reserves any EVSE where one is meant',
    '2.0.1 H01',
    sends('ReserveNow', [drop('$.evseId')]),
  ],
  'reserve-type-lost': [
    'Forgets the type of the connector to reserve',
    '2.0.1 H01',
    sends('ReserveNow', [drop('$.connectorType')]),
  ],
  'reserve-group-lost': [
    'Reserves for one driver where it is for a group',
    '2.0.1 H01',
    sends('ReserveNow', [drop('$.groupIdToken')]),
  ],
  'reserve-expired': [
    'Reserves until yesterday',
    '2.0.1 H01',
    sends('ReserveNow', [away('$.expiryDateTime', -86_400)]),
  ],
  'reserve-16': [
    'Calls the end of a reservation expiryDate as 1.6 does',
    '2.0.1 H01',
    sends('ReserveNow', [drop('$.expiryDateTime'), set('$.expiryDate', '2030-01-01T00:00:00Z')]),
  ],
  'cancel-other': [
    'Cancels another reservation',
    '2.0.1 H02',
    sends('CancelReservation', [plus('$.reservationId', 1)]),
  ],
  'reservation-status-refused': [
    'Does not want to know that a reservation is over',
    '2.0.1 H01, H04',
    refused('ReservationStatusUpdate'),
  ],
  'meter-values-refused': ['Takes no meter values', '2.0.1 J01.FR.18', refused('MeterValues')],
  'profile-evse-other': [
    'Sets a profile at the EVSE beside',
    '2.0.1 K01',
    sends('SetChargingProfile', [plus('$.evseId', 1)]),
  ],
  'profile-limit-other': [
    'Sets another limit',
    '2.0.1 K01',
    sends('SetChargingProfile', [
      plus('$.chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].limit', 1),
    ]),
  ],
  'profile-purpose-other': [
    'Makes every profile a default one',
    '2.0.1 K01',
    sends('SetChargingProfile', [
      set('$.chargingProfile.chargingProfilePurpose', 'TxDefaultProfile'),
    ]),
  ],
  'profile-transaction-lost': [
    'Sets a profile for a transaction, and not for which',
    '2.0.1 K01.FR.03',
    sends('SetChargingProfile', [drop('$.chargingProfile.transactionId')]),
  ],
  'profile-period-late': [
    'Begins a schedule late',
    '2.0.1 K01.FR.31',
    sends('SetChargingProfile', [
      set('$.chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].startPeriod', 60),
    ]),
  ],
  'profile-stack-level': [
    'Puts every profile on one level',
    '2.0.1 K01.FR.06',
    sends('SetChargingProfile', [set('$.chargingProfile.stackLevel', 0)]),
  ],
  'profile-validity-lost': [
    'Has profiles hold for ever',
    '2.0.1 K01.FR.36, FR.37',
    sends('SetChargingProfile', [
      drop('$.chargingProfile.validFrom'),
      drop('$.chargingProfile.validTo'),
    ]),
  ],
  'profile-weekly-daily': [
    'Has what is for every week recur every day',
    '2.0.1 K01',
    sends('SetChargingProfile', [set('$.chargingProfile.recurrencyKind', 'Daily')], {
      when: { chargingProfile: { chargingProfileKind: 'Recurring' } },
    }),
  ],
  'profile-schedule-object': [
    'Sends its schedule as an object as 1.6 does',
    '2.0.1 K01',
    sends('SetChargingProfile', [set('$.chargingProfile.chargingSchedule', { duration: 60 })]),
  ],
  'profile-omitted': [
    'Knows what an EV needs, and sends no schedule',
    '2.0.1 K15.FR.07',
    omits('SetChargingProfile'),
  ],
  'profile-in-start-lost': [
    'Starts without the profile that belongs to it',
    '2.0.1 K05',
    sends('RequestStartTransaction', [drop('$.chargingProfile')]),
  ],
  'clear-profile-all': [
    'Clears all profiles where one is meant',
    '2.0.1 K10.FR.02',
    sends('ClearChargingProfile', [drop('$.chargingProfileId')]),
  ],
  'clear-profile-criteria': [
    'Clears profiles of every stack level',
    '2.0.1 K10.FR.02',
    sends('ClearChargingProfile', [drop('$.chargingProfileCriteria.stackLevel')]),
  ],
  'get-profiles-evse-lost': [
    'Reads the profiles of all EVSEs where one is meant',
    '2.0.1 K09',
    sends('GetChargingProfiles', [drop('$.evseId')]),
  ],
  'get-profiles-omitted': ['Never reads profiles', '2.0.1 K09', omits('GetChargingProfiles')],
  'profile-reports-refused': [
    'Asks for profiles, and does not take them',
    '2.0.1 K09',
    refused('ReportChargingProfiles'),
  ],
  'ev-needs-refused': [
    'Does not want to know what an EV needs',
    '2.0.1 K15.FR.03, K15.FR.05',
    answers('NotifyEVChargingNeeds', [set('$.status', 'Rejected')]),
  ],
  'ev-schedule-refused': [
    'Does not take the schedule of an EV',
    '2.0.1 K15.FR.11',
    refused('NotifyEVChargingSchedule'),
  ],
  'limit-refused': [
    'Does not want to know of limits from outside',
    '2.0.1 K12',
    refused('NotifyChargingLimit'),
  ],
  'limit-cleared-refused': [
    'Does not want to know that a limit is lifted',
    '2.0.1 K13',
    refused('ClearedChargingLimit'),
  ],
  'composite-duration': [
    'Asks for another length of the composite schedule',
    '2.0.1 K08.FR.01',
    sends('GetCompositeSchedule', [set('$.duration', 1)]),
  ],
  'firmware-signature-lost': [
    'Sends firmware without its signature',
    '2.0.1 L01.FR.09',
    sends('UpdateFirmware', [drop('$.firmware.signature')]),
  ],
  'firmware-install-lost': [
    'Does not say when firmware is to be installed',
    '2.0.1 L01.FR.16',
    sends('UpdateFirmware', [drop('$.firmware.installDateTime')]),
  ],
  'firmware-retrieve-lost': [
    'Does not say when firmware is to be fetched',
    '2.0.1 L01',
    sends('UpdateFirmware', [drop('$.firmware.retrieveDateTime')]),
  ],
  'firmware-status-refused': [
    'Does not take the status of an update',
    '2.0.1 L01',
    refused('FirmwareStatusNotification'),
  ],
  'publish-checksum-other': [
    'Publishes firmware with a checksum that is none',
    '2.0.1 L03.FR.02',
    sends('PublishFirmware', [set('$.checksum', 'sum')]),
  ],
  'publish-status-refused': [
    'Does not want to know where firmware is published',
    '2.0.1 L03',
    refused('PublishFirmwareStatusNotification'),
  ],
  'unpublish-other': [
    'Withdraws other firmware',
    '2.0.1 L04',
    sends('UnpublishFirmware', [set('$.checksum', '0'.repeat(32))]),
  ],
  'install-type-other': [
    'Installs every root as that of manufacturers',
    '2.0.1 M05',
    sends('InstallCertificate', [set('$.certificateType', 'ManufacturerRootCertificate')]),
  ],
  'delete-serial-other': [
    'Deletes a certificate of another serial number',
    '2.0.1 M04.FR.07',
    sends('DeleteCertificate', [set('$.certificateHashData.serialNumber', '0')]),
  ],
  'installed-type-lost': [
    'Asks for certificates of all types where one is meant',
    '2.0.1 M03',
    sends('GetInstalledCertificateIds', [drop('$.certificateType')]),
  ],
  'ocsp-failed': [
    'Cannot tell whether a certificate was revoked',
    '2.0.1 M06.FR.02',
    answers('GetCertificateStatus', [set('$.status', 'Failed')]),
  ],
  'contract-installation-failed': [
    'Has no contract certificate for anybody',
    '2.0.1 M01.FR.01',
    answers('Get15118EVCertificate', [set('$.status', 'Failed')]),
  ],
  'log-type-other': [
    'Asks for the security log where diagnostics are wanted',
    '2.0.1 N01',
    sends('GetLog', [set('$.logType', 'SecurityLog')], { when: { logType: 'DiagnosticsLog' } }),
  ],
  'log-location-lost': [
    'Asks for a log, and not where to bring it',
    '2.0.1 N01',
    sends('GetLog', [drop('$.log.remoteLocation')]),
  ],
  'monitoring-base-other': [
    'Sets every monitoring base to HardWiredOnly',
    '2.0.1 N03',
    sends('SetMonitoringBase', [set('$.monitoringBase', 'HardWiredOnly')]),
  ],
  'monitoring-level-other': [
    'Sets every monitoring level to 0',
    '2.0.1 N05',
    sends('SetMonitoringLevel', [set('$.severity', 0)]),
  ],
  'monitor-value-other': [
    'Monitors a status by another value than 1',
    '2.0.1 N04.FR.17',
    sends('SetVariableMonitoring', [plus('$.setMonitoringData[0].value', 1)]),
    'SHOULD',
  ],
  'monitor-clear-other': [
    'Clears another monitor',
    '2.0.1 N06',
    sends('ClearVariableMonitoring', [plus('$.id[0]', 1)]),
  ],
  'monitors-of-one-instance': [
    'Asks for monitors of one instance of a variable that has none',
    '2.0.1 N02',
    sends('GetMonitoringReport', [set('$.componentVariable[0].variable.instance', 'L1')]),
  ],
  'monitoring-report-refused': [
    'Asks which monitors there are, and does not take the answer',
    '2.0.1 N02',
    refused('NotifyMonitoringReport'),
  ],
  'customer-information-lost': [
    'Asks for nobody’s data',
    '2.0.1 N09.FR.04, N10.FR.08',
    sends('CustomerInformation', [drop('$.idToken')]),
  ],
  'customer-report-refused': [
    'Does not take the data of a customer',
    '2.0.1 N09',
    refused('NotifyCustomerInformation'),
  ],
  'message-priority-other': [
    'Puts every message in front',
    '2.0.1 O01',
    sends('SetDisplayMessage', [set('$.message.priority', 'AlwaysFront')]),
  ],
  'message-transaction-lost': [
    'Shows to everybody what is meant for one transaction',
    '2.0.1 O02',
    sends('SetDisplayMessage', [drop('$.message.transactionId')]),
  ],
  'message-end-lost': [
    'Shows for ever what is to end',
    '2.0.1 O01.FR.05',
    sends('SetDisplayMessage', [drop('$.message.endDateTime')]),
  ],
  'message-start-lost': [
    'Shows at once what is to begin later',
    '2.0.1 O01.FR.05',
    sends('SetDisplayMessage', [drop('$.message.startDateTime')]),
  ],
  'messages-by-id-lost': [
    'Reads every message where one is wanted',
    '2.0.1 O04',
    sends('GetDisplayMessages', [drop('$.id')]),
  ],
  'messages-priority-lost': [
    'Reads messages of any priority',
    '2.0.1 O04',
    sends('GetDisplayMessages', [drop('$.priority')]),
  ],
  'messages-report-refused': [
    'Asks for messages, and does not take them',
    '2.0.1 O03',
    refused('NotifyDisplayMessages'),
  ],
  'message-clear-other': [
    'Takes another message away',
    '2.0.1 O05',
    sends('ClearDisplayMessage', [plus('$.id', 1)]),
  ],
  'data-transfer-accepted': [
    'Accepts the data of every vendor',
    '2.0.1 P02.FR.06, FR.07',
    answers('DataTransfer', [set('$.status', 'Accepted')]),
  ],
  'custom-data-refused': [
    'Refuses whoever sends customData',
    '2.0.1 Part 4 9',
    does(
      'heard',
      { do: 'refuse', code: 'FormatViolation' },
      { action: 'StatusNotification', when: { customData: '$any' } },
    ),
  ],
})
