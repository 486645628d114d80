import { instant, list, map, oneOf, record, type Schema, text, whole, yesNo } from '../schema.ts'

/** What is known of the certificates and the security of one station. */
export const securitySchemas: Readonly<Record<string, Schema>> = {
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
      certificateName: text('Its common name.'),
      hasPassword: yesNo('It was given one here or over OCPP; those of --stations are not told.'),
      passwordChangedAt: instant('When it accepted its password, or was given one here.'),
      serial: text('Set here: what its client certificate may name in place of the identity.'),
      securityProfile: whole('Set here: the lowest that it may use.', 0),
      upgradeTo: whole('It accepted this profile and has not connected with it yet.', 0),
      lowestProfile: whole('It may not connect with a lower one any more.', 0),
    },
  ),
}
