import { answers, away, does, drop, mutantsOf, omits, plus, sends, set } from './rows.ts'

/** What OCPP 1.6 has beside Core. */
export const profiles16Mutants = mutantsOf('ocpp1.6', {
  'list-full-differential': [
    'Sends changes where the whole list is wanted',
    '1.6 5.15',
    sends('SendLocalList', [set('$.updateType', 'Differential')], { when: { updateType: 'Full' } }),
  ],
  'list-differential-full': [
    'Sends changes as if they were the whole list',
    '1.6 5.15',
    sends('SendLocalList', [set('$.updateType', 'Full')], { when: { updateType: 'Differential' } }),
  ],
  'list-version-stuck': [
    'Every list has the version 1',
    '1.6 5.15',
    sends('SendLocalList', [set('$.listVersion', 1)]),
  ],
  'list-version-zero': [
    'Gives a list the version 0',
    '1.6 errata 3.52',
    sends('SendLocalList', [set('$.listVersion', 0)]),
  ],
  'list-empty': [
    'Sends a list with nobody in it',
    '1.6 5.15',
    sends('SendLocalList', [drop('$.localAuthorizationList')]),
  ],
  'list-info-missing': [
    'Lists idTags without telling whether they may charge',
    '1.6 5.15, 7.1',
    sends('SendLocalList', [drop('$.localAuthorizationList[0].idTagInfo')]),
  ],
  'list-version-omitted': [
    'Never asks for the version of a list',
    '1.6 5.10',
    omits('GetLocalListVersion'),
  ],
  'firmware-location-other': [
    'Sends stations to another place for their firmware',
    '1.6 5.19',
    sends('UpdateFirmware', [set('$.location', 'http://127.0.0.1/other.bin')]),
  ],
  'firmware-date-missing': [
    'Does not say when to fetch firmware',
    '1.6 6.55',
    sends('UpdateFirmware', [drop('$.retrieveDate')]),
  ],
  'firmware-status-refused': [
    'Does not implement FirmwareStatusNotification',
    '1.6 4.5',
    does(
      'heard',
      { do: 'refuse', code: 'NotImplemented' },
      { action: 'FirmwareStatusNotification' },
    ),
  ],
  'firmware-failure-ignored': [
    'Does not answer when an installation failed',
    '1.6 4.5',
    does(
      'heard',
      { do: 'swallow' },
      { action: 'FirmwareStatusNotification', when: { status: 'InstallationFailed' } },
    ),
  ],
  'diagnostics-location-missing': [
    'Asks for diagnostics, and not where to bring them',
    '1.6 6.25',
    sends('GetDiagnostics', [drop('$.location')]),
  ],
  'diagnostics-omitted': ['Never asks for diagnostics', '1.6 5.9', omits('GetDiagnostics')],
  'diagnostics-status-refused': [
    'Answers a failed upload with InternalError',
    '1.6 4.4',
    does(
      'heard',
      { do: 'refuse', code: 'InternalError' },
      { action: 'DiagnosticsStatusNotification', when: { status: 'UploadFailed' } },
    ),
  ],
  'reserve-other-connector': [
    'Reserves the connector beside',
    '1.6 5.13',
    sends('ReserveNow', [plus('$.connectorId', 1)]),
  ],
  'reserve-expired': [
    'Reserves until yesterday',
    '1.6 5.13',
    sends('ReserveNow', [away('$.expiryDate', -86_400)]),
  ],
  'reserve-other-tag': [
    'Reserves for somebody else',
    '1.6 5.13',
    sends('ReserveNow', [set('$.idTag', 'SOMEBODY_ELSE')]),
  ],
  'reserve-parent-lost': [
    'Forgets the parent of who reserves',
    '1.6 5.13',
    sends('ReserveNow', [drop('$.parentIdTag')]),
  ],
  'reserve-id-missing': [
    'Reserves without an id',
    '1.6 6.37',
    sends('ReserveNow', [drop('$.reservationId')]),
  ],
  'cancel-other': [
    'Cancels another reservation',
    '1.6 5.1',
    sends('CancelReservation', [plus('$.reservationId', 1)]),
  ],
  'cancel-omitted': ['Cancels nothing', '1.6 5.1', omits('CancelReservation')],
  'trigger-other': [
    'Triggers heartbeats only',
    '1.6 5.17',
    sends('TriggerMessage', [set('$.requestedMessage', 'Heartbeat')]),
  ],
  'trigger-connector-lost': [
    'Does not say of which connector it wants to hear',
    '1.6 5.17',
    sends('TriggerMessage', [drop('$.connectorId')]),
  ],
  'trigger-authorize': [
    'Triggers what no station may be asked for',
    '1.6 7.32',
    sends('TriggerMessage', [set('$.requestedMessage', 'Authorize')]),
  ],
  'profile-omitted': ['Never sets a charging profile', '1.6 5.16', omits('SetChargingProfile')],
  'profile-limit-halved': [
    'Sets half the limit',
    '1.6 5.16',
    sends('SetChargingProfile', [
      set('$.csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit', 3),
    ]),
  ],
  'profile-period-lost': [
    'Sets the first period of a schedule only',
    '1.6 5.16',
    sends('SetChargingProfile', [
      drop('$.csChargingProfiles.chargingSchedule.chargingSchedulePeriod[1]'),
    ]),
  ],
  'profile-unit-watts': [
    'Takes amperes for watts',
    '1.6 7.12',
    sends('SetChargingProfile', [
      set('$.csChargingProfiles.chargingSchedule.chargingRateUnit', 'W'),
    ]),
  ],
  'profile-purpose-other': [
    'Makes every profile a default one',
    '1.6 7.10',
    sends('SetChargingProfile', [
      set('$.csChargingProfiles.chargingProfilePurpose', 'TxDefaultProfile'),
    ]),
  ],
  'profile-transaction-lost': [
    'Sets a profile for a transaction, and not for which',
    '1.6 5.16.3',
    sends('SetChargingProfile', [drop('$.csChargingProfiles.transactionId')]),
  ],
  'profile-stack-level': [
    'Puts a profile above all others',
    '1.6 5.16',
    sends('SetChargingProfile', [plus('$.csChargingProfiles.stackLevel', 9)]),
  ],
  'clear-profile-all': [
    'Clears all profiles where one is meant',
    '1.6 5.5',
    sends('ClearChargingProfile', [drop('$.id')]),
  ],
  'clear-profile-one-more': [
    'Clears profiles of connector 1 only',
    '1.6 5.5',
    sends('ClearChargingProfile', [set('$.connectorId', 1)]),
  ],
  'composite-duration-other': [
    'Asks for another length of the composite schedule',
    '1.6 5.7',
    sends('GetCompositeSchedule', [set('$.duration', 1)]),
  ],
  'security-event-refused': [
    'Does not implement SecurityEventNotification',
    '1.6 SWP A04.FR.03',
    does(
      'heard',
      { do: 'refuse', code: 'NotImplemented' },
      { action: 'SecurityEventNotification' },
    ),
  ],
  'sign-certificate-rejected': [
    'Signs for nobody',
    '1.6 SWP A02.FR.11',
    answers('SignCertificate', [set('$.status', 'Rejected')]),
  ],
  'certificate-never-signed': [
    'Takes a signing request, and sends no certificate',
    '1.6 SWP A02',
    omits('CertificateSigned'),
  ],
  'certificate-garbled': [
    'Sends a certificate that is none',
    '1.6 SWP A02, A00.FR.507',
    sends('CertificateSigned', [set('$.certificateChain', 'no certificate')]),
  ],
  'install-other-use': [
    'Installs every root as that of manufacturers',
    '1.6 SWP M05, 5.11',
    sends('InstallCertificate', [set('$.certificateType', 'ManufacturerRootCertificate')]),
  ],
  'delete-hash-lost': [
    'Does not say by which hash a certificate is deleted',
    '1.6 SWP M04.FR.07, 5.3',
    sends('DeleteCertificate', [drop('$.certificateHashData.hashAlgorithm')]),
  ],
  'signed-update-unsigned': [
    'Sends firmware without its signature',
    '1.6 SWP L01.FR.09, 6.9',
    sends('SignedUpdateFirmware', [drop('$.firmware.signature')]),
  ],
  'log-other-type': [
    'Asks for diagnostics where the security log is wanted',
    '1.6 SWP N01, 5.9',
    sends('GetLog', [set('$.logType', 'DiagnosticsLog')]),
  ],
})
