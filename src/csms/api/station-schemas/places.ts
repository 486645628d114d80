import { instant, list, map, oneOf, record, type Schema, text, whole, yesNo } from '../schema.ts'

/** What is known of who may charge at one station, where it connects to, and what was arranged with it. */
export const placesSchemas: Readonly<Record<string, Schema>> = {
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
