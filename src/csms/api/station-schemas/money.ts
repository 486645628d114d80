import { instant, list, map, number, oneOf, record, type Schema, text, whole } from '../schema.ts'

/** What is known of what charging at one station costs, and who pays. */
export const moneySchemas: Readonly<Record<string, Schema>> = {
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
}
